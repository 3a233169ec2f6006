package io.signalbox.processor.codec;

import io.signalbox.schemas.RecordMapper;
import io.signalbox.schemas.Schemas;
import io.signalbox.schemas.SingleObject;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/** Values of one record type as they stand in a state store; made once for each type, which takes a while. */
public final class StoreSerde {

    private static final Map<Class<?>, Serde<?>> BY_TYPE = new ConcurrentHashMap<>();

    private StoreSerde() {}

    /** @param type of a state record: its schema has its simple name */
    @SuppressWarnings("unchecked")
    public static <T extends Record> Serde<T> of(Class<T> type) {
        return (Serde<T>) BY_TYPE.computeIfAbsent(type, any -> make(type));
    }

    private static <T extends Record> Serde<T> make(Class<T> type) {
        var schema = Schemas.state(type.getSimpleName());
        var mapper = new RecordMapper<>(type, schema, RecordTypes.TEXTS);
        var form = new SingleObject(schema);
        return Serdes.serdeFrom(
                (topic, value) -> value == null ? null : form.write(mapper.toAvro(value)),
                (topic, bytes) -> bytes == null ? null : mapper.fromAvro(form.read(bytes)));
    }
}
