package io.signalbox.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.it.Lifecycle.Event;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;

/** Offsets on a real worker: read, altered, reset, and set at creation; what they are shows in what is read again. */
class OffsetsIT {

    /** ASCII, so that bytes are characters for Kafka's file source; 7 of them a line. */
    private static final List<String> LINES =
            IntStream.range(0, 10).mapToObj(i -> "line-" + i).toList();

    private static final int LINE = 7;
    private static final String ALTERED = "The offsets for this connector have been altered successfully";
    private static final String RESET = "The offsets for this connector have been reset successfully";

    private final RealParts parts = RealParts.shared();
    private final Api api = SharedReplica.busy();
    private final Api worker = new Api(parts.worker().url());

    @Test
    void a_source_reads_again_from_where_it_is_put() throws Exception {
        Path file = file("offsets-source");
        create("offsets-source", FileConnectors.source(file, topic("offsets-source")), null, "RUNNING");
        awaitRecords("offsets-source", LINES);
        await().untilAsserted(() -> assertThat(
                        api.get("/connectors/offsets-source/offsets").body())
                .isEqualTo(Api.tree(Map.of("offsets", List.of(position(file, 10))))));

        Api.Answer running = alter("offsets-source", position(file, 5));
        assertThat(running.status()).isEqualTo(400);
        assertThat(running.message()).contains("Connectors must be in the STOPPED state");

        // At once: the worker has tasks to stop and a rebalance to come, and that is not the caller's business.
        assertThat(api.put("/connectors/offsets-source/stop").status()).isEqualTo(204);
        Api.Answer altered = alter("offsets-source", position(file, 5));
        assertThat(altered.status()).as(altered.toString()).isEqualTo(200);
        assertThat(altered.body()).isEqualTo(Api.tree(Map.of("message", ALTERED)));
        assertThat(worker.get("/connectors/offsets-source/offsets").body())
                .isEqualTo(Api.tree(Map.of("offsets", List.of(position(file, 5)))));

        assertThat(api.put("/connectors/offsets-source/resume").status()).isEqualTo(202);
        awaitRecords("offsets-source", plus(LINES, LINES.subList(5, 10)));

        api.put("/connectors/offsets-source/stop");
        for (int i = 0; i < 2; i++) {
            Api.Answer reset = api.delete("/connectors/offsets-source/offsets");
            assertThat(reset.status()).as(reset.toString()).isEqualTo(200);
            assertThat(reset.message()).isEqualTo(RESET);
        }
        assertThat(worker.get("/connectors/offsets-source/offsets").text()).isEqualTo("{\"offsets\":[]}");
        api.put("/connectors/offsets-source/resume");
        awaitRecords("offsets-source", plus(plus(LINES, LINES.subList(5, 10)), LINES));
        assertThatTheEventsHoldWhatWasThereBefore("offsets-source", file);
        delete("offsets-source");
    }

    @Test
    void a_sink_writes_again_from_where_it_is_put() throws Exception {
        Path out = parts.directory("offsets").resolve("offsets-sink.out");
        String topic = topic("offsets-sink");
        create("offsets-feed", FileConnectors.source(file("offsets-feed"), topic), null, "RUNNING");
        create("offsets-sink", FileConnectors.sink(out, topic), null, "RUNNING");
        await().untilAsserted(() -> assertThat(out).content().isEqualTo(text(LINES)));

        api.put("/connectors/offsets-sink/stop");
        Api.Answer altered = alter("offsets-sink", kafkaOffset(topic, "0", 7));
        assertThat(altered.status()).as(altered.toString()).isEqualTo(200);
        assertThat(altered.body()).isEqualTo(Api.tree(Map.of("message", ALTERED)));
        assertThat(worker.get("/connectors/offsets-sink/offsets").body())
                .isEqualTo(Api.tree(Map.of("offsets", List.of(kafkaOffset(topic, 0, 7)))));
        assertThat(api.get("/connectors/offsets-sink/offsets").body())
                .isEqualTo(worker.get("/connectors/offsets-sink/offsets").body());

        api.put("/connectors/offsets-sink/resume");
        await().untilAsserted(() -> assertThat(out).content().isEqualTo(text(plus(LINES, LINES.subList(7, 10)))));
        delete("offsets-sink");
        delete("offsets-feed");
    }

