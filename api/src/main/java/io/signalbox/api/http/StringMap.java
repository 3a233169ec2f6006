package io.signalbox.api.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A flat JSON object of strings, as Kafka Connect reads a config: numbers and booleans are taken as they are written
 * ({@code 1.50} is {@code "1.50"}), null stays null.
 */
public final class StringMap {

    private StringMap() {}

    /** @param json stands on the object's first token; what follows is left unread */
    public static Map<String, String> read(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw Refusal.bad("Cannot deserialize value of type Map from " + kind(json.currentToken())
                    + ": an object of strings is needed");
        }
        Map<String, String> values = new LinkedHashMap<>();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String key = Unicode.required(json.currentName(), "A key");
            json.nextToken();
            values.put(key, scalar(json, key));
        }
        return values;
    }

    /** @return the text of a string, number or boolean; null for null */
    public static String scalar(JsonParser json, String field) throws IOException {
        JsonToken token = json.currentToken();
        if (token == JsonToken.VALUE_NULL) {
            return null;
        }
        if (token == null || !token.isScalarValue()) {
            throw Refusal.bad("Cannot deserialize value of type String from " + kind(token) + ": the value of '" + field
                    + "' must be a string");
        }
        return Unicode.required(json.getText(), "The value of '" + field + "'");
    }

    private static String kind(JsonToken token) {
        if (token == JsonToken.START_OBJECT) {
            return "an object";
        }
        return token == JsonToken.START_ARRAY ? "an array" : "a plain value";
    }
}
