package io.signalbox.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.standalone.Replica;
import io.signalbox.standalone.Worker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * A real worker's own topics are followed: what happens on it is seen long before it is polled again.
 * {@code -Dfeed.trials=20} for figures.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FeedIT {

    private static final Duration LONG = Duration.ofSeconds(120);
    private static final int TRIALS = Integer.getInteger("feed.trials", 3);

    /** So seldom that nothing here can be seen by it. */
    private static final int SELDOM_MS = 300_000;

    private static final String CLUSTER = "default/local";

    private final RealParts parts = RealParts.shared();
    private final Path directory = parts.directory("feed");
    private final Replica followed = replica("feed", Worker.STATUS_TOPIC + ":" + Worker.CONFIG_TOPIC);
    private final Replica polled = replica("feed-poll", "feed-no-such-topic");
    private final Api api = new Api(followed.url());
    private final Api polledApi = new Api(polled.url());
    private final Api worker = new Api(parts.worker().url());

    private Replica replica(String prefix, String topics) {
        Map<String, String> settings = new HashMap<>(SharedReplica.SMALL);
        settings.put("feed.topics", CLUSTER + "=" + topics);
        return parts.newReplica(prefix, settings);
    }

    @BeforeAll
    void start() throws Exception {
        followed.start();
        polled.start();
        followed.awaitReady(RealParts.START);
        polled.awaitReady(RealParts.START);
        register(api, SELDOM_MS);
        register(polledApi, 200);
        awaitMetric(api, "1.0");
    }

    @AfterAll
    void stop() throws InterruptedException {
        List.of("feed-fails", "feed-late", "feed-paused").forEach(name -> api.delete("/connectors/" + name));
        polledApi.delete("/connectors/feed-polled");
        Awaitility.await()
                .atMost(LONG)
                .untilAsserted(
                        () -> assertThat(worker.get("/connectors").text()).doesNotContain("\"feed-"));
        followed.stop();
        polled.stop();
    }

    @Test
    void a_task_that_fails_and_runs_again_is_seen_without_a_look() throws Exception {
        Path file = directory.resolve("numbers");
        create(api, "feed-fails", file);
        awaitTask(api, "feed-fails", "RUNNING");
        try (var statuses = new Arrivals(parts, Worker.STATUS_TOPIC, "read_uncommitted");
                var events = new Arrivals(parts, "feed.lifecycle", "read_committed");
                var stream = new SseArrivals(api, "/signalbox/v1/events?type=TaskFailed&connector=feed-fails")) {
            List<Long> committed = new ArrayList<>();
            List<Long> streamed = new ArrayList<>();
            for (int trial = 0; trial < TRIALS; trial++) {
                Files.writeString(file, "nonsense\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                // When the worker itself said so, by the clock of this machine.
                long failed = statuses.next("status-task-feed-fails-0", null, "FAILED")
                        .written();
                committed.add(
                        events.next(CLUSTER + "/feed-fails", "TaskFailed", null).seen() - failed);
                streamed.add(stream.next() - failed);
                awaitTask(api, "feed-fails", "FAILED");
                Files.writeString(file, Files.readString(file).replace("nonsense", "00000000"));
                assertThat(worker.post("/connectors/feed-fails/restart?includeTasks=true&onlyFailed=true")
                                .status())
                        .isEqualTo(202);
                events.next(CLUSTER + "/feed-fails", "TaskStateChanged", null);
                awaitTask(api, "feed-fails", "RUNNING");
            }
            committed.sort(null);
            streamed.sort(null);
            System.out.println(
                    "feed trials=" + TRIALS + " failed_to_event_ms=" + committed + " failed_to_stream_ms=" + streamed);
            assertThat(committed.getLast()).isLessThan(SELDOM_MS / 10);
        }
        assertThat(followed.child().log())
                .content()
                .contains("feed cluster=default/local state=up topic=" + Worker.STATUS_TOPIC + " config_topic="
                        + Worker.CONFIG_TOPIC)
                .doesNotContain("state=doubted");
    }

    @Test
    void who_lets_go_of_a_task_too_late_is_not_heard() throws Exception {
        Path file = directory.resolve("late");
        create(api, "feed-late", file);
        awaitTask(api, "feed-late", "RUNNING");
        produce(
                "status-task-feed-late-0",
                "{\"state\":\"UNASSIGNED\",\"trace\":null,\"worker_id\":\"127.0.0.1:1\",\"generation\":0,\"version\":null}");
        Files.writeString(file, "nonsense\n");
        awaitTask(api, "feed-late", "FAILED");
        assertThat(new Lifecycle(parts, "feed")
                        .of(CLUSTER + "/feed-late").stream()
                                .filter(event -> event.type().startsWith("Task"))
                                .map(event -> event.value().toString()))
                .isNotEmpty()
                .noneMatch(event -> event.contains("127.0.0.1:1\""));
    }

    @Test
    void what_somebody_writes_on_the_worker_is_put_back_without_a_look() {
        Path file = directory.resolve("paused");
        create(api, "feed-paused", file);
        awaitTask(api, "feed-paused", "RUNNING");
        assertThat(worker.put("/connectors/feed-paused/pause").status()).isEqualTo(202);
        Awaitility.await()
                .atMost(LONG)
                .untilAsserted(() -> assertThat(new Lifecycle(parts, "feed")
                                .of(CLUSTER + "/feed-paused").stream().map(Lifecycle.Event::type))
                        .contains("DriftDetected", "DriftHealed"));
    }

    @Test
    void a_topic_that_cannot_be_read_is_told_and_polls_go_on() throws Exception {
        awaitMetric(polledApi, "0.0");
        Path file = directory.resolve("polled");
        create(polledApi, "feed-polled", file);
        awaitTask(polledApi, "feed-polled", "RUNNING");
        Files.writeString(file, "nonsense\n");
        awaitTask(polledApi, "feed-polled", "FAILED");
        assertThat(polled.child().log())
                .content()
                .containsOnlyOnce("feed cluster=default/local state=down topic=feed-no-such-topic"
                        + " reason=\"topic feed-no-such-topic is not there, or must not be read\"");
    }

    private void register(Api at, int pollMs) {
        var policies = Map.<String, Object>of("poll_interval_ms", pollMs, "unmanaged", "report");
        var answer = at.register("local", parts.worker().url(), policies);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        Awaitility.await()
                .atMost(LONG)
                .untilAsserted(() -> assertThat(at.get("/connectors").status()).isEqualTo(200));
    }

    private static void awaitMetric(Api at, String value) {
        Awaitility.await()
                .atMost(LONG)
                .untilAsserted(() -> assertThat(at.get("/metrics").text())
                        .contains("signalbox_feed_up{cluster=\"local\",environment=\"default\"} " + value));
    }

    /** It fails at a line that is no number, and runs again when the line is one. */
    private static void create(Api at, String name, Path file) {
        Map<String, String> config = FileConnectors.source(file, "feed-numbers");
        config = FileConnectors.with(config, "transforms", "number");
        config =
                FileConnectors.with(config, "transforms.number.type", "org.apache.kafka.connect.transforms.Cast$Value");
        config = FileConnectors.with(config, "transforms.number.spec", "int64");
        var answer = at.put("/connectors/" + name + "/config", config);
        assertThat(answer.status()).as(answer.toString()).isIn(200, 201);
    }

    private static void awaitTask(Api at, String connector, String state) {
        Awaitility.await()
                .atMost(LONG)
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(() -> assertThat(at.get("/connectors/" + connector + "/status")
                                .body()
                                .path("tasks")
                                .path(0)
                                .path("state")
                                .asText())
                        .isEqualTo(state));
    }

    private void produce(String key, String value) throws Exception {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", parts.broker().bootstrapServers()),
                new StringSerializer(),
                new StringSerializer())) {
            producer.send(new ProducerRecord<>(Worker.STATUS_TOPIC, key, value)).get();
        }
    }

    /** When events come over HTTP. */
    private static final class SseArrivals implements AutoCloseable {
        private final SseClient client;

        SseArrivals(Api api, String path) throws IOException {
            client = new SseClient(api, path);
        }

        long next() {
            JsonNode event = client.next().data();
            assertThat(event.path("type").asText()).endsWith("TaskFailed");
            return System.currentTimeMillis();
        }

        @Override
        public void close() throws IOException {
            client.close();
        }
    }
}
