package io.signalbox.schemas;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import java.io.IOException;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Records as they stand on topics: Avro in Confluent's wire format, by Confluent's own serializer. Safe for use by
 * several threads.
 */
public final class AvroWire {

    private final KafkaAvroSerializer serializer;
    private final KafkaAvroDeserializer deserializer;

    /** @param registry shared by all users of a process, so that each schema is asked for once */
    public AvroWire(SchemaRegistryClient registry) {
        Map<String, ?> settings = Map.of(
                "schema.registry.url", "given-as-a-client",
                "auto.register.schemas", false,
                "value.subject.name.strategy", "io.confluent.kafka.serializers.subject.TopicRecordNameStrategy");
        serializer = new KafkaAvroSerializer(registry, settings);
        deserializer = new KafkaAvroDeserializer(registry, settings);
    }

    /** @throws RegistryUnavailableException when the schema's id is not known yet and cannot be asked for */
    public byte[] write(String topic, GenericRecord record) {
        try {
            return serializer.serialize(topic, record);
        } catch (SerializationException | TimeoutException e) {
            throw new RegistryUnavailableException(
                    "No schema id for " + record.getSchema().getFullName(), e);
        }
    }

    /**
     * @return the record in the schema of the same name that this version of Signalbox knows
     * @throws UndecodableException when the bytes are no such record
     * @throws RegistryUnavailableException when the registry has to be asked and cannot be
     */
    public GenericRecord read(String topic, byte[] bytes, Map<String, Schema> known) {
        var written = decode(topic, bytes, null);
        var reader = known.get(written.getSchema().getFullName());
        if (reader == null) {
            throw new UndecodableException(
                    "Unknown record type " + written.getSchema().getFullName());
        }
        return reader.equals(written.getSchema()) ? written : decode(topic, bytes, reader);
    }

    /**
     * @return the record in the schema that it was written with, which this version of Signalbox may not know
     * @throws UndecodableException when the bytes are no record
     * @throws RegistryUnavailableException when the registry has to be asked and cannot be
     */
    public GenericRecord readAsWritten(String topic, byte[] bytes) {
        return decode(topic, bytes, null);
    }

    private GenericRecord decode(String topic, byte[] bytes, Schema reader) {
        Object value;
        try {
            value = reader == null
                    ? deserializer.deserialize(topic, bytes)
                    : deserializer.deserialize(topic, bytes, reader);
        } catch (TimeoutException e) {
            throw new RegistryUnavailableException("The schema registry did not answer", e);
        } catch (RuntimeException e) {
            throw registryAway(e)
                    ? new RegistryUnavailableException("The schema registry cannot be reached", e)
                    : new UndecodableException("Not Avro in Confluent's wire format: " + rootMessage(e), e);
        }
        if (value instanceof GenericRecord record) {
            return record;
        }
        throw new UndecodableException(value == null ? "No value" : "Not a record");
    }

    private static boolean registryAway(Throwable e) {
        for (var cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof RestClientException answer) {
                return answer.getStatus() >= 500 || answer.getStatus() == 429 || answer.getStatus() == 401;
            }
            if (cause instanceof IOException && !(cause instanceof java.io.EOFException)) {
                return true;
            }
        }
        return false;
    }

    private static String rootMessage(Throwable e) {
        var cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }
}
