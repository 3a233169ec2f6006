package io.signalbox.processor.codec;

import io.signalbox.processor.domain.AggregateKey;
import io.signalbox.processor.domain.Schedule;
import io.signalbox.schemas.RecordMapper;
import io.signalbox.schemas.TextForm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;

/** The record types of one sealed interface, each with the schema of its own name. */
final class RecordTypes {

    static final Map<Class<?>, TextForm<?>> TEXTS = Map.of(
            AggregateKey.class, new TextForm<>(AggregateKey::parse), Schedule.class, new TextForm<>(Schedule::parse));

    private final Map<Class<?>, RecordMapper<?>> byType = new LinkedHashMap<>();
    private final Map<String, RecordMapper<?>> byName = new LinkedHashMap<>();
    private final Map<String, Schema> schemas = new LinkedHashMap<>();

    RecordTypes(Class<?> sealed, Function<String, Schema> schemaOf) {
        for (Class<?> type : leaves(sealed)) {
            var schema = schemaOf.apply(type.getSimpleName());
            var mapper = new RecordMapper<>(type.asSubclass(Record.class), schema, TEXTS);
            byType.put(type, mapper);
            byName.put(schema.getFullName(), mapper);
            schemas.put(schema.getFullName(), schema);
        }
    }

    /** Readers' schemas by full name. */
    Map<String, Schema> schemas() {
        return schemas;
    }

    GenericRecord toAvro(Object value) {
        return byType.get(value.getClass()).toAvro(value);
    }

    Object fromAvro(GenericRecord record) {
        return byName.get(record.getSchema().getFullName()).fromAvro(record);
    }

    static List<Class<?>> leaves(Class<?> sealed) {
        List<Class<?>> leaves = new ArrayList<>();
        for (Class<?> type : sealed.getPermittedSubclasses()) {
            if (type.isSealed()) {
                leaves.addAll(leaves(type));
            } else {
                leaves.add(type);
            }
        }
        return leaves;
    }
}
