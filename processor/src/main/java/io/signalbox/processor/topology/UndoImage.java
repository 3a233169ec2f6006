package io.signalbox.processor.topology;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * What sets offsets back to what they were before a change of them: what was there before, and nothing for what the change
 * brought (KIP-875: a null offset forgets its partition). It stands in the offsets store beside the connector's key, behind a
 * zero byte that no key holds.
 */
public final class UndoImage {

    /** Numbers stay as they are written. */
    private static final ObjectReader JSON = JsonMapper.builder()
            .build()
            .reader()
            .with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .without(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES);

    private UndoImage() {}

    public static String key(String connectorKey) {
        return connectorKey + "\0undo";
    }

    /** Where the offsets stand that were asked for last; none for a reset. */
    public static String askedKey(String connectorKey) {
        return connectorKey + "\0asked";
    }

    /**
     * @param undo an image
     * @return what was there before the change, a JSON array of {@code {"partition":…,"offset":…}}
     */
    public static String before(String undo) {
        try {
            var before = array(undo);
            before.removeIf(entry -> entry.path("offset").isNull());
            return before.toString();
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("No image", e);
        }
    }

    /**
     * @param before the offsets before the change, a JSON array of {@code {"partition":…,"offset":…}}; null when unknown
     * @param asked what the change set, in the same form; null when it was a reset
     * @return empty when there is nothing to be set back, or it cannot be known
     */
    public static Optional<String> of(String before, String asked) {
        try {
            return before == null ? Optional.empty() : inverse(array(before), array(asked == null ? "[]" : asked));
        } catch (JsonProcessingException e) {
            // Who reported it wrote something else than offsets: there is nothing to go back to.
            return Optional.empty();
        }
    }

    private static Optional<String> inverse(ArrayNode before, ArrayNode asked) {
        var undo = before.deepCopy();
        Set<String> known = StreamSupport.stream(before.spliterator(), false)
                .map(UndoImage::partition)
                .collect(Collectors.toSet());
        for (JsonNode each : asked) {
            if (known.add(partition(each))) {
                var forget = undo.addObject();
                forget.set("partition", each.path("partition"));
                forget.putNull("offset");
            }
        }
        return undo.isEmpty() ? Optional.empty() : Optional.of(undo.toString());
    }

    /** A worker takes {@code "0"} for {@code 0}, and gives back the latter. */
    private static String partition(JsonNode entry) {
        var parts = new TreeMap<String, String>();
        entry.path("partition")
                .properties()
                .forEach(part -> parts.put(
                        part.getKey(),
                        part.getValue().isValueNode()
                                ? part.getValue().asText()
                                : part.getValue().toString()));
        return parts.toString();
    }

    private static ArrayNode array(String json) throws JsonProcessingException {
        JsonNode node = JSON.readTree(json);
        return node.isArray() ? (ArrayNode) node : (ArrayNode) JSON.readTree("[]");
    }
}
