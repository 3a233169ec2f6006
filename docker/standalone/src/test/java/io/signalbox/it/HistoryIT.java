package io.signalbox.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.it.Replay.Known;
import io.signalbox.standalone.Replica;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** The past of connectors, answered and gone back to, on real parts. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HistoryIT {

    private static final int CHANGES = 20_000;
    private static final int QUESTIONS = 1_000;
    private static final long SEED = Long.getLong("history.seed", 20261121);

    /** Partitions go to who has nothing of them yet at once, and not when it has caught up. */
    private static final Map<String, String> SETTINGS =
            Map.of("topic.partitions", "3", "streams.acceptable.recovery.lag", "10000000");

    /** Not from a copy that is still behind. */
    private static final String[] STRONG = {"Signalbox-Consistency", "strong"};

    private static final String OWN = "/signalbox/v1/environments/default/clusters/";
    private static final String NAME = "history-source";
    private static final String SOURCE = OWN + "real/connectors/" + NAME;
    private static final int LINE = 8;

    private final RealParts parts = RealParts.shared();
    private final Replica first = parts.newReplica("history", SETTINGS);
    private final Replica second = parts.newReplica("history", SETTINGS);
    private final Api api = new Api(first.url());
    private final Api other = new Api(second.url());
    private final Api real = api.below("/environments/default/clusters/real");
    private final Api worker = new Api(parts.worker().url());
    private final Path file = parts.directory("history").resolve("in.txt");
    private Replay replay;

    @BeforeAll
    void start() throws Exception {
        first.startAndAwait();
        assertThat(api.register("local", SharedReplica.NO_WORKER).status()).isEqualTo(201);
        assertThat(api.register("real", parts.worker().url()).status()).isEqualTo(201);
    }

    @Test
    @Order(1)
    void as_of_answers_equal_an_independent_replay() throws Exception {
        new Changes(parts, "history", SEED).write(CHANGES);
        await(180)
                .untilAsserted(() ->
                        assertThat(api.get("/connectors", STRONG).status()).isEqualTo(200));
        await(30).untilAsserted(() -> {
            replay = Replay.of(new Lifecycle(parts, "history").all(), "default/local/");
            assertThat(replay.size()).isGreaterThanOrEqualTo(CHANGES);
        });
        var random = new Random(SEED);
        for (int i = 0; i < 200; i++) {
            assertThatItIsAsOf(api, random);
        }
        List<Duration> took = new ArrayList<>();
        for (int i = 0; i < QUESTIONS; i++) {
            took.add(assertThatItIsAsOf(api, random));
        }
        took.sort(null);
        System.out.printf(
                "as-of: %d questions about %d events, p50 %.1f ms, p99 %.1f ms%n",
                QUESTIONS, replay.size(), millis(took.get(QUESTIONS / 2)), millis(took.get(QUESTIONS * 99 / 100)));
        Promised.atMost(Duration.ofMillis(50), took.get(QUESTIONS * 99 / 100), "p99 of the answers");
    }

    @Test
    @Order(2)
    void history_outlives_the_command_topic_and_either_replica_answers() throws Exception {
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", parts.broker().bootstrapServers()))) {
            var all = new Topics(parts)
                    .ends("history.commands").entrySet().stream()
                            .collect(Collectors.toMap(
                                    Map.Entry::getKey, end -> RecordsToDelete.beforeOffset(end.getValue())));
            admin.deleteRecords(all).all().get();
        }
        assertThat(new Topics(parts).all("history.commands")).isEmpty();
        second.startAndAwait();
        await(60)
                .untilAsserted(() -> assertThat(other.get("/connectors", STRONG).header("Signalbox-Served-By"))
                        .contains(first.url().substring(7), second.url().substring(7)));
        var random = new Random(SEED + 1);
        for (int i = 0; i < 100; i++) {
            assertThatItIsAsOf(api, random, STRONG);
            assertThatItIsAsOf(other, random, STRONG);
        }
        // From now on everything is what the second one restored.
        first.stop();
        await(60)
                .untilAsserted(() ->
                        assertThat(other.get("/connectors", STRONG).status()).isEqualTo(200));
        for (int i = 0; i < 200; i++) {
            assertThatItIsAsOf(other, random, STRONG);
        }
        String busiest = replay.busiest();
        assertThat(walk(other, OWN + "local/connectors/" + name(busiest)))
                .containsExactlyElementsOf(replay.of(busiest).reversed().stream()
                        .map(Known::toString)
                        .toList());
        first.startAndAwait();
        second.stop();
        await(60)
                .untilAsserted(() ->
                        assertThat(api.get("/connectors", STRONG).status()).isEqualTo(200));
    }

    @Test
    @Order(3)
    void a_rollback_reaches_the_worker_and_says_who_and_why() throws Exception {
        topic(NAME);
        write(0, 10);
        var config = FileConnectors.source(file, NAME);
        assertThat(real.create(NAME, config, "").status()).isEqualTo(201);
        awaitRecords(lines(0, 10));
        assertThat(real.put("/connectors/" + NAME + "/config", FileConnectors.with(config, "batch.size", "7"))
                        .status())
                .isEqualTo(200);
        await(30).untilAsserted(() -> assertThat(onWorker("batch.size")).isEqualTo("7"));
        long created = oldest().path("revision").asLong();
        long changed = newest().path("revision").asLong();
        JsonNode diff =
                api.get(SOURCE + "/diff?from=" + created + "&to=" + changed).body();
        assertThat(diff.path("changed")).isEqualTo(Api.parsed("[{\"key\":\"batch.size\",\"from\":null,\"to\":\"7\"}]"));

        Api.Answer back = api.post(
                SOURCE + "/rollback",
                Map.of("revision", created),
                "Signalbox-Reason",
                "7 was too few",
                "From",
                "ann@x.org");
        assertThat(back.status()).as(back.toString()).isEqualTo(200);
        assertThat(back.header("Signalbox-Validation"))
                .as("checked by the worker")
                .isNull();
        assertThat(back.body().path("desired").path("config").has("batch.size")).isFalse();
        await(30).untilAsserted(() -> assertThat(onWorker("batch.size")).isEmpty());
        assertThat(newest().path("reason").asText()).isEqualTo("7 was too few");
        assertThat(newest().path("from").asText()).isEqualTo("ann@x.org");
        assertThat(newest().path("summary").asText()).isEqualTo("rolled back to revision " + created);
        assertThat(newest().path("revision").asLong()).isGreaterThan(changed);
    }

    @Test
    @Order(4)
    void an_undeleted_connector_reads_on_from_the_offset_that_it_had_although_the_worker_lost_it() throws Exception {
        await(30).untilAsserted(() -> assertThat(positionOnWorker()).isEqualTo(10 * LINE));
        assertThat(real.delete("/connectors/" + NAME).status()).isEqualTo(204);
        await(60)
                .untilAsserted(() -> assertThat(newest().path("event").asText()).isEqualTo("ConnectorDeleted"));
        assertThat(api.get(SOURCE).status()).isEqualTo(404);
        loseOffsets();
        write(10, 15);

        Api.Answer again = api.post(SOURCE + "/undelete");
        assertThat(again.status()).as(again.toString()).isEqualTo(201);
        awaitRecords(lines(0, 15));
        await(30).untilAsserted(() -> assertThat(real.state(NAME)).isEqualTo("RUNNING"));
        assertThat(new Topics(parts).all(NAME)).as("nothing was read twice").hasSize(15);
        assertThat(api.post(SOURCE + "/undelete").status()).isEqualTo(409);
    }

    @Test
    @Order(5)
    void an_undone_change_of_offsets_lets_it_read_on_where_it_was() throws Exception {
        await(30).untilAsserted(() -> assertThat(positionOnWorker()).isEqualTo(15 * LINE));
        assertThat(api.post(SOURCE + "/offsets/undo").status()).as("it runs").isEqualTo(409);
        assertThat(real.put("/connectors/" + NAME + "/stop").status()).isEqualTo(204);
        Api.Answer altered = real.patch(
                "/connectors/" + NAME + "/offsets",
                Map.of("offsets", List.of(offset(file.toString(), 3 * LINE), offset("another", 1))));
        assertThat(altered.status()).as(altered.toString()).isEqualTo(200);
        assertThat(positionOnWorker()).isEqualTo(3 * LINE);

        Api.Answer undone = api.post(SOURCE + "/offsets/undo", Map.of(), "Idempotency-Key", "undo-once");
        assertThat(undone.status()).as(undone.toString()).isEqualTo(200);
        assertThat(worker.get("/connectors/" + NAME + "/offsets").body())
                .as("what the change brought is gone, too")
                .isEqualTo(Api.tree(Map.of("offsets", List.of(offset(file.toString(), 15 * LINE)))));
        assertThat(api.post(SOURCE + "/offsets/undo", Map.of(), "Idempotency-Key", "undo-once")
                        .status())
                .as("asked for again, done once")
                .isEqualTo(200);
        assertThat(positionOnWorker()).isEqualTo(15 * LINE);

        write(15, 18);
        assertThat(real.put("/connectors/" + NAME + "/resume").status()).isEqualTo(202);
        awaitRecords(lines(0, 18));
        assertThat(real.delete("/connectors/" + NAME).status()).isEqualTo(204);
        await(60)
                .untilAsserted(() -> assertThat(newest().path("event").asText()).isEqualTo("ConnectorDeleted"));
    }

    /** Asks for some connector at some time. @return how long the answer took */
    private Duration assertThatItIsAsOf(Api whom, Random random, String... headers) {
        String subject = replay.any(random);
        Instant time = replay.time(random);
        long began = System.nanoTime();
        Api.Answer answer = whom.get(OWN + "local/connectors/" + name(subject) + "?asOf=" + time, headers);
        var took = Duration.ofNanos(System.nanoTime() - began);
        Optional<Known> then = replay.at(subject, time);
        if (then.isEmpty()) {
            assertThat(answer.status()).as(answer.toString()).isEqualTo(404);
            return took;
        }
        assertThat(answer.status()).as(answer + " but " + then).isEqualTo(200);
        var desired = answer.body().path("desired");
        assertThat(answer.body().path("revision").asLong())
                .as(answer + " but " + then)
                .isEqualTo(then.get().revision());
        assertThat(answer.body().path("phase").asText()).isEqualTo(then.get().phase());
        assertThat(desired.path("target_state").asText()).isEqualTo(then.get().target());
        assertThat(desired.path("config")).isEqualTo(Api.tree(then.get().config()));
        return took;
    }

    /** @return all of its history, page by page */
    private static List<String> walk(Api whom, String connector) {
        List<String> walked = new ArrayList<>();
        String token = "";
        do {
            JsonNode page = whom.get(connector + "/history?observed=true&page_size=50&page_token=" + token)
                    .body();
            page.path("entries")
                    .forEach(entry -> walked.add(entry.path("revision").asLong() + " "
                            + entry.path("event").asText()));
            token = page.path("next_page_token").asText("");
        } while (!token.isEmpty() && !token.equals("null"));
        return walked;
    }

    private JsonNode newest() {
        return api.get(SOURCE + "/history").body().path("entries").path(0);
    }

    private JsonNode oldest() {
        var entries = api.get(SOURCE + "/history").body().path("entries");
        return entries.path(entries.size() - 1);
    }

    private String onWorker(String key) {
        return worker.get("/connectors/" + NAME + "/config").body().path(key).asText();
    }

    private int positionOnWorker() {
        return worker.get("/connectors/" + NAME + "/offsets")
                .body()
                .path("offsets")
                .valueStream()
                .filter(each -> each.path("partition").path("filename").asText().equals(file.toString()))
                .mapToInt(each -> each.path("offset").path("position").asInt())
                .findFirst()
                .orElse(0);
    }

    /** As if the worker's topic had forgotten them: what it kept of a deleted connector is gone. */
    private void loseOffsets() throws Exception {
        var kept = new Topics(parts)
                .all("connect-local-offset").stream()
                        .filter(record -> new String(record.key(), StandardCharsets.UTF_8).contains('"' + NAME + '"'))
                        .toList();
        assertThat(kept).isNotEmpty();
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", parts.broker().bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            var last = kept.getLast();
            producer.send(new ProducerRecord<>(last.topic(), last.partition(), last.key(), null))
                    .get();
        }
    }

    private static Map<String, Object> offset(String filename, int position) {
        return Map.of("partition", Map.of("filename", filename), "offset", Map.of("position", position));
    }

    private void write(int from, int to) throws Exception {
        Files.writeString(
                file, String.join("\n", lines(from, to)) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** ASCII, so that bytes are characters for Kafka's file source. */
    private static List<String> lines(int from, int to) {
        return IntStream.range(from, to).mapToObj("line-%02d"::formatted).toList();
    }

    private void topic(String name) throws Exception {
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", parts.broker().bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(name, Optional.of(1), Optional.empty())))
                    .all()
                    .get();
        }
    }

    private void awaitRecords(List<String> expected) {
        await(60)
                .untilAsserted(() -> assertThat(new Topics(parts)
                                .all(NAME).stream().map(each -> new String(each.value(), StandardCharsets.UTF_8)))
                        .containsExactlyElementsOf(expected));
    }

    private static String name(String subject) {
        return subject.substring(subject.lastIndexOf('/') + 1);
    }

    private static double millis(Duration time) {
        return time.toNanos() / 1e6;
    }

    private static ConditionFactory await(int seconds) {
        return Awaitility.await().atMost(Duration.ofSeconds(seconds)).pollInterval(Duration.ofMillis(200));
    }
}
