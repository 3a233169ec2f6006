package io.signalbox.fault;

import io.signalbox.it.RealParts;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;

/** The lifecycle topic as a consumer of committed events reads it, with Confluent's deserializer alone. */
final class LifecycleLog {

    /** An open transaction of a dead owner holds the end back until it times out, after 10 s. */
    private static final Duration SETTLED = Duration.ofSeconds(60);

    private final String topic;
    private final Map<String, Object> settings;

    LifecycleLog(RealParts parts, String prefix) {
        topic = prefix + ".lifecycle";
        settings = Map.of(
                "bootstrap.servers",
                parts.broker().bootstrapServers(),
                "schema.registry.url",
                parts.registry().url(),
                "key.deserializer",
                "org.apache.kafka.common.serialization.StringDeserializer",
                "isolation.level",
                "read_committed",
                "value.deserializer",
                "io.confluent.kafka.serializers.KafkaAvroDeserializer");
    }

    /**
     * All events about these connectors, up to the last of some.
     *
     * @param last commands with an event each, one in each partition: what was appended before has its events before
     */
    List<LogEvent> of(Set<String> keys, Set<String> last) {
        Set<String> open = new HashSet<>(last);
        List<LogEvent> events = new ArrayList<>();
        try (KafkaConsumer<String, GenericRecord> consumer = new KafkaConsumer<>(settings)) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Awaitility.await().pollInSameThread().atMost(SETTLED).until(() -> {
                consumer.poll(Duration.ofMillis(100)).forEach(each -> {
                    if (keys.contains(each.key())) {
                        LogEvent event = event(each);
                        events.add(event);
                        open.remove(event.commandId());
                    }
                });
                return open.isEmpty();
            });
        }
        return events;
    }

    private static LogEvent event(ConsumerRecord<String, GenericRecord> found) {
        GenericRecord value = found.value();
        return new LogEvent(
                value.getSchema().getName(),
                found.key(),
                Long.parseLong(header(found, "ce_revision")),
                header(found, "ce_commandid"),
                value.hasField("targetState")
                        ? TargetState.valueOf(value.get("targetState").toString())
                        : null,
                value.hasField("config") ? mark((Map<?, ?>) value.get("config")) : null);
    }

    /** Avro's own strings are not equal to Java's. */
    private static String mark(Map<?, ?> config) {
        return config.entrySet().stream()
                .filter(entry -> entry.getKey().toString().equals(Wire.MARK))
                .map(entry -> entry.getValue().toString())
                .findFirst()
                .orElse(null);
    }

    private static String header(ConsumerRecord<?, ?> event, String name) {
        return new String(event.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
