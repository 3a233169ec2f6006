package io.signalbox.api.dialect.confluent;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.api.dialect.OffsetsBody;
import io.signalbox.api.http.Json;
import io.signalbox.api.http.Refusal;
import io.signalbox.api.http.StringMap;
import java.io.IOException;
import java.util.Map;

/**
 * The body of {@code POST /connectors}. Fields that are not known are ignored, as Confluent Cloud's policy is.
 *
 * @param offsets to begin at, an array; empty when there are none
 */
record CreateRequest(String name, Map<String, String> config, JsonNode offsets) {

    static CreateRequest read(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw Refusal.bad("The body must be an object with \"name\" and \"config\"");
        }
        String name = null;
        Map<String, String> config = null;
        JsonNode offsets = null;
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String field = json.currentName();
            json.nextToken();
            switch (field) {
                case "name" -> name = StringMap.scalar(json, field);
                case "config" -> config = json.currentToken() == JsonToken.VALUE_NULL ? null : StringMap.read(json);
                case "offsets" -> offsets = OffsetsBody.list(json);
                default -> json.skipChildren();
            }
        }
        if (name == null || name.isBlank()) {
            throw Refusal.bad("\"name\" is required");
        }
        if (config == null) {
            throw Refusal.bad("\"config\" is required");
        }
        return new CreateRequest(name.strip(), config, offsets == null ? Json.MAPPER.createArrayNode() : offsets);
    }
}
