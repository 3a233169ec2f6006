package io.signalbox.api.dialect.supermetal;

import com.fasterxml.jackson.core.JsonGenerator;
import io.signalbox.processor.domain.PipelineMoment;
import io.signalbox.processor.domain.PipelineState;
import io.signalbox.processor.domain.PipelineStatus;
import java.io.IOException;
import java.util.Locale;

/** Statuses: each is an object with one field, of which what is known is inside. */
final class StatusJson {

    private StatusJson() {}

    static void status(JsonGenerator json, PipelineStatus status) throws IOException {
        json.writeStartObject();
        json.writeObjectFieldStart("state");
        json.writeObjectFieldStart(status.state().name().toLowerCase(Locale.ROOT));
        json.writeEndObject();
        json.writeEndObject();
        json.writeObjectFieldStart("status");
        json.writeObjectFieldStart(status.status().name().toLowerCase(Locale.ROOT));
        switch (status.status()) {
            case FAILED, SKIPPED, WARNING -> reason(json, status);
            case RETRY -> {
                if (status.attempt() != null) {
                    json.writeNumberField("attempt", status.attempt());
                }
                reason(json, status);
            }
            case START, COMPLETE, HEARTBEAT -> {
                // There is nothing to add.
            }
        }
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void reason(JsonGenerator json, PipelineStatus status) throws IOException {
        if (status.reason() != null) {
            json.writeStringField("reason", status.reason());
        }
    }

    /** {@code ConnectorHistory}: what was, of which run. */
    static void moment(JsonGenerator json, PipelineState pipeline, PipelineMoment moment) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", moment.id());
        json.writeStringField("connector_id", pipeline.key().id());
        // Before the first run there is none, and the field has to be there.
        json.writeStringField("run_id", moment.runId() == null ? "" : moment.runId());
        if (moment.status().at() != null) {
            json.writeStringField("created_at", moment.status().at().toString());
        }
        json.writeStringField("component", component(moment.status()));
        json.writeFieldName("status");
        status(json, moment.status());
        json.writeEndObject();
    }

    private static String component(PipelineStatus status) {
        return switch (status.component()) {
            case CONNECTOR -> "Connector";
            case SOURCE -> "Source";
            case BUFFER -> "Buffer";
            case TARGET -> "Target";
        };
    }
}
