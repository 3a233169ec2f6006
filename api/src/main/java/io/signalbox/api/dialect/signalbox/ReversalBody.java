package io.signalbox.api.dialect.signalbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import io.signalbox.api.http.Body;
import io.signalbox.api.http.Refusal;
import java.io.IOException;
import java.util.Set;

/** What a request to go back says in its body. */
final class ReversalBody {

    private ReversalBody() {}

    /** {@code {"revision": 3}} */
    static long revision(Context ctx) throws IOException {
        JsonNode body = object(ctx, Set.of("revision"));
        JsonNode revision = body.path("revision");
        if (!revision.isIntegralNumber() || !revision.canConvertToLong() || revision.longValue() < 1) {
            throw Refusal.bad("\"revision\" must be a whole number from 1");
        }
        return revision.longValue();
    }

    /**
     * {@code {"offsets": "restore"}} or {@code {"offsets": "keep"}}; a body without it, and no body, mean the former.
     *
     * @return whether to restore them
     */
    static boolean restoreOffsets(Context ctx) throws IOException {
        if (ctx.req().getContentLengthLong() <= 0 && ctx.req().getHeader("Transfer-Encoding") == null) {
            return true;
        }
        JsonNode offsets = object(ctx, Set.of("offsets")).path("offsets");
        if (!offsets.isMissingNode()
                && !offsets.asText().equals("restore")
                && !offsets.asText().equals("keep")) {
            throw Refusal.bad("\"offsets\" must be \"restore\" or \"keep\"");
        }
        return !offsets.asText().equals("keep");
    }

    private static JsonNode object(Context ctx, Set<String> fields) throws IOException {
        JsonNode body = Body.tree(ctx);
        SpecReader.requireObject(body, "The body");
        SpecReader.requireOnly(body, fields, "");
        return body;
    }
}
