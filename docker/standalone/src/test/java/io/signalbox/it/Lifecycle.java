package io.signalbox.it;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.awaitility.Awaitility;

/**
 * What a plain consumer with Confluent's deserializer reads of the lifecycle topic: committed events only, without a class
 * of Signalbox.
 */
public final class Lifecycle {

    private static final Set<String> USER_STEPS = Set.of(
            "ConnectorCreated",
            "ConnectorConfigChanged",
            "ConnectorPaused",
            "ConnectorResumed",
            "ConnectorStopped",
            "RestartRequested",
            "ConnectorDeletionRequested");

    private final String topic;
    private final Map<String, Object> settings;

    public Lifecycle(RealParts parts, String prefix) {
        topic = prefix + ".lifecycle";
        settings = Map.of(
                "bootstrap.servers",
                parts.broker().bootstrapServers(),
                "schema.registry.url",
                parts.registry().url(),
                "isolation.level",
                "read_committed",
                "key.deserializer",
                "org.apache.kafka.common.serialization.StringDeserializer",
                "value.deserializer",
                "io.confluent.kafka.serializers.KafkaAvroDeserializer");
    }

    /**
     * @param type the record's name without its namespace
     * @param dialect by which it was asked for; null for what nobody asked for
     */
    public record Event(
            String type,
            String subject,
            long revision,
            String commandId,
            String actor,
            String dialect,
            Instant at,
            GenericRecord value) {

        /** Whether a user asked for it, and it was not the data plane that reported it. */
        boolean userStep() {
            return USER_STEPS.contains(type);
        }
    }

    /** The events about one subject, in their order, as far as they are committed now. */
    List<Event> of(String subject) {
        return all().stream().filter(event -> event.subject().equals(subject)).toList();
    }

    /** Who asked for what happened to it, without the data plane. */
    List<String> actors(String subject) {
        return steps(subject).stream().map(Event::actor).toList();
    }

    /** By which dialects the user's steps were asked for. */
    List<String> dialects(String subject) {
        return steps(subject).stream().map(Event::dialect).toList();
    }

    /** The user's steps among them. */
    List<Event> steps(String subject) {
        return of(subject).stream().filter(Event::userStep).toList();
    }

    /** All that is committed now; a subject's events are in order. */
    public List<Event> all() {
        List<Event> events = new ArrayList<>();
        try (KafkaConsumer<String, GenericRecord> consumer = new KafkaConsumer<>(new HashMap<>(settings))) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            // With read_committed the end is the last stable offset.
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
                consumer.poll(Duration.ofMillis(100)).forEach(each -> events.add(event(each)));
            }
        }
        return events;
    }

    /** All that there will be: to be asked when nobody writes any more, and only commits are under way. */
    List<Event> settled() {
        var last = new AtomicReference<List<Event>>(List.of());
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> last.getAndSet(all()).size() == last.get().size()
                        && !last.get().isEmpty());
        return last.get();
    }

    private static Event event(ConsumerRecord<String, GenericRecord> found) {
        String type = header(found, "ce_type");
        if (!type.equals(found.value().getSchema().getFullName())) {
            throw new AssertionError("ce_type " + type + " stands beside a "
                    + found.value().getSchema().getFullName());
        }
        if (!found.key().equals(header(found, "ce_subject"))) {
            throw new AssertionError("The key " + found.key() + " is not the subject");
        }
        return new Event(
                type.substring(type.lastIndexOf('.') + 1),
                found.key(),
                Long.parseLong(header(found, "ce_revision")),
                header(found, "ce_commandid"),
                header(found, "ce_actor"),
                found.headers().lastHeader("ce_dialect") == null ? null : header(found, "ce_dialect"),
                Instant.parse(header(found, "ce_time")),
                found.value());
    }

    private static String header(ConsumerRecord<?, ?> record, String name) {
        Header header = record.headers().lastHeader(name);
        if (header == null) {
            throw new AssertionError("No header " + name + " at " + record.topic() + " " + record.offset());
        }
        return new String(header.value(), StandardCharsets.UTF_8);
    }
}