    @Test
    void what_the_worker_refuses_is_answered_in_its_words_and_under_its_status() throws Exception {
        Path file = file("offsets-refused");
        create("offsets-refused", FileConnectors.source(file, topic("offsets-refused")), null, "STOPPED");
        await().untilAsserted(() -> assertThat(worker.state("offsets-refused")).isEqualTo("STOPPED"));
        for (Object bad : List.of(
                Map.of("partition", Map.of("filename", file.toString()), "offset", Map.of("position", -1)),
                Map.of("partition", Map.of("file", "x"), "offset", Map.of("position", 1)))) {
            Api.Answer ours = alter("offsets-refused", bad);
            Api.Answer theirs = worker.patch("/connectors/offsets-refused/offsets", Map.of("offsets", List.of(bad)));
            assertThat(theirs.status()).as(theirs.toString()).isEqualTo(500);
            assertThat(ours.status()).as(ours.toString()).isEqualTo(theirs.status());
            assertThat(ours.body()).isEqualTo(theirs.body());
        }
        delete("offsets-refused");
    }

    @Test
    void a_connector_created_with_offsets_begins_at_them() throws Exception {
        Path file = file("offsets-created");
        var config = FileConnectors.source(file, topic("offsets-created"));
        create("offsets-created", config, List.of(position(file, 8)), "RUNNING");
        awaitRecords("offsets-created", LINES.subList(8, 10));
        await().untilAsserted(() -> assertThat(api.state("offsets-created")).isEqualTo("RUNNING"));
        delete("offsets-created");
    }

    @Test
    void a_connector_whose_offsets_cannot_be_set_stays_stopped_and_says_why() throws Exception {
        Path file = file("offsets-failed");
        var config = FileConnectors.source(file, topic("offsets-failed"));
        create("offsets-failed", config, List.of(position(file, -1)), "RUNNING");
        await().untilAsserted(() -> {
            var connector = api.get("/connectors/offsets-failed/status").body().path("connector");
            assertThat(connector.path("state").asText()).isEqualTo("STOPPED");
            assertThat(connector.path("trace").asText()).contains("stays stopped", "non-negative");
        });
        assertThat(worker.state("offsets-failed")).isEqualTo("STOPPED");
        assertThat(api.put("/connectors/offsets-failed/resume").status()).isEqualTo(202);
        awaitRecords("offsets-failed", LINES);
        delete("offsets-failed");
    }

    private void assertThatTheEventsHoldWhatWasThereBefore(String connector, Path file) {
        JsonNode tenLines = Api.tree(List.of(position(file, 10)));
        await().untilAsserted(() -> {
            List<Event> changes = new Lifecycle(parts, SharedReplica.BUSY)
                    .of("default/local/" + connector).stream()
                            .filter(event -> event.type().equals("OffsetsAltered")
                                    || event.type().equals("OffsetsReset"))
                            .toList();
            assertThat(changes)
                    .extracting(Event::type)
                    .containsExactly("OffsetsAltered", "OffsetsReset", "OffsetsReset");
            assertThat(changes)
                    .extracting(event -> Api.parsed(event.value().get("before").toString()))
                    .containsExactly(tenLines, tenLines, Api.tree(List.of()));
        });
    }

    private void create(String name, Map<String, String> config, Object offsets, String initialState) {
        Map<String, Object> body = new HashMap<>(Map.of("name", name, "config", config, "initial_state", initialState));
        if (offsets != null) {
            body.put("offsets", offsets);
        }
        Api.Answer answer = api.post("/connectors", body);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
    }

    private Api.Answer alter(String connector, Object offset) {
        return api.patch("/connectors/" + connector + "/offsets", Map.of("offsets", List.of(offset)));
    }

    private void delete(String connector) {
        assertThat(api.delete("/connectors/" + connector).status()).isEqualTo(204);
        await().untilAsserted(
                        () -> assertThat(worker.get("/connectors").text()).doesNotContain("\"" + connector + "\""));
    }

    private Path file(String name) throws IOException {
        return Files.writeString(parts.directory("offsets").resolve(name), text(LINES));
    }

    private static JsonNode position(Path file, int lines) {
        return Api.tree(
                Map.of("partition", Map.of("filename", file.toString()), "offset", Map.of("position", lines * LINE)));
    }

    private static JsonNode kafkaOffset(String topic, Object partition, int offset) {
        return Api.tree(Map.of(
                "partition",
                Map.of("kafka_topic", topic, "kafka_partition", partition),
                "offset",
                Map.of("kafka_offset", offset)));
    }

    private static List<String> plus(List<String> some, List<String> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    private static String text(List<String> lines) {
        return String.join("\n", lines) + "\n";
    }

    private String topic(String name) throws Exception {
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", parts.broker().bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(name, Optional.of(1), Optional.empty())))
                    .all()
                    .get();
        }
        return name;
    }

    private void awaitRecords(String topic, List<String> expected) {
        await().untilAsserted(() -> assertThat(new Topics(parts)
                        .all(topic).stream().map(each -> new String(each.value(), StandardCharsets.UTF_8)))
                .containsExactlyElementsOf(expected));
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(200));
    }
}
