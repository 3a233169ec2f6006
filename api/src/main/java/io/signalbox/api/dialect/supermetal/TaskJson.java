package io.signalbox.api.dialect.supermetal;

import com.fasterxml.jackson.core.JsonGenerator;
import io.signalbox.processor.domain.PipelineTask;
import java.io.IOException;

/** {@code Task}: what is asked for, and how far it is. */
final class TaskJson {

    private TaskJson() {}

    static void write(JsonGenerator json, PipelineTask task) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", task.id());
        json.writeStringField("created_at", task.createdAt().toString());
        json.writeObjectFieldStart("spec");
        json.writeObjectFieldStart("Snapshot");
        json.writeStringField("schema", task.schema());
        json.writeStringField("name", task.name());
        if (task.database() != null) {
            json.writeStringField("database", task.database());
        }
        json.writeEndObject();
        json.writeEndObject();
        json.writeStringField("state", state(task.state()));
        json.writeNumberField("attempt", task.attempt());
        if (task.nextAttemptAt() != null) {
            json.writeStringField("next_attempt_at", task.nextAttemptAt().toString());
        }
        if (task.reason() != null) {
            json.writeStringField("reason", task.reason());
        }
        json.writeEndObject();
    }

    private static String state(PipelineTask.State state) {
        return switch (state) {
            case PENDING -> "Pending";
            case RUNNING -> "Running";
            case DONE -> "Done";
            case FAILED -> "Failed";
            case CANCELLED -> "Cancelled";
        };
    }
}
