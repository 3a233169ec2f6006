package io.signalbox.processor.dataplane;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordDeserializationException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A consumer on a thread of its own that outlives whatever happens to the broker, and closes the consumer at its end. */
final class ConsumerLoop<V> {

    private static final Logger LOG = LoggerFactory.getLogger(ConsumerLoop.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final long PAUSE_MS = 1_000;

    /** What is done with the consumer, always on the loop's thread. */
    interface Reader<V> {
        /** Subscribe or assign. */
        void begin();

        /** After every poll, with or without records. */
        void read(ConsumerRecords<String, V> records);
    }

    private final Consumer<String, V> consumer;
    private final Reader<V> reader;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;

    ConsumerLoop(String name, Consumer<String, V> consumer, Reader<V> reader) {
        this.consumer = consumer;
        this.reader = reader;
        thread = Thread.ofPlatform().name(name).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Waits for the thread's end, 10 s at most. */
    void close() {
        closing.countDown();
        consumer.wakeup();
        if (thread.getState() == Thread.State.NEW) {
            consumer.close();
            return;
        }
        try {
            if (!thread.join(Duration.ofSeconds(10))) {
                LOG.warn("watch thread={} state=still-closing", thread.getName());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        boolean begun = false;
        try {
            while (!closed()) {
                begun = turn(begun);
            }
        } finally {
            consumer.close(CloseOptions.timeout(Duration.ofSeconds(5)));
        }
    }

    private boolean turn(boolean begun) {
        boolean ready = begun;
        try {
            if (!ready) {
                reader.begin();
                ready = true;
            }
            reader.read(consumer.poll(POLL));
        } catch (WakeupException | InterruptException e) {
            if (!closed()) {
                LOG.info("watch thread={} state=woken", thread.getName());
            }
        } catch (RecordDeserializationException e) {
            LOG.error(
                    "watch thread={} partition={} offset={} result=skipped reason=undecodable",
                    thread.getName(),
                    e.topicPartition(),
                    e.offset(),
                    e);
            consumer.seek(e.topicPartition(), e.offset() + 1);
        } catch (RuntimeException e) {
            LOG.error("watch thread={} result=failed, going on", thread.getName(), e);
            pause();
        }
        return ready;
    }

    private void pause() {
        try {
            closing.await(PAUSE_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closing.countDown();
        }
    }

    private boolean closed() {
        return closing.getCount() == 0;
    }
}
