package io.signalbox.api.dialect.redpanda;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.signalbox.api.http.Refusal;
import io.signalbox.api.http.StringMap;
import io.signalbox.api.http.Unicode;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** JSON as protobuf reads it: a string is a string and nothing else, null is the same as nothing. */
final class Strings {

    private Strings() {}

    /** @param json stands on the value's first token */
    static Map<String, String> map(JsonParser json, String field) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return Map.of();
        }
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw Refusal.bad("The value of '" + field + "' must be an object of strings");
        }
        Map<String, String> values = new LinkedHashMap<>();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String key = Unicode.required(json.currentName(), "A key");
            json.nextToken();
            values.put(key, text(json, key));
        }
        return values;
    }

    /** @return empty for null */
    static String text(JsonParser json, String field) throws IOException {
        return switch (json.currentToken()) {
            case VALUE_STRING -> StringMap.scalar(json, field);
            case VALUE_NULL -> "";
            default -> throw Refusal.bad("The value of '" + field + "' must be a string");
        };
    }
}
