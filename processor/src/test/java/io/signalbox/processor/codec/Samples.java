package io.signalbox.processor.codec;

import io.signalbox.processor.domain.AggregateKey;
import io.signalbox.processor.domain.Schedule;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.avro.Schema;

/**
 * Made-up values of record types, the same each time: every constant of every enumeration occurs in one of them, in the second
 * one everything that may be absent is.
 */
final class Samples {

    private static final int LEAST = 1;

    private Samples() {}

    static List<Record> of(Class<? extends Record> type, Schema schema) {
        int count = schema.getFields().isEmpty() ? 1 : Math.max(2, constants(type));
        return IntStream.range(0, count).mapToObj(i -> record(type, schema, i)).toList();
    }

    /** How many constants the largest enumeration has that occurs in values of this type. */
    private static int constants(Type type) {
        if (type instanceof ParameterizedType p) {
            return Arrays.stream(p.getActualTypeArguments())
                    .mapToInt(Samples::constants)
                    .max()
                    .orElse(0);
        }
        var raw = (Class<?>) type;
        if (raw.isEnum()) {
            return raw.getEnumConstants().length;
        }
        return raw.isRecord()
                ? Arrays.stream(raw.getRecordComponents())
                        .mapToInt(part -> constants(part.getGenericType()))
                        .max()
                        .orElse(0)
                : 0;
    }

    private static Record record(Class<? extends Record> type, Schema schema, int i) {
        RecordComponent[] parts = type.getRecordComponents();
        var values = new Object[parts.length];
        for (int n = 0; n < parts.length; n++) {
            var field = schema.getFields().get(n);
            values[n] = value(parts[n].getGenericType(), field.schema(), field.name(), i);
        }
        return make(type, values);
    }

    private static Record make(Class<? extends Record> type, Object... values) {
        try {
            var constructor = type.getDeclaredConstructor(Arrays.stream(type.getRecordComponents())
                    .map(RecordComponent::getType)
                    .toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError("No sample of " + type.getName(), e);
        }
    }

    private static Object value(Type type, Schema schema, String name, int i) {
        if (schema.getType() == Schema.Type.UNION) {
            return i == LEAST ? null : value(type, schema.getTypes().get(1), name, i);
        }
        Class<?> raw = type instanceof ParameterizedType p ? (Class<?>) p.getRawType() : (Class<?>) type;
        return switch (schema.getType()) {
            case STRING -> text(raw, name, i);
            case LONG ->
                raw == Instant.class ? Instant.ofEpochMilli(1_767_225_600_123L + i) : (Object) (7_000_000_000L + i);
            case INT -> 3 + i;
            case BOOLEAN -> i % 2 == 0;
            case ARRAY -> list(argument(type), schema.getElementType(), name, i);
            case MAP -> raw.isRecord() ? make(raw.asSubclass(Record.class), map(schema, i)) : map(schema, i);
            case RECORD -> record(raw.asSubclass(Record.class), schema, i);
            default -> throw new AssertionError("No sample of " + schema);
        };
    }

    private static Object text(Class<?> raw, String name, int i) {
        if (raw.isEnum()) {
            return raw.getEnumConstants()[i % raw.getEnumConstants().length];
        }
        if (raw == Schedule.class) {
            return Schedule.parse(i % 2 == 0 ? "rate 6" + i : "cron Europe/Oslo 0 3 * * 1-5");
        }
        return raw == AggregateKey.class
                ? AggregateKey.parse(i % 2 == 0 ? "env/cluster/a name/ü😀" : "env/cluster")
                : name + i;
    }

    private static List<Object> list(Type type, Schema element, String name, int i) {
        return i == LEAST ? List.of() : List.of(value(type, element, name, i), value(type, element, name, i + 2));
    }

    private static Map<String, String> map(Schema schema, int i) {
        var map = new TreeMap<>(Map.of("name", "n" + i, "ключ", "värde"));
        if (schema.getValueType().getType() == Schema.Type.UNION) {
            map.put("removed", null);
        }
        return map;
    }

    private static Type argument(Type type) {
        return ((ParameterizedType) type).getActualTypeArguments()[0];
    }
}
