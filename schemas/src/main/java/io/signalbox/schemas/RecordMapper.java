package io.signalbox.schemas;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/**
 * A Java record as an Avro record: components and fields of the same names. Everything is looked up once; a component
 * without a field, a field without a component, or a pair that does not fit is refused when the mapper is made.
 */
public final class RecordMapper<T extends Record> {

    private final Schema schema;
    private final Constructor<T> constructor;
    private final List<UnaryOperator<Object>> accessors = new ArrayList<>();
    private final FieldMapping[] mappings;

    /** @param texts types that stand as strings, with how they are read back */
    public RecordMapper(Class<T> type, Schema schema, Map<Class<?>, TextForm<?>> texts) {
        this.schema = schema;
        RecordComponent[] components = type.getRecordComponents();
        if (components.length != schema.getFields().size()) {
            throw new IllegalArgumentException(type.getName() + " and " + schema.getFullName() + " differ: "
                    + Arrays.toString(components) + " against " + schema.getFields());
        }
        mappings = new FieldMapping[components.length];
        for (int i = 0; i < components.length; i++) {
            var field = schema.getFields().get(i);
            if (!field.name().equals(components[i].getName())) {
                throw new IllegalArgumentException(schema.getFullName() + " has " + field.name() + " where "
                        + type.getName() + " has " + components[i].getName());
            }
            accessors.add(Accessor.of(components[i]));
            mappings[i] = FieldMapping.of(components[i].getGenericType(), field.schema(), texts);
        }
        try {
            constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            constructor.setAccessible(true);
        } catch (NoSuchMethodException e) {
            throw new IllegalArgumentException(type.getName() + " has no canonical constructor", e);
        }
    }

    public Schema schema() {
        return schema;
    }

    public GenericRecord toAvro(Object value) {
        var record = new GenericData.Record(schema);
        for (int i = 0; i < mappings.length; i++) {
            record.put(i, mappings[i].toAvro().apply(accessors.get(i).apply(value)));
        }
        return record;
    }

    /** @throws UndecodableException when the record type refuses the values */
    public T fromAvro(GenericRecord record) {
        Object[] values = new Object[mappings.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = mappings[i].fromAvro().apply(record.get(i));
        }
        try {
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw new UndecodableException(
                    "Not a legal " + schema.getName() + ": " + e.getCause().getMessage(), e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
