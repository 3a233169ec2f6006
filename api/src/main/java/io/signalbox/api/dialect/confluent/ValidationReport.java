package io.signalbox.api.dialect.confluent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.api.http.Json;
import java.util.List;
import java.util.Set;

/** A worker's check of a config in the form of connect/v1: no value is null, of secrets nothing is shown. */
final class ValidationReport {

    private static final String STRING = "STRING";
    private static final String PASSWORD = "PASSWORD";
    private static final Set<String> TYPES =
            Set.of("BOOLEAN", "INT", "SHORT", "LONG", "DOUBLE", STRING, "LIST", PASSWORD);
    private static final List<String> TEXTS =
            List.of("name", "type", "default_value", "importance", "documentation", "group", "width", "display_name");

    private ValidationReport() {}

    /**
     * @param answer the worker's {@code ConfigInfos}, as it is shown elsewhere
     * @param written the class as the client wrote it
     */
    static ObjectNode of(JsonNode answer, String type, String written) {
        var report = empty(type);
        report.put("error_count", answer.path("error_count").asInt());
        report.set("groups", answer.path("groups").deepCopy());
        ArrayNode configs = report.withArray("configs");
        for (JsonNode config : answer.path("configs")) {
            add(configs, config, written);
        }
        return report;
    }

    /** When the worker would not even look at it: what it says is an error of the class. */
    static ObjectNode refused(String type, String written, String message) {
        var report = empty(type);
        report.put("error_count", 1);
        var value = Json.MAPPER.createObjectNode();
        value.put("name", ManagedConfig.CLASS).put("value", written);
        value.putArray("errors").add(message);
        var config = Json.MAPPER.createObjectNode();
        config.putObject("definition")
                .put("name", ManagedConfig.CLASS)
                .put("required", true)
                .put("importance", "HIGH")
                .put("width", "LONG");
        config.set("value", value);
        add(report.withArray("configs"), config, written);
        return report;
    }

    private static ObjectNode empty(String type) {
        var report = Json.MAPPER.createObjectNode();
        report.put("name", type);
        report.putArray("groups");
        report.put("error_count", 0);
        report.putArray("configs");
        return report;
    }

    private static void add(ArrayNode configs, JsonNode config, String written) {
        var known = config.path("definition");
        var checked = config.path("value");
        String name = checked.path("name").asText(known.path("name").asText());
        var added = configs.addObject();
        var definition = added.putObject("definition");
        TEXTS.forEach(field -> definition.put(field, text(known.path(field))));
        definition.put("name", name);
        definition.put("type", type(known));
        definition.put("importance", known.path("importance").asText("LOW"));
        definition.put("width", known.path("width").asText("NONE"));
        definition.put("required", known.path("required").asBoolean());
        definition.set("dependents", list(known.path("dependents")));
        definition.put("order", known.path("order").asInt(-1));
        definition.put("alias", "");
        var value = added.putObject("value");
        value.put("name", name);
        value.put("value", value(name, type(known), checked, written));
        value.set("recommended_values", list(checked.path("recommended_values")));
        value.set("errors", list(checked.path("errors")));
        value.put("visible", checked.path("visible").asBoolean(true));
        added.putObject("metadata");
    }

    /** Kafka Connect has CLASS, too. */
    private static String type(JsonNode definition) {
        String type = definition.path("type").asText(STRING);
        return TYPES.contains(type) ? type : STRING;
    }

    private static String value(String name, String type, JsonNode checked, String written) {
        if (type.equals(PASSWORD)) {
            return "";
        }
        return name.equals(ManagedConfig.CLASS) ? written : Asterisks.of(text(checked.path("value")));
    }

    private static String text(JsonNode node) {
        return node.isNull() || node.isMissingNode() ? "" : node.asText();
    }

    private static ArrayNode list(JsonNode node) {
        return node instanceof ArrayNode array ? array.deepCopy() : Json.MAPPER.createArrayNode();
    }
}
