package io.signalbox.api.dialect.confluent;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.api.dialect.OffsetsBody;
import io.signalbox.api.http.Json;
import io.signalbox.api.http.Refusal;
import io.signalbox.api.http.StringMap;
import io.signalbox.processor.domain.Command;
import io.signalbox.processor.domain.Command.AlterOffsets;
import io.signalbox.processor.domain.Command.ResetOffsets;
import java.io.IOException;

/**
 * The body of {@code POST …/offsets/request}. Fields that are not known are ignored.
 *
 * @param offsets an array; empty for a deletion of all
 */
record OffsetsRequest(Type type, JsonNode offsets) {

    enum Type {
        PATCH,
        DELETE
    }

    static OffsetsRequest read(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw Refusal.bad("The body must be an object with \"type\" and \"offsets\"");
        }
        String type = null;
        JsonNode offsets = null;
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String field = json.currentName();
            json.nextToken();
            switch (field) {
                case "type" -> type = StringMap.scalar(json, field);
                case "offsets" -> offsets = OffsetsBody.list(json);
                default -> json.skipChildren();
            }
        }
        return new OffsetsRequest(type(type), offsets == null ? Json.MAPPER.createArrayNode() : offsets).checked();
    }

    private static Type type(String text) {
        for (Type type : Type.values()) {
            if (type.name().equals(text)) {
                return type;
            }
        }
        throw Refusal.bad("\"type\" must be PATCH or DELETE");
    }

    private OffsetsRequest checked() {
        if (type == Type.PATCH && offsets.isEmpty()) {
            throw Refusal.bad("A PATCH needs \"offsets\": each with a partition and an offset");
        }
        return this;
    }

    /** What stands in the log, where an offset that is null forgets its partition (KIP-875); none for all of them. */
    JsonNode altered() {
        if (type == Type.PATCH) {
            return offsets;
        }
        ArrayNode forgotten = Json.MAPPER.createArrayNode();
        for (JsonNode entry : offsets) {
            ObjectNode each = forgotten.addObject();
            each.set("partition", entry.path("partition"));
            each.putNull("offset");
        }
        return forgotten;
    }

    /** A connector that runs is held for it, and goes on by itself. */
    Command command() {
        var altered = altered();
        return altered.isEmpty() ? new ResetOffsets(true) : new AlterOffsets(altered.toString(), true);
    }
}
