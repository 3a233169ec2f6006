package io.signalbox.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.standalone.Replica;
import io.signalbox.standalone.Worker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;

/** Offsets while the only worker is dead: what its tasks had committed, and not what somebody once read. */
class KeptOffsetsIT {

    private static final String NAME = "worker-kept";
    private static final String SOURCE = "kept-source";
    private static final String SINK = "kept-sink";

    private final RealParts parts = RealParts.shared();
    private final Worker worker = parts.newWorker(NAME, Map.of());
    private final Replica replica = parts.newReplica("kept", settings());
    private final Api api = new Api(replica.url());
    private final Api ownRest = new Api(worker.url());
    private final Path in = parts.directory("kept").resolve("in");
    private final Path out = parts.directory("kept").resolve("out");

    private static Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(SharedReplica.SMALL);
        var topics = List.of("status", "config", "offset").stream()
                .map(each -> "connect-" + NAME + "-" + each)
                .toList();
        settings.put("feed.topics", "default/local=" + String.join(":", topics));
        return settings;
    }

    @Test
    void offsets_of_a_source_and_a_sink_are_known_while_no_worker_answers() throws Exception {
        worker.start();
        replica.startAndAwait();
        worker.awaitReady(RealParts.START);
        api.register("local", worker.url());
        Files.writeString(in, "one\ntwo\n");
        created(SOURCE, FileConnectors.source(in, "kept-lines"));
        created(SINK, FileConnectors.sink(out, "kept-lines"));
        await().untilAsserted(() -> assertThat(out).content().isEqualTo("one\ntwo\n"));
        JsonNode early = api.get(path(SOURCE)).body();

        Files.writeString(in, "three\n", StandardOpenOption.APPEND);
        await().untilAsserted(() -> {
            assertThat(ownRest.get(path(SOURCE)).text()).contains("\"position\":14");
            assertThat(ownRest.get(path(SINK)).text()).contains("\"kafka_offset\":3");
            assertThat(api.get("/metrics").text())
                    .contains("signalbox_feed_up{cluster=\"local\",environment=\"default\"} 1.0");
        });
        JsonNode source = ownRest.get(path(SOURCE)).body();
        JsonNode sink = ownRest.get(path(SINK)).body();
        worker.kill9();

        for (String connector : List.of(SOURCE, SINK)) {
            Api.Answer kept = api.get(path(connector));
            assertThat(kept.status()).as(kept.toString()).isEqualTo(200);
            assertThat(kept.header("Age")).as("it is no old answer").isNull();
            assertThat(kept.body()).isEqualTo(connector.equals(SINK) ? sink : source);
        }
        assertThat(source).as("what was read before is older").isNotEqualTo(early);
        replica.stop();
        parts.dismiss(worker);
    }

    private static String path(String connector) {
        return "/connectors/" + connector + "/offsets";
    }

    private void created(String name, Map<String, String> config) {
        Api.Answer answer = api.create(name, config, "");
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(90)).pollInterval(Duration.ofMillis(300));
    }
}
