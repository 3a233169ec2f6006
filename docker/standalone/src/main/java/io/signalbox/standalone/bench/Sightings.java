package io.signalbox.standalone.bench;

import io.signalbox.standalone.BenchSystem;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Who sees when that a task failed: by all ways at the same time, on one clock. */
final class Sightings implements AutoCloseable {

    /** How somebody hears of it. */
    enum Way {
        WORKER("failure-worker", "the worker's own status"),
        STATUS("failure-status", "our status"),
        EVENT("failure-event", "the lifecycle topic"),
        STREAM("failure-stream", "the stream of events (SSE)");

        private final String id;
        private final String words;

        Way(String id, String words) {
            this.id = id;
            this.words = words;
        }

        String id() {
            return id;
        }

        String words() {
            return words;
        }
    }

    private static final String LIFECYCLE = "signalbox.lifecycle";
    private static final Duration POLL = Duration.ofMillis(100);
    private static final long PATIENCE_SECONDS = 60;
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final BenchSystem system;
    private final AtomicBoolean closing = new AtomicBoolean();

    /** When the worker wrote it, by connector; milliseconds since the epoch. */
    private final Map<String, Long> failed = new ConcurrentHashMap<>();

    private final Map<Way, Map<String, Long>> seen = new EnumMap<>(Way.class);
    private final HttpClient http = HttpClient.newHttpClient();
    private final InputStream stream;
    private final List<Thread> threads;

    Sightings(BenchSystem system) throws IOException, InterruptedException {
        this.system = system;
        for (Way way : Way.values()) {
            seen.put(way, new ConcurrentHashMap<>());
        }
        KafkaConsumer<String, byte[]> statuses = atEnd(BenchSystem.STATUS_TOPIC);
        KafkaConsumer<String, byte[]> lifecycle = atEnd(LIFECYCLE);
        stream = http.send(
                        HttpRequest.newBuilder(URI.create(system.signalbox() + "/signalbox/v1/events?type=TaskFailed"))
                                .build(),
                        BodyHandlers.ofInputStream())
                .body();
        var lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
        // The first line is there when the stream has begun.
        lines.readLine();
        threads = List.of(
                Thread.ofPlatform().name("bench-statuses").start(() -> follow(statuses, this::status)),
                Thread.ofPlatform().name("bench-lifecycle").start(() -> follow(lifecycle, this::event)),
                Thread.ofPlatform().name("bench-stream").start(() -> listen(lines)));
    }

    /**
     * @param fail makes the connector's task fail
     * @return milliseconds by each way
     */
    Map<Way, Long> of(String connector, Runnable fail) throws IOException {
        try (var worker = new Connection(system.worker());
                var ours = new Connection(system.signalbox())) {
            String path = "/connectors/" + connector + "/status";
            fail.run();
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            while (!all(connector)) {
                look(worker, path, connector, Way.WORKER);
                look(ours, path, connector, Way.STATUS);
                if (System.nanoTime() > deadline) {
                    throw new IOException("Not everybody saw that " + connector + " failed: " + seen);
                }
                LockSupport.parkNanos(LOOK_NANOS);
            }
        }
        var delays = new EnumMap<Way, Long>(Way.class);
        // The worker's status can be known to it before the record has its time.
        seen.forEach((way, at) -> delays.put(way, Math.max(0, at.get(connector) - failed.get(connector))));
        return delays;
    }

    private boolean all(String connector) {
        return failed.containsKey(connector)
                && seen.values().stream().allMatch(connectors -> connectors.containsKey(connector));
    }

    private void look(Connection connection, String path, String connector, Way way) throws IOException {
        if (!seen.get(way).containsKey(connector)
                && new String(connection.get(path), StandardCharsets.UTF_8).contains("\"FAILED\"")) {
            saw(way, connector);
        }
    }

    private void saw(Way way, String connector) {
        seen.get(way).putIfAbsent(connector, System.currentTimeMillis());
    }

    private void status(ConsumerRecord<String, byte[]> status) {
        String prefix = "status-task-";
        if (status.value() != null
                && status.key().startsWith(prefix)
                && new String(status.value(), StandardCharsets.UTF_8).contains("\"FAILED\"")) {
            String task = status.key().substring(prefix.length());
            failed.putIfAbsent(task.substring(0, task.lastIndexOf('-')), status.timestamp());
        }
    }

    private void event(ConsumerRecord<String, byte[]> event) {
        String type = new String(event.headers().lastHeader("ce_type").value(), StandardCharsets.UTF_8);
        if (type.endsWith(".TaskFailed")) {
            saw(Way.EVENT, event.key().substring(event.key().lastIndexOf('/') + 1));
        }
    }

    private void listen(BufferedReader lines) {
        String before = "\"connector\":\"";
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                int at = line.indexOf(before);
                if (line.startsWith("data: ") && at > 0) {
                    int begin = at + before.length();
                    saw(Way.STREAM, line.substring(begin, line.indexOf('"', begin)));
                }
            }
        } catch (IOException e) {
            if (!closing.get()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private KafkaConsumer<String, byte[]> atEnd(String topic) {
        KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", system.bootstrapServers(), "isolation.level", "read_committed"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> all = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        consumer.assign(all);
        consumer.seekToEnd(all);
        // Not before it is known where the end is.
        all.forEach(consumer::position);
        return consumer;
    }

    private void follow(
            KafkaConsumer<String, byte[]> consumer, java.util.function.Consumer<ConsumerRecord<String, byte[]>> each) {
        try (consumer) {
            while (!closing.get()) {
                consumer.poll(POLL).forEach(each);
            }
        }
    }

    @Override
    public void close() throws IOException {
        closing.set(true);
        // Not the reader of its lines: who waits for one holds its lock.
        stream.close();
        http.shutdownNow();
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
