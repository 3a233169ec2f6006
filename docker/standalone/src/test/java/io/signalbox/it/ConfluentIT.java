package io.signalbox.it;

import static io.signalbox.api.openapi.Example.requireKinds;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.api.openapi.Example;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;

/**
 * Connectors by Confluent Cloud's API on a real worker: what its command line and its Terraform provider ask for, call by call, with
 * every state that there is on the way; and the examples of its documents.
 */
class ConfluentIT {

    private static final String BASE = "/connect/v1/environments/default/clusters/local";
    private static final String SECRET = "a-secret-of-confluent";
    private static final String TYPE = "org.apache.kafka.connect.file.FileStreamSourceConnector";
    private static final String MASK = "*".repeat(16);
    private static final List<String> LINES = List.of("line-0", "line-1", "line-2");
    private static final int LINE = 7;

    /** The Go client has its own value in the URL and appends the caller's. */
    private static final String EXPANDED = "/connectors?expand=info%2Cstatus%2Cid&expand=id%2Cinfo%2Cstatus";

    private final RealParts parts = RealParts.shared();
    private final Api api = SharedReplica.busy();
    private final Api cloud = api.below(BASE);
    private final Api worker = new Api(parts.worker().url());

    @Test
    void the_command_line_creates_describes_updates_pauses_resumes_sets_offsets_and_deletes() throws Exception {
        String name = "confluent-cli";
        String path = "/connectors/" + name;
        Path file = file(name);
        createTopic(name);
        Map<String, String> config = config(file, name);

        assertThat(cloud.get("/connector-plugins").body().findValuesAsText("class"))
                .contains("FileStreamSourceConnector");
        var created = new Polled(() -> cloud.state(name));
        // The command line says null where there are no offsets.
        assertThat(cloud.send(
                                "POST",
                                "/connectors",
                                "{\"name\":\"" + name + "\",\"config\":" + Api.json(config) + ",\"offsets\":null}")
                        .status())
                .isEqualTo(201);
        String id = cloud.get(EXPANDED).body().path(name).at("/id/id").asText();
        assertThat(id).as("listed at once").startsWith("lcc-");
        assertThat(created.until("RUNNING")).containsExactly("", "PROVISIONING", "RUNNING");
        awaitRecords(name, LINES);
        assertThatAllApisAgree(name);

        updateWithMasks(name, id);
        pauseAndResume(name);

        var back = Map.of("partition", Map.of("filename", file.toString()), "offset", Map.of("position", 2 * LINE));
        awaitPosition(path, 3 * LINE);
        offsetsChange(name, Map.of("type", "PATCH", "offsets", List.of(back)), 3 * LINE);
        awaitRecords(name, List.of("line-0", "line-1", "line-2", "line-2"));

        assertThat(cloud.post(path + "/restart").status()).isEqualTo(202);
        delete(name);
    }

    /** What the command line does for {@code --config}: what it read, asterisks and all, with the change laid over it. */
    private void updateWithMasks(String name, String id) {
        var found = cloud.get(EXPANDED)
                .body()
                .valueStream()
                .filter(each -> each.at("/id/id").asText().equals(id))
                .findFirst()
                .orElseThrow();
        assertThat(found.at("/info/name").asText()).isEqualTo(name);
        ObjectNode read = found.at("/info/config").deepCopy();
        assertThat(read.path("my.password").asText()).isEqualTo(MASK);
        String path = "/connectors/" + name;
        assertThat(cloud.put(path + "/config", read).status()).isEqualTo(200);
        assertThat(api.get(own(name)).body().path("generation").asInt())
                .as("written back as read")
                .isEqualTo(1);
        var states = new Polled(() -> cloud.state(name));
        assertThat(cloud.put(path + "/config", read.put("batch.size", "77")).status())
                .isEqualTo(200);
        await().untilAsserted(() -> assertThat(
                        worker.get(path + "/config").body().path("batch.size").asText())
                .isEqualTo("77"));
        assertThat(worker.get(path + "/config").body().path("my.password").asText())
                .isEqualTo(SECRET);
        awaitObserved(name);
        assertThat(states.until("RUNNING")).containsExactly("RUNNING");
    }

    private void awaitObserved(String name) {
        await().untilAsserted(() -> {
            var seen = api.get(own(name)).body();
            assertThat(seen.path("observed_generation")).isEqualTo(seen.path("generation"));
        });
    }

    /** By the status and by the expanded list, which is all that Terraform reads: no third state. */
    private void pauseAndResume(String name) {
        for (String[] step : new String[][] {{"pause", "RUNNING", "PAUSED"}, {"resume", "PAUSED", "RUNNING"}}) {
            var status = new Polled(() -> cloud.state(name));
            var list = new Polled(() -> listed(name));
            assertThat(cloud.put("/connectors/" + name + "/" + step[0]).status())
                    .isEqualTo(202);
            assertThat(status.until(step[2])).containsExactly(step[1], step[2]);
            assertThat(list.until(step[2])).containsExactly(step[1], step[2]);
            await().untilAsserted(() -> assertThat(worker.state(name)).isEqualTo(step[2]));
            assertThat(api.state(name)).isEqualTo(step[2]);
        }
    }

