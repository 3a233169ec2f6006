package io.signalbox.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.standalone.Replica;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Explanations of what is really so on a worker. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExplainIT {

    private static final Duration LONG = Duration.ofSeconds(60);

    private final RealParts parts = RealParts.shared();
    private final Path directory = parts.directory("explain");
    private final Replica replica = parts.newReplica("explain", SharedReplica.SMALL);
    private final Api api = new Api(replica.url());
    private final Api worker = new Api(parts.worker().url());

    @BeforeAll
    void start() throws Exception {
        replica.startAndAwait();
        var policies = Map.<String, Object>of("poll_interval_ms", 200, "unmanaged", "report", "drift", "report");
        assertThat(api.register("local", parts.worker().url(), policies).status())
                .isEqualTo(201);
        assertThat(api.register("gone", SharedReplica.NO_WORKER).status()).isEqualTo(201);
        Awaitility.await()
                .atMost(LONG)
                .untilAsserted(() -> assertThat(api.get("/connectors").status()).isEqualTo(200));
    }

    @AfterAll
    void stop() {
        for (String name : List.of("ex-runs", "ex-task", "ex-drift", "ex-deleted", "ex-class")) {
            api.delete("/connectors/" + name);
        }
        Awaitility.await()
                .atMost(LONG)
                .untilAsserted(
                        () -> assertThat(worker.get("/connectors").text()).doesNotContain("\"ex-"));
        parts.dismiss(replica);
    }

    @Test
    void one_that_runs() {
        create("ex-runs", source());
        explained("ex-runs", "RUNNING");
        // The state is ahead of what is committed for a moment.
        Awaitility.await().atMost(LONG).untilAsserted(() -> {
            JsonNode told = explained("ex-runs", "RUNNING");
            assertThat(told.path("summary").asText()).isEqualTo("The connector runs, and 1 of its 1 tasks do.");
            assertThat(told.path("todo").isNull()).isTrue();
            assertThat(told.path("reconciler").path("doing").asText()).isEqualTo("RESTING");
            assertThat(told.path("next").asText())
                    .startsWith("The reconciler has nothing to do, and looks at the cluster");
            assertThat(told.path("last_command").path("type").asText()).isEqualTo("ConnectorCreated");
            assertThat(told.path("last_event").path("revision").asLong())
                    .isEqualTo(told.path("revision").asLong());
        });
    }

    @Test
    void a_class_that_the_worker_does_not_have() {
        var config = FileConnectors.with(source(), "connector.class", "org.example.Nowhere");
        assertThat(api.create("ex-class", config, "?validate=deferred").status())
                .isEqualTo(201);
        JsonNode told = explained("ex-class", "BAD_CLASS");
        assertThat(told.path("root_cause").asText()).contains("org.example.Nowhere");
        assertThat(told.path("todo").asText()).contains("GET /connector-plugins");
        assertThat(told.path("reconciler").path("failures").asInt()).isPositive();
    }

    @Test
    void a_task_that_failed_and_why() {
        Path nowhere = directory.resolve("no/such/directory/file");
        create("ex-task", FileConnectors.sink(nowhere, "ex-topic"));
        JsonNode told = explained("ex-task", "TASK_FAILED");
        assertThat(told.path("summary").asText()).startsWith("1 of 1 tasks failed: 0 on ");
        assertThat(told.path("root_cause").asText()).contains("NoSuchFileException");
        assertThat(told.path("todo").asText()).contains("/restart?includeTasks=true&onlyFailed=true");
    }

    @Test
    void one_that_was_paused_by_hand_on_the_worker() {
        create("ex-drift", source());
        explained("ex-drift", "RUNNING");
        assertThat(worker.put("/connectors/ex-drift/pause").status()).isEqualTo(202);
        JsonNode told = explained("ex-drift", "DRIFT");
        assertThat(told.path("summary").asText()).contains("it is PAUSED where RUNNING is desired");
        assertThat(told.path("todo").asText()).contains("\"drift\" is \"report\"");
    }

    @Test
    void one_that_was_deleted_on_the_worker() {
        create("ex-deleted", source());
        explained("ex-deleted", "RUNNING");
        assertThat(worker.delete("/connectors/ex-deleted").status()).isEqualTo(204);
        explained("ex-deleted", "DELETED_ON_CLUSTER");
    }

    @Test
    void one_whose_worker_is_away() {
        var answer = api.post(
                "/environments/default/clusters/gone/connectors",
                Map.of("name", "ex-away", "config", Map.of("connector.class", "Any")));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        Awaitility.await().atMost(LONG).untilAsserted(() -> {
            JsonNode told = api.get("/signalbox/v1/environments/default/clusters/gone/connectors/ex-away/explain")
                    .body();
            assertThat(told.path("situation").asText()).as(told.toString()).isEqualTo("CLUSTER_AWAY");
            assertThat(told.path("reconciler").path("doing").asText()).isEqualTo("WAITING");
            assertThat(told.path("next").asText()).contains("looks again in");
        });
    }

    private void create(String name, Map<String, String> config) {
        var answer = api.create(name, config, "");
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
    }

    private Map<String, String> source() {
        return FileConnectors.source(directory.resolve("none"), "ex-none");
    }

    private JsonNode explained(String name, String situation) {
        String path = "/signalbox/v1/environments/default/clusters/local/connectors/" + name + "/explain";
        Awaitility.await().atMost(LONG).untilAsserted(() -> {
            var answer = api.get(path);
            assertThat(answer.body().path("situation").asText())
                    .as(answer.toString())
                    .isEqualTo(situation);
        });
        return api.get(path).body();
    }
}
