package io.signalbox.processor.dataplane.connect;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.signalbox.processor.domain.Config;
import io.signalbox.processor.domain.ConnectorStatus;
import io.signalbox.processor.domain.ConnectorType;
import io.signalbox.processor.domain.RunState;
import io.signalbox.processor.domain.TargetState;
import io.signalbox.processor.domain.TaskStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Kafka Connect's JSON and what it means here. What cannot be read is an {@link IllegalArgumentException}. */
final class ConnectJson {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private ConnectJson() {}

    static JsonNode read(byte[] body) {
        if (body.length == 0) {
            return MissingNode.getInstance();
        }
        try {
            return MAPPER.readTree(body);
        } catch (IOException e) {
            // Jackson quotes the text around the fault, which may be a secret.
            throw new IllegalArgumentException("The answer is not JSON, or only a part of it");
        }
    }

    /** @return null when it is not JSON */
    static JsonNode readOrNull(byte[] body) {
        try {
            return read(body);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    static byte[] write(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] create(String name, Config config, TargetState initialState) {
        return write(Map.of("name", name, "config", config.values(), "initial_state", initialState.name()));
    }

    static Config config(JsonNode info) {
        var node = object(info, "config");
        var values = new TreeMap<String, String>();
        node.properties().stream()
                .filter(entry -> !entry.getValue().isNull())
                .forEach(entry -> values.put(entry.getKey(), entry.getValue().asText()));
        return new Config(values);
    }

    static ConnectorStatus status(JsonNode node) {
        var connector = object(node, "connector");
        List<TaskStatus> tasks = new ArrayList<>();
        for (JsonNode task : node.path("tasks")) {
            tasks.add(new TaskStatus(
                    task.path("id").asInt(), state(task), text(task, "worker_id"), version(task), text(task, "trace")));
        }
        return new ConnectorStatus(
                state(connector),
                text(connector, "worker_id"),
                version(connector),
                text(connector, "trace"),
                type(node.path("type").asText()),
                tasks);
    }

    /** In the order of their texts: a worker gives them in any order, and that is no news. */
    static String offsets(JsonNode answer) {
        var node = answer.path("offsets");
        if (!node.isArray()) {
            throw new IllegalArgumentException("The answer has no 'offsets'");
        }
        List<String> entries = new ArrayList<>();
        node.forEach(entry -> entries.add(entry.toString()));
        entries.sort(null);
        return "[" + String.join(",", entries) + "]";
    }

    /** The body that asks for these offsets. */
    static byte[] offsets(String offsets) {
        return ("{\"offsets\":" + offsets + "}").getBytes(StandardCharsets.UTF_8);
    }

    static String message(JsonNode answer) {
        var message = answer.path("message");
        if (!message.isTextual()) {
            throw new IllegalArgumentException("The answer has no 'message'");
        }
        return message.textValue();
    }

    private static RunState state(JsonNode node) {
        return RunState.valueOf(node.path("state").asText().toUpperCase(Locale.ROOT));
    }

    private static ConnectorType type(String text) {
        return switch (text) {
            case "source" -> ConnectorType.SOURCE;
            case "sink" -> ConnectorType.SINK;
            default -> ConnectorType.UNKNOWN;
        };
    }

    /** Absent is null, null is empty: {@link TaskStatus#version()}. */
    private static String version(JsonNode node) {
        return node.has("version") ? node.get("version").asText("") : null;
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asText(null);
    }

    private static JsonNode object(JsonNode node, String field) {
        var child = node.path(field);
        if (!child.isObject()) {
            throw new IllegalArgumentException("The answer has no '" + field + "'");
        }
        return child;
    }
}
