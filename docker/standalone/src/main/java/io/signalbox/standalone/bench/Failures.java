package io.signalbox.standalone.bench;

import io.signalbox.standalone.BenchSystem;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Tasks that meet a record which they cannot read, and how long others take to know: from the time at which the worker wrote
 * into its own status topic that the task failed.
 */
final class Failures implements Section {

    private static final String PREFIX = "failing-";
    private static final int TIMES = 20;
    private static final int CLIENTS = 4;
    private static final long SEED = 9;
    private static final int LONGEST_PAUSE_MS = 700;
    private static final long EVERY_MS = 100;

    private final BenchSystem system;

    Failures(BenchSystem system) {
        this.system = system;
    }

    @Override
    public String name() {
        return "failures";
    }

    @Override
    public void run(Results results, Scale scale) throws IOException, InterruptedException {
        int times = scale.count(TIMES);
        var settings = Map.<String, Object>of("bootstrap.servers", system.bootstrapServers());
        try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
                var states = new WorkerStates(system.worker());
                var sightings = new Sightings(system)) {
            for (int i = 0; i < times; i++) {
                // A good one, so that the topic is there before its reader.
                send(producer, i, "{}");
            }
            new Load(system.signalbox(), CLIENTS).count(times, i -> new Request("POST", "/connectors", sink(i), 201));
            states.awaitSettled(PREFIX, times, "RUNNING", EVERY_MS);
            Map<Sightings.Way, Histogram> delays = new LinkedHashMap<>();
            var random = new Random(SEED);
            for (int i = 0; i < times; i++) {
                // Whoever polls is met at any time between two polls.
                TimeUnit.MILLISECONDS.sleep(random.nextInt(LONGEST_PAUSE_MS));
                int number = i;
                sightings
                        .of(PREFIX + i, () -> send(producer, number, "not JSON"))
                        .forEach((way, ms) -> delays.computeIfAbsent(way, any -> new Histogram(3))
                                .recordValue(ms * 1_000));
            }
            new Load(system.signalbox(), CLIENTS).count(times, i -> Connectors.delete(PREFIX + i));
            states.awaitSettled(PREFIX, 0, "FAILED", EVERY_MS);
            rows(results, delays);
        }
    }

    private void rows(Results results, Map<Sightings.Way, Histogram> delays) {
        Sample worker = Sample.of(delays.get(Sightings.Way.WORKER), 0);
        results.curve("failures", "the worker's own status", worker);
        for (Sightings.Way way :
                new Sightings.Way[] {Sightings.Way.STATUS, Sightings.Way.EVENT, Sightings.Way.STREAM}) {
            Sample ours = Sample.of(delays.get(way), 0);
            results.curve("failures", way.words(), ours);
            results.add(new Row(
                    name(),
                    way.id(),
                    "a task failed on the worker, until it is in " + way.words(),
                    Metric.P50,
                    Figures.times(worker),
                    Figures.times(ours),
                    Figures.NONE));
        }
    }

    private static void send(KafkaProducer<byte[], byte[]> producer, int number, String value) {
        producer.send(new ProducerRecord<>(PREFIX + number, value.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        producer.flush();
    }

    private String sink(int number) {
        return """
                {"name":"%s%d","config":{"connector.class":"FileStreamSink","tasks.max":"1","topics":"%s%d","file":"%s",\
                "key.converter":"org.apache.kafka.connect.storage.StringConverter",\
                "value.converter":"org.apache.kafka.connect.json.JsonConverter","value.converter.schemas.enable":"false"}}""".formatted(PREFIX, number, PREFIX, number, system.scratch().resolve(PREFIX + number + ".txt"));
    }
}
