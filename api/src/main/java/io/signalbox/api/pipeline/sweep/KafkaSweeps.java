package io.signalbox.api.pipeline.sweep;

import io.signalbox.api.http.Json;
import io.signalbox.api.pipeline.TopicExtent;
import io.signalbox.processor.dataplane.pipeline.Sweeps;
import io.signalbox.processor.domain.Config;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sweeps of the topics of pipelines, one at a time. That one was done is told where the source tells of its copies, so that it goes with
 * them. Safe for use by many threads, but of one pipeline by one at a time.
 */
public final class KafkaSweeps implements Sweeps, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaSweeps.class);
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Duration TURN = Duration.ofSeconds(1);
    private static final Duration SENT = Duration.ofSeconds(30);

    /** A topic that is compacted takes no record without one. */
    private static final byte[] KEY = "signalbox-sweep".getBytes(StandardCharsets.UTF_8);

    private final Admin admin;
    private final CopyStories stories;
    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final Supplier<Producer<byte[], byte[]>> producers;
    private final InstantSource clock;
    private final LongSupplier nanos;
    private final Semaphore turn = new Semaphore(1, true);

    /**
     * @param admin stays the caller's
     * @param notifications without a group; for this alone, which closes it
     * @param consumers without a group, which make no topics
     * @param producers that lose nothing, and keep the order
     * @param nanos a clock for durations
     */
    public KafkaSweeps(
            Admin admin,
            Consumer<byte[], byte[]> notifications,
            Supplier<Consumer<byte[], byte[]>> consumers,
            Supplier<Producer<byte[], byte[]>> producers,
            InstantSource clock,
            LongSupplier nanos) {
        this.admin = admin;
        this.consumers = consumers;
        this.producers = producers;
        this.clock = clock;
        this.nanos = nanos;
        stories = new CopyStories(notifications, nanos);
    }

    @Override
    public Story told(Config source) {
        CopyStory story = story(notifications(source));
        return new Story(story.due(), story.forgotten());
    }

    private CopyStory story(String topic) {
        return stories.of(topic, TopicExtent.of(admin, topic, PATIENCE));
    }

    private static String notifications(Config source) {
        return source.get("notification.sink.topic.name");
    }

    @Override
    public void sweep(Config source, Runnable goesOn) {
        awaitTurn(goesOn);
        try (var consumer = consumers.get();
                var producer = producers.get()) {
            CopyStory story = story(notifications(source));
            if (!story.due()) {
                return;
            }
            var envelope = new Envelope(source);
            boolean tombstones = !"false".equals(source.get("tombstones.on.delete"));
            new RowTopics(source).of(story.tables()).forEach((topic, tables) -> {
                if (TopicExtent.of(admin, topic, PATIENCE) == null) {
                    return;
                }
                var records = new KafkaTopicRecords(topic, consumer, producer, goesOn, nanos);
                var sweep = new TopicSweep(records, envelope, story, tables, tombstones, TopicSweep.KEYS, clock);
                sweep.run();
                LOG.info("topic={} action=sweep deleted={} left_out={}", topic, sweep.written(), sweep.leftOut());
            });
            goesOn.run();
            mark(producer, notifications(source), Math.max(clock.millis(), story.latest() + 1));
        } finally {
            turn.release();
        }
    }

    private void awaitTurn(Runnable goesOn) {
        try {
            while (!turn.tryAcquire(TURN.toMillis(), TimeUnit.MILLISECONDS)) {
                goesOn.run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted", e);
        }
    }

    private static void mark(Producer<byte[], byte[]> producer, String topic, long at) {
        try {
            byte[] told = Json.MAPPER.writeValueAsBytes(
                    Map.of("aggregate_type", CopyStory.SWEEP, "type", "COMPLETED", "timestamp", at));
            producer.send(new ProducerRecord<>(topic, KEY, told)).get(SENT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new KafkaException("That it was swept could not be told: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted", e);
        }
    }

    @Override
    public void close() {
        stories.close();
    }
}
