package io.signalbox.processor.codec;

import io.signalbox.schemas.RecordMapper;
import io.signalbox.schemas.Schemas;
import io.signalbox.schemas.SingleObject;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/** Values of one record type as they stand in a state store. */
public final class StoreSerde {

    private StoreSerde() {}

    /** @param type of a state record: its schema has its simple name */
    public static <T extends Record> Serde<T> of(Class<T> type) {
        var schema = Schemas.state(type.getSimpleName());
        var mapper = new RecordMapper<>(type, schema, RecordTypes.TEXTS);
        var form = new SingleObject(schema);
        return Serdes.serdeFrom(
                (topic, value) -> value == null ? null : form.write(mapper.toAvro(value)),
                (topic, bytes) -> bytes == null ? null : mapper.fromAvro(form.read(bytes)));
    }
}
