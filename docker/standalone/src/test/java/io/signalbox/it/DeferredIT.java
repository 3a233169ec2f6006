package io.signalbox.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A config that its cluster does not like: told at once, or, if the caller wishes, when the worker sees it. */
class DeferredIT {

    private static final String MESSAGE =
            "Failed to find any class that implements Connector and which name matches NoSuchConnector";
    private static final Map<String, String> BAD = Map.of("connector.class", "NoSuchConnector", "tasks.max", "1");

    private final RealParts parts = RealParts.shared();
    private final Api api = SharedReplica.busy();
    private final Api worker = new Api(parts.worker().url());

    @AfterEach
    void delete() {
        api.delete("/connectors/deferred");
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () -> assertThat(worker.get("/connectors").text()).doesNotContain("\"deferred\""));
    }

    @Test
    void a_bad_config_is_400_with_the_workers_message() {
        Api.Answer answer = api.create("deferred", BAD, "");

        assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
        assertThat(answer.message()).contains(MESSAGE);
        assertThat(answer.header("Signalbox-Validation")).isNull();
        assertThat(api.get("/connectors/deferred").status()).isEqualTo(404);
    }

    @Test
    void with_validation_deferred_it_is_accepted_shows_up_as_failed_and_runs_once_it_is_mended() {
        Api.Answer answer = api.create("deferred", BAD, "?validate=deferred");
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        assertThat(answer.header("Signalbox-Validation")).isEqualTo("deferred");
        await(() -> {
            var connector = api.get("/connectors/deferred/status").body().path("connector");
            assertThat(connector.path("state").asText()).isEqualTo("FAILED");
            assertThat(connector.path("trace").asText()).contains(MESSAGE);
        });

        var good = FileConnectors.source(parts.directory("deferred").resolve("lines"), "deferred-lines");
        Api.Answer mended = api.put("/connectors/deferred/config", good);
        assertThat(mended.status()).as(mended.toString()).isEqualTo(200);
        assertThat(mended.header("Signalbox-Validation")).isNull();
        await(() -> {
            var connector = api.get("/connectors/deferred/status").body().path("connector");
            assertThat(connector.path("state").asText()).isEqualTo("RUNNING");
            assertThat(connector.has("trace")).isFalse();
            assertThat(worker.state("deferred")).isEqualTo("RUNNING");
        });
    }

    private static void await(Runnable assertion) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(200))
                .untilAsserted(assertion::run);
    }
}
