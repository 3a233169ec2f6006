package io.signalbox.api.dialect;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import io.signalbox.api.http.Json;
import io.signalbox.api.http.Refusal;
import io.signalbox.api.http.Unicode;
import java.io.IOException;
import java.util.Set;

/** Offsets in a request (KIP-875). What Kafka Connect answers 500 with class names to is 400 here, without. */
public final class OffsetsBody {

    /** Numbers stay as they are written. */
    private static final ObjectReader TREE =
            Json.MAPPER.reader().with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private static final Set<String> PARTS = Set.of("partition", "offset");

    private OffsetsBody() {}

    /**
     * The body of {@code PATCH /connectors/{c}/offsets}.
     *
     * @return an array of at least one offset
     */
    public static JsonNode read(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw Refusal.bad("Cannot construct offsets from this body: it must be an object with offsets");
        }
        JsonNode offsets = null;
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String field = json.currentName();
            json.nextToken();
            if (!field.equals("offsets")) {
                throw Refusal.bad("Unrecognized field \"" + field + "\": there is offsets only");
            }
            offsets = list(json);
        }
        if (offsets == null || offsets.isEmpty()) {
            throw Refusal.bad("Partitions / offsets need to be provided for an alter offsets request");
        }
        return offsets;
    }

    /** @return the array that comes next; null for null */
    public static JsonNode list(JsonParser json) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        JsonNode offsets = TREE.readTree(json);
        if (!offsets.isArray()) {
            throw Refusal.bad("Cannot deserialize value of 'offsets': it must be a list");
        }
        offsets.forEach(OffsetsBody::check);
        return offsets;
    }

    private static void check(JsonNode entry) {
        if (!entry.isObject()) {
            throw Refusal.bad("Cannot construct an offset from " + shortened(entry)
                    + ": it must be an object with partition and offset");
        }
        entry.properties().forEach(part -> {
            if (!PARTS.contains(part.getKey())) {
                throw Refusal.bad("Unrecognized field \"" + shortened(part.getKey())
                        + "\" in an offset: there are partition and offset");
            }
            if (!part.getValue().isObject() && !part.getValue().isNull()) {
                throw Refusal.bad("Cannot deserialize value of '" + part.getKey() + "' from "
                        + shortened(part.getValue()) + ": it must be an object");
            }
        });
        Unicode.requiredTree(entry, "an offset");
    }

    private static String shortened(Object value) {
        String text = value.toString();
        return text.length() > 100 ? text.substring(0, 100) + "…" : text;
    }
}
