package io.signalbox.api.dialect.redpanda;

import com.fasterxml.jackson.core.JsonGenerator;
import io.signalbox.api.secrets.Secrets;
import io.signalbox.processor.domain.ClusterKey;
import io.signalbox.processor.domain.Config;
import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.ConnectorStatus;
import io.signalbox.processor.domain.ConnectorType;
import io.signalbox.processor.domain.RunState;
import io.signalbox.processor.domain.TaskStatus;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Connectors as messages of the service. Fields have their proto names, and are there also when they are empty. */
final class ConnectorJson {

    private final Secrets secrets;

    ConnectorJson(Secrets secrets) {
        this.secrets = secrets;
    }

    /** Whether secrets are shown there, which follows from the cluster and not from the connector. */
    boolean shows(ClusterKey cluster) {
        return secrets.shows(cluster);
    }

    /** {@code ConnectorSpec}, with secrets as they may be shown. */
    void spec(JsonGenerator json, ConnectorState state) throws IOException {
        spec(json, state, secrets.shown(state));
    }

    private static void spec(JsonGenerator json, ConnectorState state, Config shown) throws IOException {
        String name = state.key().connector();
        json.writeStartObject();
        json.writeStringField("name", name);
        json.writeFieldName("config");
        config(json, shown);
        json.writeArrayFieldStart("tasks");
        for (TaskStatus task : tasks(state)) {
            json.writeStartObject();
            json.writeStringField("connector", name);
            json.writeNumberField("task", task.id());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeStringField("type", type(state));
        json.writeEndObject();
    }

    void config(JsonGenerator json, ConnectorState state) throws IOException {
        config(json, secrets.shown(state));
    }

    private static void config(JsonGenerator json, Config shown) throws IOException {
        json.writeStartObject();
        for (Map.Entry<String, String> entry : shown.values().entrySet()) {
            json.writeStringField(entry.getKey(), entry.getValue());
        }
        json.writeEndObject();
    }

    /** {@code ConnectorStatus}; UNASSIGNED before any worker has it. */
    static void status(JsonGenerator json, ConnectorState state) throws IOException {
        ConnectorStatus status = state.shownStatus();
        json.writeStartObject();
        json.writeStringField("name", state.key().connector());
        json.writeObjectFieldStart("connector");
        if (status == null) {
            rest(json, RunState.UNASSIGNED, "", "");
        } else {
            rest(json, status.state(), status.workerId(), status.trace());
        }
        json.writeArrayFieldStart("tasks");
        for (TaskStatus task : tasks(state)) {
            json.writeStartObject();
            json.writeNumberField("id", task.id());
            rest(json, task.state(), task.workerId(), task.trace());
        }
        json.writeEndArray();
        json.writeStringField("type", type(state));
        json.writeStringField("holistic_state", HolisticState.of(status).word());
        json.writeArrayFieldStart("errors");
        for (Problem problem :
                status == null ? List.<Problem>of() : Problem.of(state.key().connector(), status)) {
            json.writeStartObject();
            json.writeStringField("type", "TYPE_ERROR");
            json.writeStringField("title", problem.title());
            json.writeStringField("content", problem.content());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /** An entry of the list. @param shows as {@link #shows} said */
    void entry(JsonGenerator json, ConnectorState state, boolean shows) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", state.key().connector());
        json.writeFieldName("info");
        spec(json, state, secrets.shown(state, shows));
        json.writeFieldName("status");
        status(json, state);
        json.writeEndObject();
    }

    private static void rest(JsonGenerator json, RunState state, String worker, String trace) throws IOException {
        json.writeStringField("state", state.name());
        json.writeStringField("worker_id", worker == null ? "" : worker);
        json.writeStringField("trace", trace == null ? "" : trace);
        json.writeEndObject();
    }

    private static List<TaskStatus> tasks(ConnectorState state) {
        var status = state.shownStatus();
        return status == null ? List.of() : status.tasks();
    }

    private static String type(ConnectorState state) {
        var type = state.knownType();
        return type == ConnectorType.UNKNOWN ? "unknown" : type.name().toLowerCase(Locale.ROOT);
    }
}
