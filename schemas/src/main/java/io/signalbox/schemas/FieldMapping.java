package io.signalbox.schemas;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** How one component of a record becomes one field of an Avro record, and back. */
record FieldMapping(UnaryOperator<Object> toAvro, UnaryOperator<Object> fromAvro) {

    private static final FieldMapping SAME = new FieldMapping(UnaryOperator.identity(), UnaryOperator.identity());

    /** @throws IllegalArgumentException when the two do not fit */
    static FieldMapping of(Type type, Schema schema, Map<Class<?>, TextForm<?>> texts) {
        if (schema.getType() == Schema.Type.UNION) {
            return nullable(of(type, notNull(schema), texts));
        }
        Class<?> raw = type instanceof ParameterizedType p ? (Class<?>) p.getRawType() : (Class<?>) type;
        return switch (schema.getType()) {
            case STRING -> text(raw, texts);
            case LONG ->
                raw == Instant.class
                        ? new FieldMapping(at -> ((Instant) at).toEpochMilli(), ms -> Instant.ofEpochMilli((long) ms))
                        : fits(raw == long.class || raw == Long.class, type, schema);
            case INT -> fits(raw == int.class || raw == Integer.class, type, schema);
            case BOOLEAN -> fits(raw == boolean.class, type, schema);
            case ARRAY -> list(of(argument(type, 0), schema.getElementType(), texts), schema);
            case MAP ->
                Map.class.isAssignableFrom(raw)
                        ? map(of(argument(type, 1), schema.getValueType(), texts))
                        : wrapped(raw, schema, texts);
            case RECORD -> nested(raw, schema, texts);
            default -> throw new IllegalArgumentException("No mapping for " + schema);
        };
    }

    private static FieldMapping nullable(FieldMapping inner) {
        return new FieldMapping(
                value -> value == null ? null : inner.toAvro.apply(value),
                value -> value == null ? null : inner.fromAvro.apply(value));
    }

    private static Schema notNull(Schema union) {
        return union.getTypes().stream()
                .filter(type -> type.getType() != Schema.Type.NULL)
                .findFirst()
                .orElseThrow();
    }

    private static FieldMapping text(Class<?> raw, Map<Class<?>, TextForm<?>> texts) {
        if (raw == String.class) {
            return new FieldMapping(UnaryOperator.identity(), Object::toString);
        }
        Function<String, ?> parse = raw.isEnum() ? name -> constant(raw, name) : parser(raw, texts);
        return new FieldMapping(Object::toString, value -> parse.apply(value.toString()));
    }

    private static Object constant(Class<?> type, String name) {
        for (Object constant : type.getEnumConstants()) {
            if (((Enum<?>) constant).name().equals(name)) {
                return constant;
            }
        }
        throw new UndecodableException("No " + type.getSimpleName() + " is called " + name);
    }

    private static Function<String, ?> parser(Class<?> raw, Map<Class<?>, TextForm<?>> texts) {
        var form = texts.get(raw);
        if (form == null) {
            throw new IllegalArgumentException(raw.getName() + " does not stand as a string");
        }
        return form.parse();
    }

    private static FieldMapping fits(boolean fits, Type type, Schema schema) {
        if (!fits) {
            throw new IllegalArgumentException(type.getTypeName() + " does not fit " + schema);
        }
        return SAME;
    }

    private static FieldMapping list(FieldMapping element, Schema schema) {
        return new FieldMapping(
                value -> {
                    var array = new GenericData.Array<Object>(((Collection<?>) value).size(), schema);
                    ((Collection<?>) value).forEach(item -> array.add(element.toAvro.apply(item)));
                    return array;
                },
                value -> {
                    List<Object> items = new ArrayList<>(((Collection<?>) value).size());
                    ((Collection<?>) value).forEach(item -> items.add(element.fromAvro.apply(item)));
                    return items;
                });
    }

    /** Maps are written in the order of their keys, so that equal maps have equal bytes. */
    private static FieldMapping map(FieldMapping element) {
        return new FieldMapping(value -> sorted(value, element.toAvro), value -> sorted(value, element.fromAvro));
    }

    private static TreeMap<String, Object> sorted(Object value, UnaryOperator<Object> each) {
        var entries = new TreeMap<String, Object>();
        ((Map<?, ?>) value).forEach((key, item) -> entries.put(key.toString(), each.apply(item)));
        return entries;
    }

    /** A record of one component stands as that component. */
    private static FieldMapping wrapped(Class<?> raw, Schema schema, Map<Class<?>, TextForm<?>> texts) {
        var holder = Schema.createRecord(raw.getSimpleName(), null, raw.getPackageName(), false);
        holder.setFields(List.of(new Schema.Field(raw.getRecordComponents()[0].getName(), schema)));
        var mapper = mapper(raw, holder, texts);
        return new FieldMapping(value -> mapper.toAvro(value).get(0), value -> {
            var record = new GenericData.Record(holder);
            record.put(0, value);
            return mapper.fromAvro(record);
        });
    }

    private static FieldMapping nested(Class<?> raw, Schema schema, Map<Class<?>, TextForm<?>> texts) {
        var mapper = mapper(raw, schema, texts);
        return new FieldMapping(mapper::toAvro, value -> mapper.fromAvro((GenericRecord) value));
    }

    private static RecordMapper<?> mapper(Class<?> raw, Schema schema, Map<Class<?>, TextForm<?>> texts) {
        if (!raw.isRecord()) {
            throw new IllegalArgumentException(raw.getName() + " is no record, and does not fit " + schema.getName());
        }
        return new RecordMapper<>(raw.asSubclass(Record.class), schema, texts);
    }

    private static Type argument(Type type, int index) {
        return ((ParameterizedType) type).getActualTypeArguments()[index];
    }
}
