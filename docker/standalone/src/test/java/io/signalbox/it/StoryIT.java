package io.signalbox.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.it.Lifecycle.Event;
import io.signalbox.standalone.Part;
import io.signalbox.standalone.Replica;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** A connector's life, end to end, on real parts: three chapters, each going on where the one before ended. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StoryIT {

    private static final String TOPIC = "story-lines";
    private static final String SUBJECT = "default/local/story-source";

    private final RealParts parts = RealParts.shared();
    private final Path input = parts.directory("story").resolve("in.txt");
    private final Path output = parts.directory("story").resolve("out.txt");
    private final Replica replica = parts.newReplica("story", SharedReplica.SMALL);
    private final Api api = new Api(replica.url());
    private final Api worker = new Api(parts.worker().url());
    private final Lifecycle lifecycle = new Lifecycle(parts, "story");
    private final Map<String, String> source = FileConnectors.source(input, TOPIC);
    private final Map<String, String> batched = FileConnectors.with(source, "batch.size", "100");
    private final Map<String, String> sink = FileConnectors.sink(output, TOPIC);
    private final List<String> asked = new ArrayList<>();
    private List<Event> history = List.of();
    private int written;

    @BeforeAll
    void begin() throws Exception {
        replica.startAndAwait();
        // A consumer that subscribes before the topic is there hears of it minutes later.
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", parts.broker().bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, Optional.of(1), Optional.empty())))
                    .all()
                    .get();
        }
        Files.createFile(input);
        assertThat(api.register("local", parts.worker().url()).status()).isEqualTo(201);
    }

    @Test
    @Order(1)
    void a_thousand_lines_arrive_byte_for_byte_while_the_source_is_paused_resumed_reconfigured_and_restarted()
            throws Exception {
        step(201, api.create("story-source", source, ""));
        assertThat(api.create("story-sink", sink, "").status()).isEqualTo(201);
        write(250);
        awaitOutput();

        step(202, api.put("/connectors/story-source/pause"));
        awaitState("story-source", "PAUSED");
        byte[] before = Files.readAllBytes(output);
        write(250);
        assertThat(output).hasBinaryContent(before);
        step(202, api.put("/connectors/story-source/resume"));
        awaitOutput();

        write(100);
        step(200, api.put("/connectors/story-source/config", batched));
        write(150);
        awaitOutput();

        awaitState("story-source", "RUNNING");
        write(100);
        step(202, api.post("/connectors/story-source/restart?includeTasks=true"));
        write(150);
        awaitOutput();
        assertThat(written).isEqualTo(1_000);

        step(204, api.put("/connectors/story-source/stop"));
        awaitState("story-source", "STOPPED");
        assertThat(steps())
                .containsExactly(
                        "ConnectorCreated",
                        "ConnectorPaused",
                        "ConnectorResumed",
                        "ConnectorConfigChanged",
                        "RestartRequested",
                        "ConnectorStopped");
        assertHistory();
    }

    @Test
    @Order(2)
    void after_all_parts_were_stopped_everything_is_still_there_and_a_further_line_arrives() throws Exception {
        for (Part part : List.of(replica, parts.worker(), parts.registry(), parts.broker())) {
            part.stop();
        }
        parts.registry().start();
        parts.broker().startAndAwait();
        parts.registry().awaitReady(RealParts.START);
        parts.worker().start();
        replica.startAndAwait();
        parts.worker().awaitReady(RealParts.START);

        assertThat(config("story-source")).isEqualTo(Api.tree(FileConnectors.with(batched, "name", "story-source")));
        assertThat(config("story-sink")).isEqualTo(Api.tree(FileConnectors.with(sink, "name", "story-sink")));
        assertThat(lifecycle.of(SUBJECT)).startsWith(history.toArray(Event[]::new));
        awaitState("story-source", "STOPPED");
        awaitState("story-sink", "RUNNING");

        write(1);
        step(202, api.put("/connectors/story-source/resume"));
        awaitOutput();
    }

    @Test
    @Order(3)
    void a_deleted_connector_is_gone_from_the_worker_and_from_us_and_its_history_stays() {
        step(204, api.delete("/connectors/story-source"));
        assertThat(api.delete("/connectors/story-sink").status()).isEqualTo(204);

        assertThat(api.get("/connectors/story-source").status()).isEqualTo(404);
        await().untilAsserted(() -> {
            assertThat(worker.get("/connectors").text()).doesNotContain("story-");
            assertThat(lifecycle.of(SUBJECT).getLast().type()).isEqualTo("ConnectorDeleted");
        });
        assertThat(steps()).endsWith("ConnectorStopped", "ConnectorResumed", "ConnectorDeletionRequested");
        assertHistory();
    }

    private void step(int status, Api.Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        asked.add(answer.commandId());
    }

    private List<String> steps() {
        await().untilAsserted(() -> assertThat(lifecycle.steps(SUBJECT)).hasSizeGreaterThanOrEqualTo(asked.size()));
        return lifecycle.steps(SUBJECT).stream().map(Event::type).toList();
    }

    /** Each step once and in order, under the id that its answer told; the revision rises by one from one. */
    private void assertHistory() {
        history = lifecycle.of(SUBJECT);
        assertThat(history)
                .filteredOn(Event::userStep)
                .extracting(Event::commandId)
                .containsExactlyElementsOf(asked);
        assertThat(history)
                .extracting(Event::revision)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, history.size())
                        .mapToObj(Long::valueOf)
                        .toList());
    }

    /** ASCII only: Kafka's file source counts characters and goes on after as many bytes when it is started again. */
    private void write(int count) throws IOException {
        List<String> lines = IntStream.range(written, written + count)
                .mapToObj("line %d: \ttabs, \"quotes\" and  spaces "::formatted)
                .toList();
        Files.write(input, lines, StandardOpenOption.APPEND);
        written += count;
    }

    private void awaitOutput() {
        await().untilAsserted(() -> assertThat(output).hasSameBinaryContentAs(input));
    }

    /** On the worker first, so that it is no memory of ours. */
    private void awaitState(String connector, String state) {
        await().untilAsserted(() -> {
            assertThat(worker.state(connector)).isEqualTo(state);
            assertThat(api.state(connector)).isEqualTo(state);
        });
    }

    private JsonNode config(String connector) {
        return api.get("/connectors/" + connector + "/config").body();
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(200));
    }
}
