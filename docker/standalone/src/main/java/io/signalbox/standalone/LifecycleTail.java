package io.signalbox.standalone;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Follows the lifecycle topic from now on. The CloudEvents headers say what happened, so no value is decoded. */
final class LifecycleTail {

    private static final String TOPIC = "signalbox.lifecycle";

    private final KafkaConsumer<String, byte[]> consumer;
    private final Thread reader;

    /** One event: when, as the log says; which type; about which connector. */
    record Event(String time, String type, String subject) {}

    LifecycleTail(String bootstrapServers, Consumer<Event> sink) {
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(TOPIC).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        // Seeking is lazy: only this fixes "now".
        partitions.forEach(consumer::position);
        reader = Thread.ofPlatform().daemon().name("lifecycle-tail").start(() -> follow(sink));
    }

    void stop() throws InterruptedException {
        consumer.wakeup();
        reader.join();
    }

    private void follow(Consumer<Event> sink) {
        try (consumer) {
            while (true) {
                consumer.poll(Duration.ofSeconds(1)).forEach(each -> sink.accept(event(each)));
            }
        } catch (WakeupException closing) {
            // stop() asked for it.
        }
    }

    private static Event event(ConsumerRecord<String, byte[]> each) {
        return new Event(header(each, "ce_time"), header(each, "ce_type"), header(each, "ce_subject"));
    }

    private static String header(ConsumerRecord<?, ?> each, String name) {
        Header header = each.headers().lastHeader(name);
        return header == null ? "?" : new String(header.value(), StandardCharsets.UTF_8);
    }
}
