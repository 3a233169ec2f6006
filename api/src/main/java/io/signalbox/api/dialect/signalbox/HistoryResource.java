package io.signalbox.api.dialect.signalbox;

import io.javalin.http.Context;
import io.signalbox.api.access.Role;
import io.signalbox.api.http.Answer;
import io.signalbox.api.http.Refusal;
import io.signalbox.api.http.Routes;
import io.signalbox.api.query.HistoryPage;
import io.signalbox.processor.domain.HistoryEntry;
import java.io.IOException;
import java.util.List;

/** What happened to a connector: who, when, what and why, the newest first. A deleted one has its history, too. */
final class HistoryResource {

    private static final int LARGEST_PAGE = 1_000;
    private static final int DEFAULT_PAGE = 100;

    private final Lookup lookup;

    HistoryResource(Lookup lookup) {
        this.lookup = lookup;
    }

    void routes(Routes routes) {
        routes.get(Paths.HISTORY, Paths.onConnector(Role.VIEWER), this::get);
    }

    private void get(Context ctx) throws IOException {
        var key = Paths.connector(ctx);
        int size = size(ctx);
        // One more than is shown tells whether there is another page.
        var page = new HistoryPage(before(ctx), size + 1, observed(ctx));
        List<HistoryEntry> found = lookup.read(ctx, (queries, reading) -> queries.history(key, page, reading));
        if (found.isEmpty()
                && lookup.read(ctx, (queries, reading) -> queries.find(key, reading))
                        .isEmpty()) {
            throw lookup.absent(key);
        }
        List<HistoryEntry> shown = found.subList(0, Math.min(size, found.size()));
        Answer.ok(ctx, json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("entries");
            for (HistoryEntry entry : shown) {
                HistoryJson.write(json, entry);
            }
            json.writeEndArray();
            json.writeStringField(
                    "next_page_token",
                    found.size() > size ? Long.toString(shown.getLast().revision()) : null);
            json.writeEndObject();
        });
    }

    private static long before(Context ctx) {
        String token = ctx.queryParam("page_token");
        if (token == null || token.isEmpty()) {
            return Long.MAX_VALUE;
        }
        if (!token.matches("[1-9]\\d{0,17}")) {
            throw Refusal.bad("Illegal page_token: use the one of the page before");
        }
        return Long.parseLong(token);
    }

    private static int size(Context ctx) {
        String given = ctx.queryParam("page_size");
        if (given == null) {
            return DEFAULT_PAGE;
        }
        if (!given.matches("[1-9]\\d{0,3}") || Integer.parseInt(given) > LARGEST_PAGE) {
            throw Refusal.bad("Illegal page_size: use a number from 1 to " + LARGEST_PAGE);
        }
        return Integer.parseInt(given);
    }

    private static boolean observed(Context ctx) {
        String given = ctx.queryParam("observed");
        if (given != null && !given.equals("true") && !given.equals("false")) {
            throw Refusal.bad("Illegal observed: use true or false");
        }
        return "true".equals(given);
    }
}
