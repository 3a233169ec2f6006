package io.signalbox.processor.dataplane.feed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.signalbox.processor.domain.RunState;
import java.io.IOException;

/**
 * What a worker wrote of a connector or a task.
 *
 * @param version as {@link io.signalbox.processor.domain.TaskStatus#version()}
 * @param trace null for none
 * @param generation of the worker group in which it was written
 */
record StatusRecord(RunState state, String workerId, String version, String trace, int generation) {

    private static final ObjectMapper MAPPER = JsonMapper.builder().build();

    /** What a worker writes for a plugin without a version, and leaves out of its answers. */
    private static final String UNDEFINED = "undefined";

    /**
     * @param value JSON without a schema
     * @throws IllegalArgumentException if it is something else; the message quotes nothing of it
     */
    static StatusRecord read(byte[] value) {
        JsonNode node;
        try {
            node = MAPPER.readTree(value);
        } catch (IOException e) {
            throw new IllegalArgumentException("not JSON");
        }
        var state = node.path("state");
        var worker = node.path("worker_id");
        var generation = node.path("generation");
        if (!state.isTextual() || !worker.isTextual() || !generation.isIntegralNumber()) {
            throw new IllegalArgumentException("not a status");
        }
        return new StatusRecord(
                state(state.textValue()),
                worker.textValue(),
                version(node),
                node.path("trace").textValue(),
                generation.intValue());
    }

    /** The same, but for the generation. */
    boolean shows(StatusRecord other) {
        return other != null && equals(other.in(generation));
    }

    private StatusRecord in(int another) {
        return new StatusRecord(state, workerId, version, trace, another);
    }

    private static RunState state(String text) {
        try {
            return RunState.valueOf(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("a state that is not known here");
        }
    }

    private static String version(JsonNode node) {
        var version = node.get("version");
        return version == null || UNDEFINED.equals(version.textValue()) ? null : version.asText("");
    }
}