    private String listed(String name) {
        return cloud.get(EXPANDED)
                .body()
                .path(name)
                .at("/status/connector/state")
                .asText();
    }

    /** Asked for, polled, and the connector goes on by itself. @param before where it was */
    private void offsetsChange(String name, Map<String, Object> change, int before) {
        String path = "/connectors/" + name + "/offsets/request";
        var states = new Polled(() -> cloud.state(name));
        var asked = cloud.post(path, change);
        assertThat(asked.status()).as(asked.toString()).isEqualTo(202);
        var phases = new Polled(() -> phase(path));
        assertThat(phases.until("APPLIED")).isIn(List.of("PENDING", "APPLIED"), List.of("APPLIED"));
        var status = cloud.get(path + "/status").body();
        assertThat(status.path("request")).isEqualTo(asked.body());
        assertThat(status.path("applied_at").asText()).matches("\\d{4}-\\d\\d-\\d\\dT.*Z");
        assertThat(status.at("/previous_offsets/0/offset/position").asInt()).isEqualTo(before);
        awaitObserved(name);
        assertThat(states.until("RUNNING")).containsExactly("RUNNING", "PAUSED", "RUNNING");
    }

    private String phase(String path) {
        return cloud.get(path + "/status").body().at("/status/phase").asText();
    }

    private void assertThatAllApisAgree(String name) {
        String path = "/connectors/" + name;
        var read = cloud.get(path).body();
        assertThat(read.at("/config/connector.class").asText()).isEqualTo("FileStreamSource");
        assertThat(read.path("type").asText()).isEqualTo("source");
        assertThat(cloud.get(path + "/tasks")
                        .body()
                        .at("/0/config/connector.class")
                        .asText())
                .isIn("FileStreamSource", "");
        assertThat(api.get(path + "/config").body().path("connector.class").asText())
                .isEqualTo(TYPE);
        var there = worker.get(path + "/config").body();
        assertThat(there.path("connector.class").asText()).isEqualTo(TYPE);
        assertThat(there.path("my.password").asText()).isEqualTo(SECRET);
        assertThat(there.has("kafka.api.secret")).isFalse();
        assertThat(api.get(own(name)).body().path("drift").isNull()).isTrue();
        assertThat(api.get(own(name) + "/history").body().findValuesAsText("dialect"))
                .contains("confluent");
    }

    @Test
    void terraform_plans_creates_updates_and_destroys_and_sees_no_drift() throws Exception {
        String name = "confluent-tf";
        String path = "/connectors/" + name;
        createTopic(name);
        Map<String, String> planned = config(file(name), name);

        var checked = cloud.put("/connector-plugins/FileStreamSource/config/validate", planned);
        assertThat(checked.status()).as(checked.toString()).isEqualTo(200);
        assertThat(checked.body().path("error_count").asInt()).isZero();
        assertThat(cloud.post("/connectors", Map.of("name", name, "config", planned))
                        .status())
                .isEqualTo(201);
        var created = new Polled(() -> cloud.state(name));
        assertThat(created.until("RUNNING")).isIn(List.of("PROVISIONING", "RUNNING"), List.of("RUNNING"));
        noDrift(name, planned);

        var pausing = new Polled(() -> cloud.state(name));
        assertThat(cloud.put(path + "/pause").status()).isEqualTo(202);
        assertThat(pausing.until("PAUSED")).containsExactly("RUNNING", "PAUSED");
        planned.put("batch.size", "78");
        var paused = new Polled(() -> cloud.state(name));
        assertThat(cloud.put(path + "/config", planned).status()).isEqualTo(200);
        awaitObserved(name);
        assertThat(paused.until("PAUSED")).containsExactly("PAUSED");
        var resuming = new Polled(() -> cloud.state(name));
        assertThat(cloud.put(path + "/resume").status()).isEqualTo(202);
        assertThat(resuming.until("RUNNING")).containsExactly("PAUSED", "RUNNING");
        noDrift(name, planned);

        awaitPosition(path, 3 * LINE);
        // Its block of offsets was taken away.
        offsetsChange(name, Map.of("type", "DELETE"), 3 * LINE);
        List<String> twice = List.of("line-0", "line-1", "line-2", "line-0", "line-1", "line-2");
        awaitRecords(name, twice);
        noDrift(name, planned);
        delete(name);
    }

    /** Terraform leaves out what it knows to be added, and what begins with two asterisks; the rest has to be what was planned. */
    private void noDrift(String name, Map<String, String> planned) {
        Map<String, String> expected = new TreeMap<>(planned);
        expected.keySet().removeAll(Set.of("my.password", "kafka.api.key", "kafka.api.secret"));
        Map<String, String> read = new TreeMap<>();
        cloud.get(EXPANDED).body().path(name).at("/info/config").properties().forEach(setting -> {
            if (!setting.getKey().matches("cloud\\.(environment|provider)|kafka\\.(endpoint|region)")
                    && !setting.getValue().asText().startsWith("**")) {
                read.put(setting.getKey(), setting.getValue().asText());
            }
        });
        assertThat(read).isEqualTo(expected);
    }

