package io.signalbox.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.standalone.Worker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A worker that is down for a while loses nothing. */
class WorkerAwayIT {

    static final Map<String, String> QUICK = Map.of(
            "session.timeout.ms", "6000",
            "heartbeat.interval.ms", "2000",
            "scheduled.rebalance.max.delay.ms", "0");

    private final RealParts parts = RealParts.shared();
    private final Worker worker = parts.newWorker("worker-away", QUICK);
    private final Api signalbox = SharedReplica.busy();
    private final Api cluster = signalbox.below("/environments/default/clusters/away");
    private final Api ownRest = new Api(worker.url());
    private final Path files = parts.directory("away");

    @Test
    void ten_changes_that_were_accepted_while_the_worker_was_dead_are_all_applied_when_it_is_back() throws Exception {
        worker.startAndAwait();
        signalbox.register("away", worker.url());
        List<String> before = List.of("put", "patched", "paused", "stopped", "gone-1", "gone-2");
        before.forEach(name -> accepted(201, cluster.create(name, config(name), "")));
        awaitWorker(() -> before.forEach(name -> assertState(name, "RUNNING")));
        worker.kill9();

        accepted(201, cluster.create("new-1", config("new-1"), ""));
        accepted(201, cluster.put("/connectors/new-2/config", config("new-2")));
        accepted(
                201,
                cluster.post(
                        "/connectors", Map.of("name", "new-3", "config", config("new-3"), "initial_state", "PAUSED")));
        accepted(201, cluster.create("new-4", config("new-4"), "?validate=deferred"));
        accepted(200, cluster.put("/connectors/put/config", changed("put")));
        accepted(200, cluster.patch("/connectors/patched/config", Map.of("batch.size", "7")));
        accepted(202, cluster.put("/connectors/paused/pause"));
        accepted(204, cluster.put("/connectors/stopped/stop"));
        accepted(204, cluster.delete("/connectors/gone-1"));
        accepted(204, cluster.delete("/connectors/gone-2"));

        worker.startAndAwait();
        awaitWorker(this::assertAllApplied);
        cleanUp();
    }

    private void assertAllApplied() {
        assertThat(ownRest.get("/connectors").body())
                .extracting(JsonNode::asText)
                .containsExactlyInAnyOrder("put", "patched", "paused", "stopped", "new-1", "new-2", "new-3", "new-4");
        for (String name : List.of("new-1", "new-2", "new-4", "put", "patched")) {
            assertState(name, "RUNNING");
        }
        assertState("new-3", "PAUSED");
        assertState("paused", "PAUSED");
        assertState("stopped", "STOPPED");
        for (String name : List.of("new-1", "new-2", "new-3", "new-4", "paused", "stopped")) {
            assertConfig(name, config(name));
        }
        assertConfig("put", changed("put"));
        assertConfig("patched", changed("patched"));
    }

    private void assertState(String name, String state) {
        assertThat(ownRest.state(name)).as(name).isEqualTo(state);
    }

    private void assertConfig(String name, Map<String, String> config) {
        assertThat(ownRest.get("/connectors/" + name + "/config").body())
                .isEqualTo(Api.tree(FileConnectors.with(config, "name", name)));
    }

    private Map<String, String> config(String name) {
        return FileConnectors.source(files.resolve(name), "away-lines");
    }

    private Map<String, String> changed(String name) {
        return FileConnectors.with(config(name), "batch.size", "7");
    }

    private void cleanUp() {
        cluster.get("/connectors").body().forEach(name -> cluster.delete("/connectors/" + name.asText()));
        awaitWorker(() -> assertThat(ownRest.get("/connectors").body()).isEmpty());
        parts.dismiss(worker);
    }

    private static void accepted(int status, Api.Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
    }

    private static void awaitWorker(Runnable assertion) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(300))
                .untilAsserted(assertion::run);
    }
}
