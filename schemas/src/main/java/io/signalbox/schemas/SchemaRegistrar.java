package io.signalbox.schemas;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import org.apache.avro.Schema;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Registers every schema of every topic under {@code <topic>-<record name>}, with compatibility FULL_TRANSITIVE, before
 * anything is written: a registry that is away later can then not stop a write half-way.
 */
public final class SchemaRegistrar {

    private static final Logger LOG = LoggerFactory.getLogger(SchemaRegistrar.class);
    private static final String COMPATIBILITY = "FULL_TRANSITIVE";

    private final SchemaRegistryClient registry;
    private final String prefix;

    public SchemaRegistrar(SchemaRegistryClient registry, String prefix) {
        this.registry = registry;
        this.prefix = prefix;
    }

    /**
     * @throws RegistryUnavailableException when the registry cannot be asked now
     * @throws IllegalStateException when it refuses a schema, naming it
     */
    public void ensure() {
        int count = 0;
        for (Topic topic : Topic.values()) {
            for (Schema schema : Schemas.of(topic)) {
                register(topic.name(prefix) + "-" + schema.getFullName(), schema);
                count++;
            }
        }
        LOG.info("schemas={} action=registered compatibility={}", count, COMPATIBILITY);
    }

    private void register(String subject, Schema schema) {
        try {
            int id = registry.register(subject, new AvroSchema(schema));
            if (!COMPATIBILITY.equals(compatibility(subject))) {
                registry.updateCompatibility(subject, COMPATIBILITY);
            }
            LOG.debug("subject={} id={}", subject, id);
        } catch (RestClientException e) {
            if (e.getStatus() >= 500) {
                throw new RegistryUnavailableException("The schema registry failed at " + subject, e);
            }
            throw new IllegalStateException(
                    "The schema registry refuses subject " + subject + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new RegistryUnavailableException("The schema registry cannot be reached", e);
        }
    }

    private String compatibility(String subject) throws IOException {
        try {
            return registry.getCompatibility(subject);
        } catch (RestClientException noneOfItsOwn) {
            LOG.trace("subject={} has no compatibility of its own", subject, noneOfItsOwn);
            return null;
        }
    }
}
