package io.signalbox.standalone.bench;

import io.signalbox.standalone.BenchSystem;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * One client that creates one connector after another, and a consumer that reads committed lifecycle events only. From the
 * request on, so that it is more than the time from the commit on, which nobody outside the broker sees.
 */
final class EventDelays {

    private static final String TOPIC = "signalbox.lifecycle";
    private static final String KEY = "default/away/";
    private static final Duration POLL = Duration.ofMillis(200);
    private static final long LIMIT_SECONDS = 60;

    private EventDelays() {}

    /** @param prefix of the connectors' names, which nobody else uses */
    static Sample run(BenchSystem system, String prefix, int count) throws IOException, InterruptedException {
        Map<String, Object> settings = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                system.bootstrapServers(),
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed");
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
                var thread = Executors.newSingleThreadExecutor()) {
            List<TopicPartition> all = consumer.partitionsFor(TOPIC).stream()
                    .map(partition -> new TopicPartition(TOPIC, partition.partition()))
                    .toList();
            consumer.assign(all);
            consumer.seekToEnd(all);
            // Not before it is known where the end is.
            all.forEach(consumer::position);
            Map<String, Long> asked = new ConcurrentHashMap<>();
            Future<Histogram> delays = thread.submit(() -> listen(consumer, asked, count));
            long begin = System.nanoTime();
            ask(system.signalbox(), prefix, count, asked);
            double perSecond = count * 1e9 / (System.nanoTime() - begin);
            return Sample.of(delays.get(), perSecond);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        }
    }

    private static void ask(URI base, String prefix, int count, Map<String, Long> asked) throws IOException {
        try (var connection = new Connection(base)) {
            for (int i = 0; i < count; i++) {
                String name = prefix + i;
                asked.put(KEY + name, System.nanoTime());
                int status = connection.request(
                        "POST",
                        BenchSystem.AWAY + "/connectors?validate=deferred",
                        "{\"name\":\"" + name + "\",\"config\":{\"connector.class\":\"FileStreamSource\"}}");
                if (status != 201) {
                    throw new IOException("POST answered " + status);
                }
            }
        }
    }

    /** @return microseconds */
    private static Histogram listen(KafkaConsumer<String, byte[]> consumer, Map<String, Long> asked, int count)
            throws IOException {
        var histogram = new Histogram(3);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (histogram.getTotalCount() < count) {
            if (System.nanoTime() > deadline) {
                throw new IOException(
                        "Only " + histogram.getTotalCount() + " of " + count + " events after " + LIMIT_SECONDS + " s");
            }
            for (ConsumerRecord<String, byte[]> event : consumer.poll(POLL)) {
                // The first event about a connector is that it was created.
                Long at = asked.remove(event.key());
                if (at != null) {
                    histogram.recordValue((System.nanoTime() - at) / 1_000);
                }
            }
        }
        return histogram;
    }
}
