package io.signalbox.api.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.signalbox.api.http.Json;
import io.signalbox.processor.dataplane.pipeline.Copies;
import io.signalbox.processor.dataplane.pipeline.Phases;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Debezium tells of its initial snapshots and of those of single tables ({@code InitialSnapshotNotificationService},
 * {@code IncrementalSnapshotNotificationService}) in JSON, with or without schemas: the last word counts. The end of the topic is read when it has grown: there are some records for each table, and none but while it copies.
 * Safe for use by many threads.
 */
public final class NotifiedPhases implements Phases, Copies, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(NotifiedPhases.class);
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final int POLLS = 15;
    private static final long LAST = 50;
    private static final long REMEMBERED = 1_000;

    /** @param copies by what they are called */
    private record Seen(TopicExtent extent, Phase phase, Map<String, Told> copies) {
        static final Seen NOTHING = new Seen(null, Phase.UNTOLD, Map.of());
    }

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
        return seen(topic).phase();
    }

    @Override
    public Optional<Told> of(String topic, String copy) {
        return Optional.ofNullable(seen(topic).copies().get(copy));
    }

    private Seen seen(String topic) {
        TopicExtent extent = TopicExtent.of(admin, topic, PATIENCE);
        if (extent == null) {
            return Seen.NOTHING;
        }
        Seen before = seen.getIfPresent(topic);
        if (before != null && before.extent().equals(extent)) {
            return before;
        }
        Seen now = read(extent);
        seen.put(topic, now);
        return now;
    }

    private Seen read(TopicExtent extent) {
        var ends = extent.ends();
        lock.lock();
        try {
            consumer.assign(ends.keySet());
            ends.forEach((partition, end) ->
                    consumer.seek(partition, Math.max(extent.begins().get(partition), end - LAST)));
            Word last = Word.NONE;
            Map<String, Told> copies = new HashMap<>();
            for (int poll = 0; poll < POLLS && behind(ends); poll++) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    Word word = Word.of(record);
                    last = last.or(word);
                    if (word.copy() != null) {
                        copies.merge(word.copy(), word.told(), NotifiedPhases::later);
                    }
                }
            }
            if (behind(ends)) {
                throw new KafkaException("What a source tells could not be read in " + PATIENCE.toSeconds() + " s");
            }
            return new Seen(extent, last.phase(), Map.copyOf(copies));
        } finally {
            consumer.unsubscribe();
            lock.unlock();
        }
    }

    /** An end is followed by a word that everything has ended, which says nothing of the table. */
    private static Told later(Told one, Told other) {
        return new Told(Math.max(one.at(), other.at()), other.end() == null ? one.end() : other.end());
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

    /**
     * @param at in milliseconds, by the clock of the connector
     * @param copy of a single table that it is about; null for none
     * @param end how that copy ended; null when it did not
     */
    private record Word(long at, Phase phase, String copy, String end) {

        private static final Word NONE = new Word(Long.MIN_VALUE, Phase.UNTOLD, null, null);
        private static final String SNAPSHOT = "Initial Snapshot";
        private static final String COPY = "Incremental Snapshot";

        static Word of(ConsumerRecord<byte[], byte[]> record) {
            if (record.value() == null) {
                return NONE;
            }
            try {
                JsonNode value = Json.MAPPER.readTree(record.value());
                JsonNode told = value.path("payload").isObject() ? value.path("payload") : value;
                long at = told.path("timestamp").asLong(record.timestamp());
                String type = told.path("type").asText();
                return switch (told.path("aggregate_type").asText()) {
                    case SNAPSHOT -> new Word(at, phase(type), null, null);
                    // While changes are followed.
                    case COPY -> new Word(at, Phase.COPIED, told.path("id").asText(), end(type, told));
                    default -> NONE;
                };
            } catch (IOException e) {
                LOG.warn("topic={} offset={} result=skipped reason=json", record.topic(), record.offset());
                return NONE;
            }
        }

        private static Phase phase(String type) {
            return switch (type) {
                case "COMPLETED", "SKIPPED" -> Phase.COPIED;
                default -> Phase.COPIES;
            };
        }

        private static String end(String type, JsonNode told) {
            return switch (type) {
                case "TABLE_SCAN_COMPLETED" ->
                    told.path("additional_data").path("status").asText("UNKNOWN");
                case "ABORTED" -> type;
                default -> null;
            };
        }

        Told told() {
            return new Told(at, end);
        }

        Word or(Word later) {
            return later.at >= at ? later : this;
        }
    }
}
