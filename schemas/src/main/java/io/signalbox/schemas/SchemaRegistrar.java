package io.signalbox.schemas;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
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

    /** Two requests for each of more than a hundred schemas, one after another, were seconds of every start. */
    private static final int AT_ONCE = 8;

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
        List<CompletableFuture<Void>> registered = new ArrayList<>();
        // No virtual ones: the client holds its monitor while it asks, which pins them before JDK 24.
        var factory = Thread.ofPlatform().name("schemas-", 1).factory();
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE, factory)) {
            List<Subject> subjects = subjects();
            Set<String> known = known(subjects);
            for (Subject subject : subjects) {
                boolean isNew = !known.contains(subject.name());
                registered.add(
                        CompletableFuture.runAsync(() -> register(subject.name(), subject.schema(), isNew), threads));
            }
            registered.forEach(CompletableFuture::join);
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException known ? known : e;
        }
        LOG.info("schemas={} action=registered compatibility={}", registered.size(), COMPATIBILITY);
    }

    private record Subject(String name, Schema schema) {}

    /** In no order: replicas that start together then do the work between them, instead of the same at the same time. */
    private List<Subject> subjects() {
        List<Subject> subjects = new ArrayList<>();
        for (Topic topic : Topic.values()) {
            for (Schema schema : Schemas.of(topic)) {
                subjects.add(new Subject(topic.name(prefix) + "-" + schema.getFullName(), schema));
            }
        }
        Collections.shuffle(subjects);
        return subjects;
    }

    /** One request, which saves a new system one for each schema; all, where we may not ask which there are. */
    private Set<String> known(List<Subject> all) {
        try {
            return new HashSet<>(registry.getAllSubjects());
        } catch (RestClientException e) {
            if (e.getStatus() >= 500) {
                throw new RegistryUnavailableException("The schema registry failed to list its subjects", e);
            }
            LOG.debug("The schema registry does not list its subjects: each is asked for", e);
            return all.stream().map(Subject::name).collect(Collectors.toSet());
        } catch (IOException e) {
            throw new RegistryUnavailableException("The schema registry cannot be reached", e);
        }
    }

    /** @param isNew there was no such subject a moment ago, so it has no compatibility of its own that one could ask for */
    private void register(String subject, Schema schema, boolean isNew) {
        try {
            int id = registry.register(subject, new AvroSchema(schema));
            if (isNew || !COMPATIBILITY.equals(compatibility(subject))) {
                updateCompatibility(subject);
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

    private void updateCompatibility(String subject) throws IOException, RestClientException {
        try {
            registry.updateCompatibility(subject, COMPATIBILITY);
        } catch (RestClientException refused) {
            // Apicurio refuses what another replica has done just now.
            if (!COMPATIBILITY.equals(compatibility(subject))) {
                throw refused;
            }
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
