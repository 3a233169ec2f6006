package io.signalbox.processor.codec;

import io.signalbox.schemas.AvroWire;
import io.signalbox.schemas.RecordMapper;
import io.signalbox.schemas.Schemas;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

/** Values of one record type as they stand on a topic. Null stands for a tombstone, both ways. */
public final class WireSerde<T extends Record> {

    private final RecordMapper<T> mapper;
    private final AvroWire wire;
    private final Map<String, Schema> schemas;

    /** @param type of a state record: its schema has its simple name */
    public WireSerde(Class<T> type, AvroWire wire) {
        var schema = Schemas.state(type.getSimpleName());
        this.mapper = new RecordMapper<>(type, schema, RecordTypes.TEXTS);
        this.wire = wire;
        this.schemas = Map.of(schema.getFullName(), schema);
    }

    public Serializer<T> serializer() {
        return (topic, value) -> value == null ? null : wire.write(topic, mapper.toAvro(value));
    }

    public Deserializer<T> deserializer() {
        return (topic, bytes) -> bytes == null ? null : mapper.fromAvro(wire.read(topic, bytes, schemas));
    }
}
