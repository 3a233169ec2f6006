package io.signalbox.api.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.signalbox.api.http.Json;
import io.signalbox.processor.dataplane.pipeline.Phases;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Debezium tells of its initial snapshots ({@code InitialSnapshotNotificationService}) in JSON, with or without schemas: the last
 * word counts. The end of the topic is read when it has grown: there are some records for each table, and none but while it copies.
 * Safe for use by many threads.
 */
public final class NotifiedPhases implements Phases, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(NotifiedPhases.class);
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final int POLLS = 15;
    private static final long LAST = 50;
    private static final long REMEMBERED = 1_000;

    private record Seen(TopicExtent extent, Phase phase) {}

    private final Cache<String, Seen> seen =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();
    private final ReentrantLock lock = new ReentrantLock();
    private final Admin admin;
    private final Consumer<byte[], byte[]> consumer;

    /**
     * @param admin stays the caller's
     * @param consumer without a group, which makes no topics; for this alone, which closes it
     */
    public NotifiedPhases(Admin admin, Consumer<byte[], byte[]> consumer) {
        this.admin = admin;
        this.consumer = consumer;
    }

    @Override
    public Phase of(String topic) {
        TopicExtent extent = TopicExtent.of(admin, topic, PATIENCE);
        if (extent == null) {
            return Phase.UNTOLD;
        }
        Seen before = seen.getIfPresent(topic);
        if (before != null && before.extent().equals(extent)) {
            return before.phase();
        }
        Phase phase = read(extent);
        seen.put(topic, new Seen(extent, phase));
        return phase;
    }

    private Phase read(TopicExtent extent) {
        var ends = extent.ends();
        lock.lock();
        try {
            consumer.assign(ends.keySet());
            ends.forEach((partition, end) ->
                    consumer.seek(partition, Math.max(extent.begins().get(partition), end - LAST)));
            Word last = Word.NONE;
            for (int poll = 0; poll < POLLS && behind(ends); poll++) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    last = last.or(Word.of(record));
                }
            }
            if (behind(ends)) {
                throw new KafkaException("What a source tells could not be read in " + PATIENCE.toSeconds() + " s");
            }
            return last.phase();
        } finally {
            consumer.unsubscribe();
            lock.unlock();
        }
    }

    private boolean behind(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey(), PATIENCE) < end.getValue());
    }

    @Override
    public void close() {
        lock.lock();
        try {
            consumer.close();
        } finally {
            lock.unlock();
        }
    }

    /** @param at in milliseconds, by the clock of the connector */
    private record Word(long at, Phase phase) {

        private static final Word NONE = new Word(Long.MIN_VALUE, Phase.UNTOLD);
        private static final String SNAPSHOT = "Initial Snapshot";

        static Word of(ConsumerRecord<byte[], byte[]> record) {
            if (record.value() == null) {
                return NONE;
            }
            try {
                JsonNode value = Json.MAPPER.readTree(record.value());
                JsonNode told = value.path("payload").isObject() ? value.path("payload") : value;
                if (!SNAPSHOT.equals(told.path("aggregate_type").asText())) {
                    return NONE;
                }
                return new Word(
                        told.path("timestamp").asLong(record.timestamp()),
                        switch (told.path("type").asText()) {
                            case "COMPLETED", "SKIPPED" -> Phase.COPIED;
                            default -> Phase.COPIES;
                        });
            } catch (IOException e) {
                LOG.warn("topic={} offset={} result=skipped reason=json", record.topic(), record.offset());
                return NONE;
            }
        }

        Word or(Word later) {
            return later.at >= at ? later : this;
        }
    }
}
