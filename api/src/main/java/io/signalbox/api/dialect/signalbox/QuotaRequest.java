package io.signalbox.api.dialect.signalbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.api.http.Refusal;
import java.util.Set;

/**
 * Reads what limits somebody wants.
 *
 * @param connectors null for no limit
 * @param tasks null for no limit
 */
record QuotaRequest(Integer connectors, Integer tasks) {

    private static final Set<String> KINDS = Set.of("connectors", "tasks");

    /** What was read may be written back, so that what is used may stand beside the limit; it says nothing. */
    private static final Set<String> FIELDS = Set.of("limit", "used");

    private static final int MOST = 1_000_000;

    /** @throws Refusal 400 for each mistake, with what to do about it */
    static QuotaRequest read(JsonNode body) {
        SpecReader.requireObject(body, "The body");
        SpecReader.requireOnly(body, KINDS, "");
        var request = new QuotaRequest(limit(body, "connectors"), limit(body, "tasks"));
        if (request.connectors == null && request.tasks == null) {
            throw Refusal.bad("At least one of \"connectors\" and \"tasks\" needs a \"limit\", such as"
                    + " {\"connectors\": {\"limit\": 10}}; to have no quota, DELETE it");
        }
        return request;
    }

    private static Integer limit(JsonNode body, String kind) {
        JsonNode node = body.get(kind);
        if (node == null || node.isNull()) {
            return null;
        }
        SpecReader.requireObject(node, "\"" + kind + "\"");
        SpecReader.requireOnly(node, FIELDS, kind + ".");
        JsonNode limit = node.get("limit");
        if (limit == null || limit.isNull()) {
            return null;
        }
        if (!limit.isInt() || limit.intValue() < 0 || limit.intValue() > MOST) {
            throw Refusal.bad(
                    "\"" + kind + ".limit\" must be a whole number from 0 to " + MOST + ", or null for no limit");
        }
        return limit.intValue();
    }
}
