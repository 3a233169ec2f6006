package io.signalbox.api.command;

import io.signalbox.processor.codec.Codecs;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the outcome topic from its end, and wakes who waits here for what another replica decided. Outcomes come before the
 * owner's transaction commits; the log has already fixed them.
 */
public final class OutcomeListener implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OutcomeListener.class);
    private static final Duration POLL = Duration.ofSeconds(1);

    private final Consumer<byte[], byte[]> consumer;
    private final Codecs codecs;
    private final OutcomeWaiters waiters;
    private final Thread thread;
    private volatile boolean ready;
    private volatile boolean closed;

    /** @param consumer reading uncommitted; owned from now on */
    OutcomeListener(Consumer<byte[], byte[]> consumer, Codecs codecs, OutcomeWaiters waiters) {
        this.consumer = consumer;
        this.codecs = codecs;
        this.waiters = waiters;
        this.thread = Thread.ofPlatform().name("outcome-listener").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Whether every outcome from now on will be seen. */
    public boolean ready() {
        return ready;
    }

    private void run() {
        try (consumer) {
            while (!closed) {
                try {
                    if (!ready) {
                        position();
                    }
                    consumer.poll(POLL).forEach(this::dispatch);
                } catch (WakeupException | InterruptException e) {
                    LOG.debug("outcome listener woken, closed={}", closed);
                } catch (KafkaException e) {
                    LOG.warn("listener=outcomes action=retry reason=\"{}\"", e.getMessage());
                }
            }
        }
    }

    private void position() {
        var topic = codecs.topics().outcomes();
        var partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        // seekToEnd is lazy; asking for the position makes it happen before the first command is sent.
        partitions.forEach(consumer::position);
        ready = true;
    }

    private void dispatch(ConsumerRecord<byte[], byte[]> record) {
        if (record.key() == null || !waiters.anyoneWaitsFor(new String(record.key(), StandardCharsets.UTF_8))) {
            return;
        }
        try {
            waiters.complete(codecs.outcomes().deserializer().deserialize(record.topic(), record.value()));
        } catch (RuntimeException e) {
            LOG.warn(
                    "listener=outcomes partition={} offset={} action=skip reason=\"{}\"",
                    record.partition(),
                    record.offset(),
                    e.getMessage());
        }
    }

    @Override
    public void close() {
        closed = true;
        consumer.wakeup();
        if (thread.getState() == Thread.State.NEW) {
            consumer.close();
            return;
        }
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
