package io.signalbox.api.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.api.http.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;

/** The examples of the clouds' own documents, as they are written there. For tests. */
public final class Example {

    private Example() {}

    /**
     * @param dialect {@code confluent} or {@code redpanda}
     * @return objects with {@code request}, {@code response} or both, by name
     */
    public static JsonNode all(String dialect) {
        try (var file = Example.class.getResourceAsStream("/" + dialect + "/examples.json")) {
            return Json.MAPPER.readTree(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Whether an answer has the fields that an example has, of the same kinds, whatever their values: an example full of {@code string}
     * and 42 has nothing else to compare.
     *
     * @param left names of fields that are not applicable
     */
    public static void requireKinds(String where, JsonNode example, JsonNode answer, Set<String> left) {
        assertThat(answer.getNodeType()).as(where).isEqualTo(example.getNodeType());
        if (example instanceof ObjectNode object) {
            object.properties().stream()
                    .filter(field -> !left.contains(field.getKey()))
                    .forEach(field -> {
                        String path = where + "/" + field.getKey();
                        assertThat(answer.has(field.getKey()))
                                .as(path + " of " + answer)
                                .isTrue();
                        requireKinds(path, field.getValue(), answer.get(field.getKey()), left);
                    });
        } else if (example instanceof ArrayNode array && !array.isEmpty()) {
            answer.forEach(each -> requireKinds(where + "/0", array.get(0), each, left));
        }
    }
}
