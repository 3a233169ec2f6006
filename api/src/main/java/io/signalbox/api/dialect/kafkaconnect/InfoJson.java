package io.signalbox.api.dialect.kafkaconnect;

import com.fasterxml.jackson.core.JsonGenerator;
import io.signalbox.processor.domain.Config;
import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.ConnectorType;
import io.signalbox.processor.domain.TaskStatus;
import java.io.IOException;
import java.util.Map;

/** Kafka Connect's ConnectorInfo: name, config, tasks and type. */
final class InfoJson {

    private InfoJson() {}

    /** @param shown its config as it is to be shown */
    static void write(JsonGenerator json, ConnectorState state, Config shown) throws IOException {
        String name = state.key().connector();
        json.writeStartObject();
        json.writeStringField("name", name);
        json.writeFieldName("config");
        config(json, shown);
        json.writeArrayFieldStart("tasks");
        if (state.status() != null) {
            for (TaskStatus task : state.status().tasks()) {
                json.writeStartObject();
                json.writeStringField("connector", name);
                json.writeNumberField("task", task.id());
                json.writeEndObject();
            }
        }
        json.writeEndArray();
        json.writeStringField("type", type(state.knownType()));
        json.writeEndObject();
    }

    static void config(JsonGenerator json, Config config) throws IOException {
        json.writeStartObject();
        for (Map.Entry<String, String> entry : config.values().entrySet()) {
            json.writeStringField(entry.getKey(), entry.getValue());
        }
        json.writeEndObject();
    }

    static String type(ConnectorType type) {
        return switch (type) {
            case SOURCE -> "source";
            case SINK -> "sink";
            case UNKNOWN -> "unknown";
        };
    }
}
