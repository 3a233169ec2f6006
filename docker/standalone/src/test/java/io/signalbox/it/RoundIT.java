package io.signalbox.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;

/**
 * One connector, walked round through all dialects on a real worker: each creates, changes, pauses, resumes and deletes it; all others
 * and the worker see that; and the lifecycle topic says by which it was asked for.
 */
class RoundIT {

    private static final String NAME = "round";
    private static final String SUBJECT = "default/local/" + NAME;
    private static final String OURS = "/signalbox/v1/environments/default/clusters/local/connectors/" + NAME;

    /** A dialect that tells the words of Kafka Connect in other forms. @param connectors the path of its list */
    private record Door(String dialect, String connectors) {

        String connector() {
            return connectors + "/" + NAME;
        }
    }

    private static final List<Door> DOORS = List.of(
            new Door("kafka-connect", "/connectors"),
            new Door("confluent", "/connect/v1/environments/default/clusters/local/connectors"),
            new Door("redpanda", "/v1/kafka-connect/clusters/redpanda/connectors"),
            new Door("redpanda", "/v1alpha2/kafka-connect/clusters/redpanda/connectors"));

    private final RealParts parts = RealParts.shared();
    private final Api api = SharedReplica.busy();
    private final Api worker = new Api(parts.worker().url());
    private final List<String> asked = new ArrayList<>();

    @Test
    void what_one_does_the_others_and_the_worker_see() throws Exception {
        var config =
                FileConnectors.source(Files.createFile(parts.directory("round").resolve("in.txt")), NAME);
        // The last two are one dialect.
        for (int i = 0; i < DOORS.size() - 1; i++) {
            Door creator = DOORS.get(i);
            did(201, creator, api.post(creator.connectors(), Map.of("name", NAME, "config", batch(config, 1))));
            everywhere("RUNNING", 1);
            walk(i, config);
            Door deleter = DOORS.get((i + 1) % DOORS.size());
            var deleted = api.delete(deleter.connector());
            did(deleter.dialect().equals("confluent") ? 200 : 204, deleter, deleted);
            nowhere();
        }

        did(201, "signalbox", api.post(OURS + "/undelete", Map.of()));
        everywhere("RUNNING", 1);
        did(204, DOORS.getFirst(), api.delete(DOORS.getFirst().connector()));
        nowhere();
        // What is answered is committed a moment later.
        var lifecycle = new Lifecycle(parts, SharedReplica.BUSY);
        await().untilAsserted(() -> assertThat(lifecycle.dialects(SUBJECT)).isEqualTo(asked));
    }

    /** Changed by one, paused by the next, resumed by the one after that, and set back by our own. */
    private void walk(int from, Map<String, String> config) {
        Door changer = DOORS.get((from + 1) % DOORS.size());
        Door pauser = DOORS.get((from + 2) % DOORS.size());
        Door resumer = DOORS.get((from + 3) % DOORS.size());
        did(200, changer, api.put(changer.connector() + "/config", batch(config, 2)));
        did(202, pauser, api.put(pauser.connector() + "/pause"));
        everywhere("PAUSED", 2);
        did(200, "signalbox", api.post(OURS + "/rollback", Map.of("revision", created())));
        did(202, resumer, api.put(resumer.connector() + "/resume"));
        everywhere("RUNNING", 1);
    }

    /** The revision at which it was last created. */
    private int created() {
        return api.get(OURS + "/history?page_size=1000")
                .body()
                .path("entries")
                .valueStream()
                .filter(entry -> entry.path("event").asText().equals("ConnectorCreated"))
                .mapToInt(entry -> entry.path("revision").asInt())
                .max()
                .orElseThrow();
    }

    private static Map<String, String> batch(Map<String, String> config, int size) {
        return FileConnectors.with(config, "batch.size", Integer.toString(size));
    }

    private void did(int status, Door door, Api.Answer answer) {
        did(status, door.dialect(), answer);
    }

    private void did(int status, String dialect, Api.Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        asked.add(dialect);
    }

    /** Every dialect says the same, at once; the worker does it in a moment, and then every dialect says that it does. */
    private void everywhere(String state, int batch) {
        for (Door door : DOORS) {
            assertThat(batch(api.get(door.connector() + "/config").body()))
                    .as(door.connectors())
                    .isEqualTo(batch);
        }
        assertThat(batch(api.get(OURS).body().at("/desired/config"))).isEqualTo(batch);
        await().untilAsserted(() -> {
            assertThat(batch(worker.get("/connectors/" + NAME + "/config").body()))
                    .isEqualTo(batch);
            var there = worker.get("/connectors/" + NAME + "/status").body();
            assertThat(there.at("/connector/state").asText()).isEqualTo(state);
            assertThat(there.at("/tasks/0/state").asText()).isEqualTo(state);
            var seen = api.get(OURS).body();
            assertThat(seen.path("observed_generation")).isEqualTo(seen.path("generation"));
            for (Door door : DOORS) {
                var status = api.get(door.connector() + "/status").body();
                assertThat(status.at("/connector/state").asText())
                        .as(door.connectors())
                        .isEqualTo(state);
                assertThat(status.at("/tasks/0/state").asText())
                        .as(door.connectors())
                        .isEqualTo(state);
            }
        });
    }

    private static int batch(JsonNode config) {
        return config.path("batch.size").asInt();
    }

    private void nowhere() {
        for (Door door : DOORS) {
            assertThat(api.get(door.connector()).status()).as(door.connectors()).isEqualTo(404);
        }
        await().untilAsserted(() -> assertThat(worker.get("/connectors").text()).doesNotContain("\"" + NAME + "\""));
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(50));
    }
}
