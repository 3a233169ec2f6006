package io.signalbox.api.dialect.signalbox;

import com.fasterxml.jackson.core.JsonGenerator;
import io.signalbox.processor.domain.Config;
import io.signalbox.processor.domain.ConfigDifference;
import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.ConnectorStatus;
import io.signalbox.processor.domain.Drift;
import io.signalbox.processor.domain.Operation;
import io.signalbox.processor.domain.TaskStatus;
import java.io.IOException;
import java.util.Map;

/** All that the log says of a connector: what is desired and what was observed, side by side. */
final class ConnectorJson {

    private ConnectorJson() {}

    /** @param shown its config as it is to be shown */
    static void write(JsonGenerator json, ConnectorState state, Config shown) throws IOException {
        json.writeStartObject();
        json.writeStringField("environment", state.key().environment());
        json.writeStringField("cluster", state.key().cluster());
        json.writeStringField("name", state.key().connector());
        json.writeStringField("uid", state.uid());
        json.writeStringField("phase", state.phase().name());
        json.writeNumberField("revision", state.revision());
        json.writeNumberField("generation", state.generation());
        json.writeNumberField("observed_generation", state.observedGeneration());
        desired(json, state, shown);
        json.writeFieldName("observed");
        observed(json, state.status());
        operations(json, state);
        applyError(json, state);
        json.writeStringField("offsets_error", state.offsetsError());
        json.writeStringField("replaces", state.replaces());
        json.writeBooleanField("adopted", state.adopted());
        drift(json, state.drift());
        json.writeStringField("created_at", state.createdAt().toString());
        json.writeStringField("updated_at", state.updatedAt().toString());
        json.writeEndObject();
    }

    private static void desired(JsonGenerator json, ConnectorState state, Config shown) throws IOException {
        json.writeObjectFieldStart("desired");
        json.writeStringField("target_state", state.targetState().name());
        json.writeStringField("type", state.type().name());
        json.writeNumberField("config_revision", state.configRevision());
        json.writeBooleanField("validated", state.validated());
        json.writeObjectFieldStart("config");
        for (Map.Entry<String, String> entry : shown.values().entrySet()) {
            json.writeStringField(entry.getKey(), entry.getValue());
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void observed(JsonGenerator json, ConnectorStatus status) throws IOException {
        if (status == null) {
            json.writeNull();
            return;
        }
        json.writeStartObject();
        json.writeStringField("state", status.state().name());
        json.writeStringField("type", status.type().name());
        whereAndWhy(json, status.workerId(), status.version(), status.trace());
        json.writeArrayFieldStart("tasks");
        for (TaskStatus task : status.tasks()) {
            json.writeStartObject();
            json.writeNumberField("id", task.id());
            json.writeStringField("state", task.state().name());
            whereAndWhy(json, task.workerId(), task.version(), task.trace());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void whereAndWhy(JsonGenerator json, String worker, String version, String trace)
            throws IOException {
        json.writeStringField("worker_id", worker);
        json.writeStringField("version", version == null || version.isEmpty() ? null : version);
        json.writeStringField("trace", trace);
    }

    private static void operations(JsonGenerator json, ConnectorState state) throws IOException {
        json.writeArrayFieldStart("pending_operations");
        for (Operation operation : state.operations()) {
            json.writeStartObject();
            json.writeStringField("id", operation.id());
            json.writeStringField("kind", kind(operation));
            if (operation.onOffsets()) {
                json.writeStringField(
                        "then",
                        operation.then() == null ? null : operation.then().name());
            } else if (operation.task() == null) {
                json.writeBooleanField("include_tasks", operation.includeTasks());
                json.writeBooleanField("only_failed", operation.onlyFailed());
            } else {
                json.writeNumberField("task", operation.task());
            }
            json.writeStringField("requested_at", operation.requestedAt().toString());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static String kind(Operation operation) {
        if (operation.onOffsets()) {
            return operation.kind().name();
        }
        return operation.task() == null ? "RESTART_CONNECTOR" : "RESTART_TASK";
    }

    private static void drift(JsonGenerator json, Drift drift) throws IOException {
        json.writeFieldName("drift");
        if (drift == null) {
            json.writeNull();
            return;
        }
        var difference = drift.difference();
        json.writeStartObject();
        json.writeStringField("since", drift.since().toString());
        json.writeNumberField("generation", drift.generation());
        json.writeBooleanField("absent", difference.absent());
        json.writeStringField(
                "state", difference.state() == null ? null : difference.state().name());
        json.writeArrayFieldStart("config");
        for (ConfigDifference key : difference.config()) {
            json.writeStartObject();
            json.writeStringField("key", key.key());
            json.writeStringField("desired_fingerprint", key.desired());
            json.writeStringField("observed_fingerprint", key.observed());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeNumberField("more_config", difference.moreConfig());
        json.writeEndObject();
    }

    private static void applyError(JsonGenerator json, ConnectorState state) throws IOException {
        var error = state.applyError();
        json.writeFieldName("apply_error");
        if (error == null) {
            json.writeNull();
            return;
        }
        json.writeStartObject();
        json.writeNumberField("generation", error.generation());
        json.writeStringField("worker_id", error.worker());
        json.writeStringField("message", error.message());
        json.writeEndObject();
    }
}
