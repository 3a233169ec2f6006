package io.signalbox.api.http;

import io.javalin.http.Context;
import io.signalbox.api.query.Reading;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** How fresh an answer a request wants, and what the answer says of itself. */
public final class Freshness {

    /** {@code strong} or {@code usual}. */
    public static final String CONSISTENCY = "Signalbox-Consistency";

    public static final String SERVED_BY = "Signalbox-Served-By";
    public static final String STALE = "Signalbox-Stale";

    private static final Pattern POSITIONS = Pattern.compile("\\d{1,6}:\\d{1,18}( *, *\\d{1,6}:\\d{1,18}){0,31}");

    private Freshness() {}

    /**
     * By {@code Signalbox-Consistency}, and by {@code Signalbox-Position} as answers to writes gave it: one, or several with
     * commas between.
     *
     * @throws Refusal 400 when one of them is not legal
     */
    public static Reading wanted(Context ctx) {
        String consistency = ctx.req().getHeader(CONSISTENCY);
        String positions = ctx.req().getHeader(Submitter.POSITION);
        if (consistency == null && positions == null) {
            return Reading.usual();
        }
        boolean strong = "strong".equals(consistency);
        if (consistency != null && !strong && !consistency.equals("usual")) {
            throw Refusal.bad("Illegal " + CONSISTENCY + ": use strong or usual");
        }
        return strong || positions != null ? Reading.fresh(strong, positions(positions)) : Reading.usual();
    }

    /** Puts into the answer who gave it and, if it comes from a copy, how old it can be, in whole seconds. */
    public static void tell(Context ctx, Reading reading) {
        var response = ctx.res();
        if (!reading.replicas().isEmpty()) {
            response.setHeader(SERVED_BY, String.join(", ", reading.replicas()));
        }
        if (reading.age() != null) {
            response.setHeader(STALE, "true");
            response.setHeader(
                    "Age", Long.toString(reading.age().plusMillis(999).toSeconds()));
        }
    }

    private static Map<Integer, Long> positions(String given) {
        if (given == null) {
            return Map.of();
        }
        if (!POSITIONS.matcher(given.strip()).matches()) {
            throw Refusal.bad("Illegal " + Submitter.POSITION + ": use what an answer gave, such as 3:1741");
        }
        Map<Integer, Long> positions = new HashMap<>();
        for (String each : given.split(",")) {
            String[] parts = each.strip().split(":");
            positions.merge(Integer.valueOf(parts[0]), Long.valueOf(parts[1]), Math::max);
        }
        return positions;
    }
}
