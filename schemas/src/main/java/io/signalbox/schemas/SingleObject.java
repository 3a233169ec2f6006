package io.signalbox.schemas;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParser;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;

/**
 * Records as they stand in state stores: Avro's single-object encoding with the schemas of the jar, so that restoring and
 * reading never need the registry. What was written with an earlier schema is read as if with the present one. Safe for use
 * by several threads.
 */
public final class SingleObject {

    private final BinaryMessageEncoder<GenericRecord> encoder;
    private final BinaryMessageDecoder<GenericRecord> decoder;

    public SingleObject(Schema schema) {
        encoder = new BinaryMessageEncoder<>(GenericData.get(), schema, true);
        decoder = new BinaryMessageDecoder<>(GenericData.get(), withJavaStrings(schema));
        Schemas.earlier(schema).forEach(earlier -> decoder.addSchema(withJavaStrings(earlier)));
    }

    public byte[] write(GenericRecord record) {
        try {
            ByteBuffer bytes = encoder.encode(record);
            byte[] copy = new byte[bytes.remaining()];
            bytes.get(copy);
            return copy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws IllegalStateException when the bytes are not of this schema: the store is corrupt */
    public GenericRecord read(byte[] bytes) {
        try {
            return decoder.decode(bytes);
        } catch (IOException | RuntimeException e) {
            throw new IllegalStateException("A state store holds what is not a record of it", e);
        }
    }

    /** A copy, because Avro marks the wish for {@code java.lang.String} in the schema itself. */
    private static Schema withJavaStrings(Schema schema) {
        var copy = new SchemaParser().parse(schema.toString()).mainSchema();
        markStrings(copy, new java.util.HashSet<>());
        return copy;
    }

    private static void markStrings(Schema schema, java.util.Set<String> seen) {
        switch (schema.getType()) {
            case STRING -> GenericData.setStringType(schema, GenericData.StringType.String);
            case MAP -> {
                GenericData.setStringType(schema, GenericData.StringType.String);
                markStrings(schema.getValueType(), seen);
            }
            case ARRAY -> markStrings(schema.getElementType(), seen);
            case UNION -> schema.getTypes().forEach(type -> markStrings(type, seen));
            case RECORD -> {
                if (seen.add(schema.getFullName())) {
                    schema.getFields().forEach(field -> markStrings(field.schema(), seen));
                }
            }
            default -> {}
        }
    }
}
