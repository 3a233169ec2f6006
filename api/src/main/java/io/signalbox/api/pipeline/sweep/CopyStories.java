package io.signalbox.api.pipeline.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.signalbox.api.http.Json;
import io.signalbox.api.pipeline.TopicExtent;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What sources told of their copies, topic by topic, from the first notification on. Of a topic that has grown, only what is new is
 * read. Safe for use by many threads, a story by one at a time.
 */
final class CopyStories implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CopyStories.class);
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final long REMEMBERED = 1_000;

    /** Where they stand in a topic, which has another id when it was made again. */
    private record Read(Uuid id, Map<TopicPartition, Long> next, CopyStory story) {}

    private record Told(JsonNode notification, ConsumerRecord<byte[], byte[]> record) {}

    /** Across partitions only the clocks of the sources tell. */
    private static final Comparator<Told> BY_CLOCK = Comparator.comparingLong((Told told) ->
                    told.notification().path("timestamp").asLong(told.record().timestamp()))
            .thenComparing(told -> told.record().partition())
            .thenComparing(told -> told.record().offset());

    private final Cache<String, Read> stories =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();
    private final ReentrantLock lock = new ReentrantLock();
    private final Consumer<byte[], byte[]> consumer;
    private final LongSupplier nanos;

    /** @param consumer without a group; for this alone, which closes it */
    CopyStories(Consumer<byte[], byte[]> consumer, LongSupplier nanos) {
        this.consumer = consumer;
        this.nanos = nanos;
    }

    /**
     * @param extent null for a topic that is not there
     * @throws KafkaException when it cannot be read in bounded time; another try goes on where this one ended
     */
    CopyStory of(String topic, TopicExtent extent) {
        if (extent == null) {
            return new CopyStory();
        }
        lock.lock();
        try {
            Read before = stories.getIfPresent(topic);
            if (before == null || !follows(before, extent)) {
                before = new Read(extent.id(), new HashMap<>(extent.begins()), new CopyStory());
                stories.put(topic, before);
            }
            return read(before, extent);
        } finally {
            lock.unlock();
        }
    }

    /** Whether nothing was taken away that was not read. */
    private static boolean follows(Read before, TopicExtent extent) {
        return before.id().equals(extent.id())
                && before.next().keySet().equals(extent.begins().keySet());
    }

    private CopyStory read(Read read, TopicExtent extent) {
        Map<TopicPartition, Long> ends = new HashMap<>(extent.ends());
        ends.entrySet().removeIf(end -> end.getValue() <= read.next().get(end.getKey()));
        if (!ends.isEmpty()) {
            Map<TopicPartition, Long> begins = new HashMap<>(read.next());
            begins.keySet().retainAll(ends.keySet());
            List<Told> told = new ArrayList<>();
            try {
                new Patient(consumer, deadline(), PATIENCE, nanos).read(begins, ends, record -> {
                    told.addAll(told(record));
                    read.next().put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
                });
                read.next().putAll(ends);
            } finally {
                consumer.unsubscribe();
                if (read.next().size() > 1) {
                    told.sort(BY_CLOCK);
                }
                told.forEach(each -> read.story().add(each.notification()));
            }
        }
        return read.story();
    }

    private Runnable deadline() {
        long began = nanos.getAsLong();
        return () -> {
            if (nanos.getAsLong() - began > PATIENCE.toNanos()) {
                throw new KafkaException("What a source told could not be read in " + PATIENCE.toSeconds() + " s");
            }
        };
    }

    private static List<Told> told(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            return List.of();
        }
        try {
            JsonNode value = Json.MAPPER.readTree(record.value());
            JsonNode payload = value.path("payload");
            return List.of(new Told(payload.isObject() ? payload : value, record));
        } catch (IOException e) {
            LOG.warn("topic={} offset={} result=skipped reason=json", record.topic(), record.offset());
            return List.of();
        }
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
}
