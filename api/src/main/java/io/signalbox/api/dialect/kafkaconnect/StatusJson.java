package io.signalbox.api.dialect.kafkaconnect;

import com.fasterxml.jackson.core.JsonGenerator;
import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.ConnectorStatus;
import io.signalbox.processor.domain.RunState;
import io.signalbox.processor.domain.TaskStatus;
import java.io.IOException;

/** The status of a connector and its tasks as Kafka Connect writes it (contract, section 4). */
final class StatusJson {

    private StatusJson() {}

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
