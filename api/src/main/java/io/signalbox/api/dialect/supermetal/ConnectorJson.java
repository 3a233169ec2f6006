package io.signalbox.api.dialect.supermetal;

import com.fasterxml.jackson.core.JsonGenerator;
import io.signalbox.api.http.Json;
import io.signalbox.processor.domain.PipelineState;
import java.io.IOException;
import java.time.Instant;

/** {@code ConnectorWithStatus}: the definition without secrets, and how far it is. */
final class ConnectorJson {

    private ConnectorJson() {}

    static void write(JsonGenerator json, PipelineState pipeline) throws IOException {
        json.writeStartObject();
        json.writeFieldName("connector");
        Json.MAPPER.writeTree(json, Definitions.shown(pipeline));
        if (pipeline.status() != null) {
            json.writeFieldName("status");
            StatusJson.status(json, pipeline.status());
        }
        if (pipeline.run() != null) {
            json.writeStringField("run_id", pipeline.run().id());
        }
        json.writeStringField("created_at", since(pipeline).toString());
        json.writeEndObject();
    }

    /** As in the history, in which the same field is beside a status: since when it is so. */
    private static Instant since(PipelineState pipeline) {
        return pipeline.status() == null || pipeline.status().at() == null
                ? pipeline.createdAt()
                : pipeline.status().at();
    }
}
