package io.signalbox.it;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** When records of a topic come to somebody who waits for them, from now on. */
final class Arrivals implements AutoCloseable {

    /**
     * @param type of an event; empty for what is none
     * @param written by the clock of who wrote it, or of the broker, as the topic has it, in milliseconds
     * @param seen by this one's
     */
    record Arrival(String key, String type, String value, long written, long seen) {}

    private final LinkedBlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
    private final KafkaConsumer<String, byte[]> consumer;
    private final Thread thread;

    Arrivals(RealParts parts, String topic, String isolation) {
        consumer = new KafkaConsumer<>(
                new HashMap<>(
                        Map.of("bootstrap.servers", parts.broker().bootstrapServers(), "isolation.level", isolation)),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
        thread = Thread.ofPlatform().name("arrivals-" + topic).start(this::read);
    }

    /**
     * The next one of that key; those before it are left out.
     *
     * @param type null for any
     * @param part of its value; null for any
     */
    Arrival next(String key, String type, String part) throws InterruptedException {
        while (true) {
            Arrival next = arrivals.poll(60, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("No " + type + " " + part + " of " + key + " came");
            }
            if (key.equals(next.key())
                    && (type == null || next.type().endsWith("." + type))
                    && (part == null || next.value().contains(part))) {
                return next;
            }
        }
    }

    private void read() {
        try {
            while (true) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
                    arrivals.add(arrival(record));
                }
            }
        } catch (WakeupException closed) {
            consumer.close();
        }
    }

    private static Arrival arrival(ConsumerRecord<String, byte[]> record) {
        var type = record.headers().lastHeader("ce_type");
        return new Arrival(
                record.key(),
                type == null ? "" : text(type.value()),
                text(record.value()),
                record.timestamp(),
                System.currentTimeMillis());
    }

    private static String text(byte[] bytes) {
        return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        consumer.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
