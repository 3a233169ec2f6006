package io.signalbox.api.dialect.signalbox;

import io.javalin.http.Context;
import io.signalbox.api.access.Place;
import io.signalbox.api.access.Role;
import io.signalbox.api.http.Access;
import io.signalbox.api.http.Refusal;
import io.signalbox.api.live.EventFilter;
import io.signalbox.api.live.LiveEvents;
import io.signalbox.api.live.LiveStream;
import io.signalbox.processor.domain.AggregateKey;
import io.signalbox.processor.domain.ClusterKey;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Which events are wanted, and from where on. Several values are separated by commas, or come each with its own parameter; a
 * comma that belongs to a connector's name comes as {@code %2C}.
 *
 * @param after the last id that the caller has; null when it has none
 */
record EventsRequest(EventFilter filter, String after, boolean fromBeginning) {

    private static final Set<String> PARAMETERS =
            Set.of("environment", "cluster", "connector", "type", "from", "last_event_id");
    private static final int MOST_VALUES = 64;
    private static final int LONGEST_VALUE = 255;
    private static final Pattern TYPE = Pattern.compile("[A-Za-z][A-Za-z0-9_.]*");

    /** @throws Refusal 400 for a parameter that is not known, or illegal: who filters by a slip of the pen would get everything */
    static EventsRequest of(Context ctx) {
        Map<String, Set<String>> given = parameters(ctx.req().getQueryString());
        Set<String> types = values(given, "type");
        types.stream().filter(type -> !TYPE.matcher(type).matches()).findFirst().ifPresent(type -> {
            throw Refusal.bad("Illegal type: use names of events such as TaskFailed");
        });
        var filter = new EventFilter(
                values(given, "environment"),
                values(given, "cluster"),
                values(given, "connector"),
                types,
                visible(ctx));
        String header = ctx.req().getHeader("Last-Event-ID");
        String parameter = single(given, "last_event_id");
        String from = single(given, "from");
        if (from != null && !from.equals("now") && !from.equals("beginning")) {
            throw Refusal.bad("Illegal from: use now or beginning");
        }
        // A client that comes again sends the header, and the rest as at first.
        String after = header != null && !header.isEmpty() ? header : parameter;
        return new EventsRequest(filter, after, "beginning".equals(from));
    }

    /** As with reads of the same things. */
    private static Predicate<AggregateKey> visible(Context ctx) {
        var grants = Access.of(ctx);
        return key -> key instanceof ClusterKey
                ? grants.maySomewhere(Role.VIEWER, Place.of(key))
                : grants.may(Role.VIEWER, Place.of(key));
    }

    LiveStream open(LiveEvents events) {
        if (after != null) {
            return events.after(after, filter);
        }
        return fromBeginning ? events.fromBeginning(filter) : events.fromNow(filter);
    }

    private static Set<String> values(Map<String, Set<String>> given, String name) {
        return given.getOrDefault(name, Set.of());
    }

    private static String single(Map<String, Set<String>> given, String name) {
        Set<String> values = values(given, name);
        if (values.size() > 1) {
            throw Refusal.bad("Give " + name + " once");
        }
        return values.isEmpty() ? null : values.iterator().next();
    }

    /** Read here, because a comma that was encoded is another one than a comma that separates. */
    private static Map<String, Set<String>> parameters(String query) {
        Map<String, Set<String>> given = new HashMap<>();
        if (query == null || query.isEmpty()) {
            return given;
        }
        for (String pair : query.split("&")) {
            int equals = pair.indexOf('=');
            String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
            if (!PARAMETERS.contains(name)) {
                throw Refusal.bad("Unrecognized query parameter: use environment, cluster, connector, type, from or"
                        + " last_event_id");
            }
            Set<String> values = given.computeIfAbsent(name, any -> new LinkedHashSet<>());
            for (String value : (equals < 0 ? "" : pair.substring(equals + 1)).split(",")) {
                add(values, name, decoded(value));
            }
        }
        return given;
    }

    private static void add(Set<String> values, String name, String value) {
        // No connector's name holds a comma where it cannot be meant to separate.
        for (String each : name.equals("connector") ? new String[] {value} : value.split(",")) {
            if (each.isEmpty() || each.length() > LONGEST_VALUE && !name.equals("last_event_id")) {
                throw Refusal.bad("Illegal " + name + ": use 1 to " + LONGEST_VALUE + " characters");
            }
            values.add(each);
        }
        if (values.size() > MOST_VALUES) {
            throw Refusal.bad("Illegal " + name + ": use " + MOST_VALUES + " values at most");
        }
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Refusal.bad("Illegal query: it is not percent-encoded as it should be");
        }
    }
}
