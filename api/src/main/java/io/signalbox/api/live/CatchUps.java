package io.signalbox.api.live;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Readers of what is no longer kept in memory, a few at a time, each with a consumer of its own. Consumers work on threads of
 * this class: readers are virtual threads, and one that waits in a consumer would hold a processor.
 */
final class CatchUps implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CatchUps.class);
    private static final int MOST_POLLS = 20;
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration CLOSE = Duration.ofSeconds(1);

    private final Supplier<Consumer<String, byte[]>> consumers;
    private final String topic;
    private final Semaphore places;
    private final ExecutorService threads;

    /** @param consumers each made for one catch-up: read-committed, without a group */
    CatchUps(Supplier<Consumer<String, byte[]>> consumers, String topic, int most) {
        this.consumers = consumers;
        this.topic = topic;
        places = new Semaphore(most, true);
        threads = Executors.newFixedThreadPool(
                most, Thread.ofPlatform().daemon().name("live-catch-up-", 0).factory());
    }

    /** @return empty when there was no place in that time */
    Optional<Reader> begin(StreamPosition position, Duration patience) throws InterruptedException {
        if (!places.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Reader(on(() -> open(position)), position));
        } catch (RuntimeException | InterruptedException e) {
            places.release();
            throw e;
        }
    }

    /**
     * The last records of one partition, for a short look.
     *
     * @return in their order; none when all places are taken, or it takes longer
     */
    List<ConsumerRecord<String, byte[]>> tail(StreamPosition end, int partition, int most, Duration patience) {
        if (!places.tryAcquire()) {
            return List.of();
        }
        try {
            return threads.submit(() -> readTail(end.next(partition), partition, most))
                    .get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("look back partition={} result=nothing", partition, e);
            return List.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        } finally {
            places.release();
        }
    }

    private List<ConsumerRecord<String, byte[]>> readTail(long end, int partition, int most) {
        List<ConsumerRecord<String, byte[]>> found = new ArrayList<>();
        var place = new TopicPartition(topic, partition);
        try (var consumer = consumers.get()) {
            consumer.assign(List.of(place));
            consumer.seek(place, Math.max(0, end - most));
            for (int polls = 0; polls < MOST_POLLS && consumer.position(place) < end; polls++) {
                consumer.poll(POLL).forEach(found::add);
            }
        }
        return found;
    }

    private Consumer<String, byte[]> open(StreamPosition position) {
        var consumer = consumers.get();
        try {
            consumer.assign(partitions(position));
            for (TopicPartition partition : partitions(position)) {
                consumer.seek(partition, position.next(partition.partition()));
            }
            return consumer;
        } catch (RuntimeException e) {
            consumer.close();
            throw e;
        }
    }

    private List<TopicPartition> partitions(StreamPosition position) {
        return IntStream.range(0, position.partitions())
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .toList();
    }

    private <T> T on(Callable<T> work) throws InterruptedException {
        try {
            return threads.submit(work).get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        }
    }

    @Override
    public void close() {
        threads.shutdown();
    }

    /**
     * What one poll gave.
     *
     * @param end where the reader is after it, where behind the last record there were only markers
     */
    record Read(ConsumerRecords<String, byte[]> records, StreamPosition end) {}

    /** One reader's; to be closed, which makes place for the next. */
    final class Reader implements AutoCloseable {

        private final Consumer<String, byte[]> consumer;
        private StreamPosition position;

        private Reader(Consumer<String, byte[]> consumer, StreamPosition position) {
            this.consumer = consumer;
            this.position = position;
        }

        Read read() throws InterruptedException {
            return on(this::poll);
        }

        /** Never beside {@link #end}: a reader that was interrupted leaves while a poll is under way. */
        private synchronized Read poll() {
            var records = consumer.poll(POLL);
            for (TopicPartition partition : consumer.assignment()) {
                position = position.at(partition.partition(), consumer.position(partition));
            }
            return new Read(records, position);
        }

        private synchronized void end() {
            consumer.close(CloseOptions.timeout(CLOSE));
        }

        @Override
        public void close() {
            try {
                threads.execute(this::end);
            } catch (RejectedExecutionException stopping) {
                end();
            } finally {
                places.release();
            }
        }
    }
}
