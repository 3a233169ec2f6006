package io.signalbox.api.dialect.kafkaconnect;

import com.fasterxml.jackson.core.JsonGenerator;
import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.ConnectorStatus;
import io.signalbox.processor.domain.RunState;
import io.signalbox.processor.domain.TaskStatus;
import java.io.IOException;
import java.util.List;

/** The status of a connector and its tasks as Kafka Connect writes it (contract, section 4). */
final class StatusJson {

    private StatusJson() {}

    /**
     * What is shown: what was observed, unless the data plane refused the present generation. A worker that refuses a
     * config leaves no status of its own.
     *
     * @return null when there is nothing to show yet
     */
    static ConnectorStatus shown(ConnectorState state) {
        var seen = state.status();
        var error = state.applyError();
        if (error == null || error.generation() != state.generation()) {
            return seen;
        }
        return new ConnectorStatus(
                RunState.FAILED,
                error.worker(),
                seen == null ? null : seen.version(),
                error.message(),
                state.knownType(),
                seen == null ? List.of() : seen.tasks());
    }

    static void write(JsonGenerator json, ConnectorState state, ConnectorStatus status) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", state.key().connector());
        json.writeObjectFieldStart("connector");
        rest(json, status.state(), status.workerId(), status.version(), status.trace());
        json.writeArrayFieldStart("tasks");
        for (TaskStatus task : status.tasks()) {
            write(json, task);
        }
        json.writeEndArray();
        json.writeStringField("type", InfoJson.type(state.knownType()));
        json.writeEndObject();
    }

    static void write(JsonGenerator json, TaskStatus task) throws IOException {
        json.writeStartObject();
        json.writeNumberField("id", task.id());
        rest(json, task.state(), task.workerId(), task.version(), task.trace());
    }

    private static void rest(JsonGenerator json, RunState state, String worker, String version, String trace)
            throws IOException {
        json.writeStringField("state", state.name());
        json.writeStringField("worker_id", worker);
        if (version != null) {
            json.writeStringField("version", version.isEmpty() ? null : version);
        }
        if (trace != null && !trace.isEmpty()) {
            json.writeStringField("trace", trace);
        }
        json.writeEndObject();
    }
}
