package io.signalbox.api.live;

import io.signalbox.api.http.Json;
import io.signalbox.processor.domain.AggregateKey;
import io.signalbox.processor.domain.ConnectorKey;
import io.signalbox.processor.domain.PipelineKey;
import java.util.Map;
import java.util.function.Supplier;

/** One event as it is shown to readers of the stream. Many readers share it, and the first one that wants it renders it. */
public final class LiveEvent {

    private static final int ENVELOPE = 512;

    private final AggregateKey key;
    private final int partition;
    private final long offset;
    private final int size;
    private final Marks marks;
    private final Supplier<Map<String, Object>> fields;
    private byte[] json;

    /**
     * What stands beside the event's record.
     *
     * @param type with its namespace
     */
    record Marks(String id, String type, String time, long revision, String actor, String commandId) {}

    /** @param fields the event's own; null when they cannot be understood */
    LiveEvent(
            AggregateKey key, int partition, long offset, int size, Marks marks, Supplier<Map<String, Object>> fields) {
        this.key = key;
        this.partition = partition;
        this.offset = offset;
        this.size = size + ENVELOPE;
        this.marks = marks;
        this.fields = fields;
    }

    int partition() {
        return partition;
    }

    long offset() {
        return offset;
    }

    /** About how many bytes of memory it takes. */
    int size() {
        return size;
    }

    AggregateKey key() {
        return key;
    }

    Marks marks() {
        return marks;
    }

    String environment() {
        return key.environment();
    }

    /** Null for an event about a quota. */
    String cluster() {
        return key.cluster();
    }

    /** Null for an event that is not about a pipeline. */
    String pipeline() {
        return key instanceof PipelineKey pipeline ? pipeline.id() : null;
    }

    /** Null for an event about a cluster, a stored secret, a quota or a pipeline. */
    String connector() {
        return key instanceof ConnectorKey connector ? connector.connector() : null;
    }

    String type() {
        return marks.type();
    }

    String simpleType() {
        return marks.type().substring(marks.type().lastIndexOf('.') + 1);
    }

    /**
     * One JSON object on one line.
     *
     * @throws io.signalbox.schemas.RegistryUnavailableException when it cannot be understood just now
     */
    public synchronized byte[] json() {
        if (json == null) {
            Map<String, Object> data = fields.get();
            json = Json.write(out -> {
                        out.writeStartObject();
                        out.writeStringField("id", marks.id());
                        out.writeStringField("type", marks.type());
                        out.writeStringField("time", marks.time());
                        out.writeStringField("environment", environment());
                        out.writeStringField("cluster", cluster());
                        out.writeStringField("connector", connector());
                        out.writeStringField("pipeline", pipeline());
                        out.writeNumberField("revision", marks.revision());
                        out.writeStringField("actor", marks.actor());
                        out.writeStringField("command_id", marks.commandId());
                        out.writeFieldName("data");
                        Json.MAPPER.writeValue(out, data);
                        out.writeEndObject();
                    })
                    .toByteArray();
        }
        return json;
    }
}
