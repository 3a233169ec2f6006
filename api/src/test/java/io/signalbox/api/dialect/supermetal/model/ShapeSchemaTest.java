package io.signalbox.api.dialect.supermetal.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The published document has each field with its kind and its bounds. */
class ShapeSchemaTest {

    @Test
    void the_document_declares_a_connector_as_it_is_read() throws IOException {
        try (var file = ShapeSchemaTest.class.getResourceAsStream("/openapi/supermetal.yaml")) {
            JsonNode document = new YAMLMapper().readTree(file);
            JsonNode published = resolved(document.at("/components/schemas/Connector"), document);
            assertThat(published.toPrettyString())
                    .isEqualTo(ShapeSchema.of(ConnectorShape.CONNECTOR).toPrettyString());
        }
    }

    /** With what references lead to in their places. */
    private static JsonNode resolved(JsonNode node, JsonNode document) {
        if (node.has("$ref")) {
            return resolved(document.at(node.path("$ref").asText().substring(1)), document);
        }
        if (node.isObject()) {
            ObjectNode copy = ((ObjectNode) node).objectNode();
            node.properties().forEach(member -> copy.set(member.getKey(), resolved(member.getValue(), document)));
            return copy;
        }
        if (node.isArray()) {
            ArrayNode copy = ((ArrayNode) node).arrayNode();
            node.forEach(item -> copy.add(resolved(item, document)));
            return copy;
        }
        return node;
    }
}
