package io.signalbox.standalone.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.LongDeserializer;
import org.apache.kafka.common.serialization.LongSerializer;

/**
 * The limit of a change: a record to one partition with {@code acks=all}, and back by a consumer that waits for it. A change
 * needs at least that, with a topology and HTTP around it.
 */
final class Echo implements AutoCloseable {

    private static final String TOPIC = "bench-echo";
    private static final int BYTES = 400;
    private static final long PATIENCE_SECONDS = 30;
    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaProducer<Long, byte[]> producer;
    private final KafkaConsumer<Long, byte[]> consumer;
    private final Map<Long, CompletableFuture<Void>> waiting = new ConcurrentHashMap<>();
    private final AtomicLong ids = new AtomicLong();
    private final AtomicBoolean closing = new AtomicBoolean();
    private final Thread listener;

    Echo(String bootstrapServers) {
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "acks", "all", "linger.ms", 0),
                new LongSerializer(),
                new ByteArraySerializer());
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "auto.offset.reset", "earliest"),
                new LongDeserializer(),
                new ByteArrayDeserializer());
        // Makes the topic, too.
        producer.partitionsFor(TOPIC);
        consumer.assign(List.of(new TopicPartition(TOPIC, 0)));
        listener = Thread.ofPlatform().name("bench-echo").start(this::listen);
    }

    /** By so many callers, each with one record on its way. */
    Sample run(int callers, double seconds) throws IOException, InterruptedException {
        var all = new Histogram(3);
        long begin = System.nanoTime();
        long end = begin + (long) (seconds * 1e9);
        try (var threads = Executors.newFixedThreadPool(callers)) {
            List<Future<Histogram>> running = new ArrayList<>();
            for (int i = 0; i < callers; i++) {
                running.add(threads.submit(() -> echo(end)));
            }
            for (Future<Histogram> one : running) {
                all.add(one.get());
            }
        } catch (ExecutionException e) {
            throw new IOException("No echo", e.getCause());
        }
        return Sample.of(all, all.getTotalCount() * 1e9 / (System.nanoTime() - begin));
    }

    /** By one caller, as {@link Load#paced}. */
    Sample paced(double perSecond, double seconds) throws IOException, InterruptedException {
        long[] due = Load.arrivals(perSecond, seconds);
        var histogram = new Histogram(3);
        long begin = System.nanoTime();
        try {
            for (long after : due) {
                Load.awaitDue(begin + after);
                send();
                histogram.recordValue((System.nanoTime() - begin - after) / 1_000);
            }
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("No echo", e);
        }
        return Sample.of(histogram, due.length * 1e9 / (System.nanoTime() - begin));
    }

    private Histogram echo(long end) throws InterruptedException, ExecutionException, TimeoutException {
        var histogram = new Histogram(3);
        for (long sent = System.nanoTime(); sent < end; sent = System.nanoTime()) {
            send();
            histogram.recordValue((System.nanoTime() - sent) / 1_000);
        }
        return histogram;
    }

    /** Returns when it is back. */
    private void send() throws InterruptedException, ExecutionException, TimeoutException {
        long id = ids.getAndIncrement();
        var back = new CompletableFuture<Void>();
        waiting.put(id, back);
        producer.send(new ProducerRecord<>(TOPIC, id, new byte[BYTES]), (metadata, failure) -> {
            if (failure != null) {
                back.completeExceptionally(failure);
            }
        });
        back.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private void listen() {
        try (consumer) {
            while (!closing.get()) {
                consumer.poll(POLL)
                        .forEach(echoed -> waiting.remove(echoed.key()).complete(null));
            }
        }
    }

    @Override
    public void close() {
        closing.set(true);
        producer.close();
        try {
            listener.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