    /** As they are written; their managed classes stand for plugins that the worker has. */
    @Test
    void the_examples_of_the_documents_are_answered_as_they_show_it() throws Exception {
        Api clouds = SharedReplica.clouds().below(BASE);
        createTopic("APILogsTopic");
        JsonNode examples = Example.all("confluent");
        var sink = examples.path("create-sink");
        var answer = clouds.post("/connectors", sink.path("request"));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        requireKinds("", sink.path("response"), answer.body(), Set.of());
        assertThat(answer.body().path("offsets")).isEqualTo(sink.at("/response/offsets"));

        JsonNode list = examples.at("/list/response");
        String logs = sink.at("/request/name").asText();
        list.properties().forEach(each -> {
            String name = each.getKey();
            var config = each.getValue().at("/info/config");
            // The first is there already, with another config; what is behind its asterisks is kept.
            var done = name.equals(logs)
                    ? clouds.put("/connectors/" + name + "/config", config)
                    : clouds.post("/connectors", Map.of("name", name, "config", config));
            assertThat(done.status()).as(done.toString()).isEqualTo(name.equals(logs) ? 200 : 201);
        });
        list.fieldNames()
                .forEachRemaining(name -> await().untilAsserted(
                                () -> assertThat(clouds.state(name)).isEqualTo("RUNNING")));
        requireKinds("", list, clouds.get("/connectors?expand=info,status,id").body(), Set.of());
        var lifecycle = new Lifecycle(parts, SharedReplica.CLOUDS);
        await().untilAsserted(() -> assertThat(lifecycle.of("default/local/" + logs))
                .extracting(Lifecycle.Event::type)
                .contains("OffsetsAltered"));
        // Where it is by now depends on what there is to read.
        assertThat(worker.get("/connectors/" + logs + "/offsets").body().at("/offsets/0/partition"))
                .isEqualTo(sink.at("/request/offsets/0/partition"));

        requireKinds(
                "",
                examples.at("/create-400/response"),
                clouds.post("/connectors", Map.of()).body(),
                Set.of());
        JsonNode source = examples.at("/create-source/request");
        var masked = clouds.post("/connectors", source);
        assertThat(masked.status()).as("asterisks for what was never given").isEqualTo(400);
        requireKinds("", examples.at("/create-400/response"), masked.body(), Set.of());
        ObjectNode absent = source.deepCopy();
        ((ObjectNode) absent.path("config")).put("connector.class", "OracleCdcSource");
        var unknown = clouds.post("/connectors", absent);
        assertThat(unknown.status()).as("nobody installed it").isEqualTo(500);
        requireKinds("", examples.at("/create-500/response"), unknown.body(), Set.of());
        list.fieldNames()
                .forEachRemaining(name ->
                        assertThat(clouds.delete("/connectors/" + name).text()).isEqualTo("{\"error\":null}"));
        await().untilAsserted(
                        () -> assertThat(worker.get("/connectors").text()).doesNotContain(logs, "MyS3", "MyDatagen"));
    }

    private static String own(String name) {
        return "/signalbox/v1/environments/default/clusters/local/connectors/" + name;
    }

    private static Map<String, String> config(Path file, String name) {
        Map<String, String> config = FileConnectors.source(file, name);
        config.put("name", name);
        config.put("kafka.api.key", "KEY");
        config.put("kafka.api.secret", SECRET);
        config.put("my.password", SECRET);
        return config;
    }

    private Path file(String name) throws Exception {
        return Files.writeString(parts.directory("confluent").resolve(name), String.join("\n", LINES) + "\n");
    }

    private void delete(String name) {
        assertThat(cloud.delete("/connectors/" + name).text()).isEqualTo("{\"error\":null}");
        assertThat(cloud.get("/connectors/" + name).status()).isEqualTo(404);
        assertThat(cloud.get(EXPANDED).body().has(name)).isFalse();
        assertThat(api.get("/connectors/" + name).status()).isEqualTo(404);
        await().untilAsserted(() -> assertThat(worker.get("/connectors").text()).doesNotContain("\"" + name + "\""));
    }

    private void createTopic(String name) throws Exception {
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", parts.broker().bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(name, Optional.of(1), Optional.empty())))
                    .all()
                    .get();
        }
    }

    private void awaitPosition(String path, int position) {
        await().untilAsserted(() -> assertThat(cloud.get(path + "/offsets")
                        .body()
                        .at("/offsets/0/offset/position")
                        .asInt())
                .isEqualTo(position));
    }

    private void awaitRecords(String topic, List<String> expected) {
        await().untilAsserted(() -> assertThat(new Topics(parts)
                        .all(topic).stream().map(each -> new String(each.value(), StandardCharsets.UTF_8)))
                .containsExactlyElementsOf(expected));
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(50));
    }
}
