package io.signalbox.api.dialect.confluent;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.api.http.Json;
import io.signalbox.api.secrets.Secrets;
import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.ConnectorType;
import io.signalbox.processor.domain.TaskStatus;
import java.io.IOException;
import java.util.List;

/** Connectors as connect/v1 writes them. Secrets are never shown, however the cluster is registered. */
final class ConnectorJson {

    private final ManagedConfig managed;
    private final Secrets secrets;

    ConnectorJson(ManagedConfig managed, Secrets secrets) {
        this.managed = managed;
        this.secrets = secrets;
    }

    void info(JsonGenerator json, ConnectorState state) throws IOException {
        info(json, state, null);
    }

    /** @param offsets what it was created with; null to say nothing of it */
    void info(JsonGenerator json, ConnectorState state, JsonNode offsets) throws IOException {
        String name = state.key().connector();
        json.writeStartObject();
        json.writeStringField("name", name);
        json.writeStringField("type", type(state));
        json.writeFieldName("config");
        config(json, state);
        json.writeArrayFieldStart("tasks");
        for (TaskStatus task : tasks(state)) {
            json.writeStartObject();
            json.writeStringField("connector", name);
            json.writeNumberField("task", task.id());
            json.writeEndObject();
        }
        json.writeEndArray();
        if (offsets != null) {
            json.writeFieldName("offsets");
            Json.MAPPER.writeTree(json, offsets);
        }
        json.writeEndObject();
    }

    void config(JsonGenerator json, ConnectorState state) throws IOException {
        var masked = secrets.shown(state, false).values();
        ManagedConfig.write(json, managed.shown(state.key().clusterKey(), masked));
    }

    /** The worker behind is nobody's business there: its id is the connector's name. */
    static void status(JsonGenerator json, ConnectorState state) throws IOException {
        String name = state.key().connector();
        json.writeStartObject();
        json.writeStringField("name", name);
        json.writeStringField("type", type(state));
        json.writeObjectFieldStart("connector");
        json.writeStringField("state", State.of(state).name());
        json.writeStringField("worker_id", name);
        json.writeStringField("trace", Trouble.text(state));
        json.writeEndObject();
        json.writeArrayFieldStart("tasks");
        for (TaskStatus task : tasks(state)) {
            json.writeStartObject();
            json.writeNumberField("id", task.id());
            json.writeStringField("state", task.state().name());
            json.writeStringField("worker_id", name);
            json.writeStringField("msg", task.trace() == null ? "" : task.trace());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("errors_from_trace");
        for (String cause : Trouble.causes(state)) {
            json.writeString(cause);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("validation_errors");
        json.writeEndArray();
        json.writeStringField("override_message", "");
        json.writeEndObject();
    }

    private static List<TaskStatus> tasks(ConnectorState state) {
        var status = state.shownStatus();
        return status == null ? List.of() : status.tasks();
    }

    private static String type(ConnectorState state) {
        return type(state.knownType());
    }

    private static String type(ConnectorType type) {
        return switch (type) {
            case SOURCE -> "source";
            case SINK -> "sink";
            case UNKNOWN -> "unknown";
        };
    }
}
