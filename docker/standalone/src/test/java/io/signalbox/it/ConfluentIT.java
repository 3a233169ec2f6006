package io.signalbox.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;

/** A connector's life by Confluent Cloud's API on a real worker, looked at by the other APIs and on the worker on the way. */
class ConfluentIT {

    private static final String NAME = "confluent-source";
    private static final String PATH = "/connectors/" + NAME;
    private static final String SECRET = "a-secret-of-confluent";
    private static final String TYPE = "org.apache.kafka.connect.file.FileStreamSourceConnector";
    private static final List<String> LINES = List.of("line-0", "line-1", "line-2");
    private static final int LINE = 7;

    private final RealParts parts = RealParts.shared();
    private final Api api = SharedReplica.busy();
    private final Api cloud = api.below("/connect/v1/environments/default/clusters/local");
    private final Api worker = new Api(parts.worker().url());

    @Test
    void a_connector_is_created_runs_is_paused_resumed_set_back_and_deleted() throws Exception {
        Path file = Files.writeString(parts.directory("confluent").resolve("in.txt"), String.join("\n", LINES) + "\n");
        createTopic();
        Map<String, String> config = FileConnectors.source(file, NAME);
        config.put("name", NAME);
        config.put("kafka.api.key", "KEY");
        config.put("kafka.api.secret", SECRET);
        config.put("my.password", SECRET);

        assertThat(cloud.get("/connector-plugins").body().findValuesAsText("class"))
                .contains("FileStreamSourceConnector");
        var checked = cloud.put("/connector-plugins/FileStreamSource/config/validate", config);
        assertThat(checked.status()).as(checked.toString()).isEqualTo(200);
        assertThat(checked.body().path("error_count").asInt()).isZero();
        assertThat(cloud.post("/connectors", Map.of("name", NAME, "config", config))
                        .status())
                .isEqualTo(201);
        assertThat(states("RUNNING")).isIn(List.of("PROVISIONING", "RUNNING"), List.of("RUNNING"));
        awaitRecords(LINES);
        assertThatAllApisAgree();

        assertThat(cloud.put(PATH + "/pause").status()).isEqualTo(202);
        assertThat(states("PAUSED")).isIn(List.of("RUNNING", "PAUSED"), List.of("PAUSED"));
        await().untilAsserted(() -> assertThat(worker.state(NAME)).isEqualTo("PAUSED"));
        assertThat(api.state(NAME)).isEqualTo("PAUSED");
        assertThat(cloud.put(PATH + "/resume").status()).isEqualTo(202);
        assertThat(states("RUNNING")).isIn(List.of("PAUSED", "RUNNING"), List.of("RUNNING"));

        setBack(file);
        assertThat(cloud.post(PATH + "/restart").status()).isEqualTo(202);
        assertThat(cloud.delete(PATH).text()).isEqualTo("{\"error\":null}");
        assertThat(cloud.get(PATH).status()).isEqualTo(404);
        assertThat(api.get(PATH).status()).isEqualTo(404);
        await().untilAsserted(() -> assertThat(worker.get("/connectors").text()).doesNotContain("\"" + NAME + "\""));
    }

    private void assertThatAllApisAgree() {
        var read = cloud.get(PATH).body();
        assertThat(read.at("/config/connector.class").asText()).isEqualTo("FileStreamSource");
        assertThat(read.at("/config/my.password").asText()).isEqualTo("*".repeat(16));
        assertThat(read.path("type").asText()).isEqualTo("source");
        var id = cloud.get("/connectors?expand=info%2Cstatus%2Cid&expand=id")
                .body()
                .path(NAME)
                .at("/id/id");
        assertThat(id.asText()).startsWith("lcc-");
        assertThat(cloud.get(PATH + "/tasks")
                        .body()
                        .at("/0/config/connector.class")
                        .asText())
                .isIn("FileStreamSource", "");
        assertThat(api.get(PATH + "/config").body().path("connector.class").asText())
                .isEqualTo(TYPE);
        var there = worker.get(PATH + "/config").body();
        assertThat(there.path("connector.class").asText()).isEqualTo(TYPE);
        assertThat(there.path("my.password").asText()).isEqualTo(SECRET);
        assertThat(there.has("kafka.api.secret")).isFalse();
        String ours = "/signalbox/v1/environments/default/clusters/local" + PATH;
        assertThat(api.get(ours).body().path("drift").isNull()).isTrue();
        assertThat(api.get(ours + "/history").body().findValuesAsText("dialect"))
                .contains("confluent");
        assertThat(cloud.put(PATH + "/config", read.path("config")).status()).isEqualTo(200);
        assertThat(api.get(ours).body().path("generation").asInt())
                .as("written back as read")
                .isEqualTo(1);
    }

    /** As the command line and Terraform do it: asked for, polled, and the connector goes on by itself. */
    private void setBack(Path file) {
        var back = Map.of("partition", Map.of("filename", file.toString()), "offset", Map.of("position", 2 * LINE));
        await().untilAsserted(() -> assertThat(cloud.get(PATH + "/offsets")
                        .body()
                        .at("/offsets/0/offset/position")
                        .asInt())
                .isEqualTo(3 * LINE));
        var asked = cloud.post(PATH + "/offsets/request", Map.of("type", "PATCH", "offsets", List.of(back)));
        assertThat(asked.status()).as(asked.toString()).isEqualTo(202);
        List<String> phases = new ArrayList<>();
        await().untilAsserted(() -> {
            var status = cloud.get(PATH + "/offsets/request/status").body();
            remember(phases, status.at("/status/phase").asText());
            assertThat(status.at("/status/phase").asText()).isEqualTo("APPLIED");
            assertThat(status.path("request")).isEqualTo(asked.body());
            assertThat(status.at("/previous_offsets/0/offset/position").asInt()).isEqualTo(3 * LINE);
        });
        assertThat(phases).isSubsetOf("PENDING", "APPLIED");
        assertThat(states("RUNNING")).isSubsetOf(Set.of("PAUSED", "RUNNING"));
        awaitRecords(List.of("line-0", "line-1", "line-2", "line-2"));
    }

    /** What it is seen in, each once, until it is in that state. */
    private List<String> states(String last) {
        List<String> seen = new ArrayList<>();
        await().untilAsserted(() -> {
            remember(seen, cloud.state(NAME));
            assertThat(seen.getLast()).isEqualTo(last);
        });
        return seen;
    }

    private static void remember(List<String> seen, String state) {
        if (seen.isEmpty() || !seen.getLast().equals(state)) {
            seen.add(state);
        }
    }

    private void createTopic() throws Exception {
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", parts.broker().bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(NAME, Optional.of(1), Optional.empty())))
                    .all()
                    .get();
        }
    }

    private void awaitRecords(List<String> expected) {
        await().untilAsserted(() -> assertThat(new Topics(parts)
                        .all(NAME).stream().map(each -> new String(each.value(), StandardCharsets.UTF_8)))
                .containsExactlyElementsOf(expected));
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(50));
    }
}
