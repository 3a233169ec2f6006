package io.signalbox.api.dialect.kafkaconnect;

import io.javalin.http.Context;
import io.signalbox.api.http.Refusal;
import io.signalbox.api.query.Selection;
import io.signalbox.processor.domain.RunState;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a list is asked for. Without parameters of ours it is Kafka Connect's: all connectors.
 *
 * @param expanded whether each connector comes with an object, because some {@code expand} was given
 * @param size how many connectors a page has at most; 0: all of them are one page
 */
record ListRequest(boolean expanded, boolean status, boolean info, int size, Selection selection) {

    static final int LARGEST_PAGE = 1_000;

    private static final int DEFAULT_PAGE = 100;
    private static final int LONGEST_TEXT = 255;

    /** @throws Refusal 400 when a parameter of ours is not legal; those of Connect are never wrong */
    static ListRequest of(Context ctx) {
        if (ctx.req().getQueryString() == null) {
            return new ListRequest(false, false, false, 0, Selection.ALL);
        }
        List<String> expand = ctx.queryParams("expand");
        int size = size(ctx);
        return new ListRequest(
                !expand.isEmpty(),
                expand.contains("status"),
                expand.contains("info"),
                size,
                // One more than is shown tells whether there is another page.
                new Selection(after(ctx), size == 0 ? Integer.MAX_VALUE : size + 1, states(ctx), text(ctx)));
    }

    /** Whether it is one of the few lists that everybody asks for. */
    boolean usual() {
        return selection.everything();
    }

    /** What a list is to be continued behind. */
    static String token(String connector) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(connector.getBytes(StandardCharsets.UTF_8));
    }

    /** The same request for the page behind a token; no longer than it has to be, whatever came with this one. */
    String query(String token) {
        List<String> parts = new ArrayList<>();
        if (expanded && !status && !info) {
            parts.add("expand=");
        }
        if (info) {
            parts.add("expand=info");
        }
        if (status) {
            parts.add("expand=status");
        }
        parts.add("page_size=" + size);
        selection.states().forEach(state -> parts.add("state=" + state));
        if (!selection.text().isEmpty()) {
            parts.add("q=" + URLEncoder.encode(selection.text(), StandardCharsets.UTF_8));
        }
        parts.add("page_token=" + token);
        return String.join("&", parts);
    }

    private static String after(Context ctx) {
        String token = ctx.queryParam("page_token");
        if (token == null || token.isEmpty()) {
            return null;
        }
        try {
            return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Refusal.bad("Illegal page_token: use the one of the page before");
        }
    }

    private static int size(Context ctx) {
        String given = ctx.queryParam("page_size");
        if (given == null) {
            return ctx.queryParam("page_token") == null ? 0 : DEFAULT_PAGE;
        }
        try {
            int size = Integer.parseInt(given);
            if (size >= 1) {
                return Math.min(size, LARGEST_PAGE);
            }
        } catch (NumberFormatException e) {
            throw Refusal.bad("Illegal page_size: use a number from 1 to " + LARGEST_PAGE);
        }
        throw Refusal.bad("Illegal page_size: use a number from 1 to " + LARGEST_PAGE);
    }

    private static Set<RunState> states(Context ctx) {
        List<String> names = new ArrayList<>();
        ctx.queryParams("state").forEach(given -> names.addAll(Arrays.asList(given.split(","))));
        Set<RunState> states = EnumSet.noneOf(RunState.class);
        for (String name : names) {
            try {
                states.add(RunState.valueOf(name.strip().toUpperCase(Locale.ROOT)));
            } catch (IllegalArgumentException e) {
                throw Refusal.bad("Illegal state: use one of " + Arrays.toString(RunState.values()));
            }
        }
        return states;
    }

    private static String text(Context ctx) {
        String text = ctx.queryParam("q");
        if (text != null && text.length() > LONGEST_TEXT) {
            throw Refusal.bad("Illegal q: use at most " + LONGEST_TEXT + " characters");
        }
        return text == null ? "" : text;
    }
}
