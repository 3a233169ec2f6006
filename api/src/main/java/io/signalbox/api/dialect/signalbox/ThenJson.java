package io.signalbox.api.dialect.signalbox;

import com.fasterxml.jackson.core.JsonGenerator;
import io.signalbox.api.query.Then;
import io.signalbox.processor.domain.Config;
import io.signalbox.processor.domain.ConfigVersion;
import io.signalbox.processor.domain.ConnectorKey;
import io.signalbox.processor.domain.Desired;
import java.io.IOException;
import java.util.Map;

/** A connector as it was desired: the fields of {@link ConnectorJson} as far as the past has them, and the event that led to it. */
final class ThenJson {

    private ThenJson() {}

    /** @param shown the config of then as it is to be shown; null when there is none */
    static void write(JsonGenerator json, ConnectorKey key, Then then, Config shown) throws IOException {
        var entry = then.entry();
        json.writeStartObject();
        json.writeStringField("environment", key.environment());
        json.writeStringField("cluster", key.cluster());
        json.writeStringField("name", key.connector());
        if (entry == null) {
            early(json, then.config(), shown);
        } else {
            var after = entry.after();
            json.writeStringField("uid", after.uid());
            json.writeStringField("phase", after.phase().name());
            json.writeNumberField("revision", entry.revision());
            json.writeNumberField("generation", after.generation());
            json.writeNumberField("observed_generation", after.observedGeneration());
            desired(json, after, shown);
            json.writeStringField("created_at", after.createdAt().toString());
            json.writeStringField("updated_at", entry.at().toString());
            json.writeFieldName("last_event");
            HistoryJson.write(json, entry);
        }
        json.writeEndObject();
    }

    private static void desired(JsonGenerator json, Desired after, Config config) throws IOException {
        json.writeObjectFieldStart("desired");
        json.writeStringField("target_state", after.targetState().name());
        json.writeStringField("type", after.type().name());
        json.writeNumberField("config_revision", after.configRevision());
        json.writeBooleanField("validated", after.validated());
        config(json, config);
        json.writeEndObject();
    }

    /** From before histories were kept: the config is all that is known. */
    private static void early(JsonGenerator json, ConfigVersion config, Config shown) throws IOException {
        json.writeNullField("phase");
        json.writeNumberField("revision", config.revision());
        json.writeObjectFieldStart("desired");
        json.writeNullField("target_state");
        json.writeNumberField("config_revision", config.revision());
        config(json, shown);
        json.writeEndObject();
        json.writeStringField("updated_at", config.at().toString());
        json.writeNullField("last_event");
    }

    /** That of a connector that was only found is not kept. */
    private static void config(JsonGenerator json, Config config) throws IOException {
        json.writeFieldName("config");
        if (config == null) {
            json.writeNull();
            return;
        }
        json.writeStartObject();
        for (Map.Entry<String, String> entry : config.values().entrySet()) {
            json.writeStringField(entry.getKey(), entry.getValue());
        }
        json.writeEndObject();
    }
}
