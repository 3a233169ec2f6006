package io.signalbox.api.dialect.confluent;

import static io.signalbox.api.dialect.confluent.Cloud.MASK;
import static io.signalbox.api.dialect.confluent.Cloud.config;
import static io.signalbox.api.dialect.confluent.Cloud.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.api.http.Fixture;
import io.signalbox.api.http.ScriptedDataPlane;
import io.signalbox.processor.domain.RunState;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What Confluent's own tools ask for, one call after another, and what they look at in the answers. */
class ClientsTest {

    /** The Go client has its own value in the URL and appends the caller's. */
    private static final String EXPANDED = "/connectors?expand=info%2Cstatus%2Cid&expand=id%2Cinfo%2Cstatus";

    private final Cloud cloud = new Cloud();

    @AfterEach
    void close() {
        cloud.close();
    }

    private Map.Entry<String, JsonNode> byId(String id) {
        return cloud.get(EXPANDED).json().properties().stream()
                .filter(connector -> connector.getValue().at("/id/id").asText().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void the_command_line_creates_describes_updates_and_deletes() {
        var created = cloud.post(
                "/connectors",
                "{\"name\":\"c\",\"config\":"
                        + json(config("c", "DatagenSource", "quickstart", "ORDERS", "db.password", "hunter2"))
                        + ",\"offsets\":null}");
        assertThat(created.status()).isEqualTo(201);
        String id = cloud.get(EXPANDED).json().at("/c/id/id").asText();
        assertThat(id).startsWith("lcc-");

        var described = byId(id).getValue();
        assertThat(described.at("/info/name").asText()).isEqualTo("c");
        assertThat(described.at("/status/connector/trace").textValue()).isEmpty();

        ObjectNode masked = described.at("/info/config").deepCopy();
        assertThat(masked.path("db.password").asText()).isEqualTo(MASK);
        byId(id);
        assertThat(cloud.put(
                                "/connectors/c/config",
                                masked.put("quickstart", "USERS").toString())
                        .status())
                .isEqualTo(200);
        var key = Fixture.LOCAL.connector("c");
        var stored = cloud.state(key).config();
        assertThat(stored.get("quickstart")).isEqualTo("USERS");
        assertThat(Fixture.SEALER.open(key, "db.password", stored.get("db.password")))
                .isEqualTo("hunter2");
        assertThat(stored.values()).doesNotContainKeys("cloud.provider", "kafka.endpoint", "kafka.api.key");

        byId(id);
        assertThat(cloud.delete("/connectors/c").json().path("error").isNull()).isTrue();
        assertThat(cloud.get(EXPANDED).body()).isEqualTo("{}");
    }

    @Test
    void the_command_line_describes_a_plugin() {
        cloud.f.worker.answers(
                200,
                ScriptedDataPlane.SINK.replace("\"name\":\"topics\"},", "\"name\":\"topics\",\"required\":true},"));
        var report = cloud.put("/connector-plugins/GcsSink/config/validate", "{\"connector.class\":\"GcsSink\"}")
                .json();
        assertThat(report.at("/configs/0/definition/required").asBoolean()).isTrue();
        assertThat(report.at("/configs/0/definition/name").asText()).isEqualTo("topics");
    }

    @Test
    void the_command_line_changes_offsets_and_polls() {
        var key = cloud.running("c");
        String id = cloud.id("c");
        assertThat(byId(id).getKey()).isEqualTo("c");
        assertThat(cloud.post(
                                "/connectors/c/offsets/request",
                                "{\"type\":\"PATCH\",\"offsets\":[{\"partition\":{\"p\":0},\"offset\":{\"o\":1}}]}")
                        .status())
                .isEqualTo(202);
        var pending = cloud.get("/connectors/c/offsets/request/status").json();
        assertThat(pending.at("/status/phase").asText()).isEqualTo("PENDING");
        assertThat(pending.path("previous_offsets").isArray()).isTrue();
        cloud.seen(key, RunState.STOPPED);
        cloud.offsetsChanged(key, true, "altered", "[]");
        assertThat(cloud.get("/connectors/c/offsets/request/status")
                        .json()
                        .at("/status/phase")
                        .asText())
                .isEqualTo("APPLIED");
    }

    @Test
    void terraform_creates_updates_pauses_and_resumes_and_sees_no_third_state() {
        Map<String, String> planned = config("c", "DatagenSource", "quickstart", "ORDERS", "db.password", "hunter2");
        assertThat(cloud.put("/connector-plugins/DatagenSource/config/validate", json(planned))
                        .json()
                        .path("error_count")
                        .asInt())
                .isZero();
        assertThat(cloud.post("/connectors", "{\"name\":\"c\",\"config\":" + json(planned) + "}")
                        .status())
                .isEqualTo(201);
        var key = Fixture.LOCAL.connector("c");
        assertThat(cloud.get(EXPANDED).json().at("/c/id/id").asText()).startsWith("lcc-");
        assertThat(cloud.status("c")).isEqualTo("PROVISIONING");
        cloud.seen(key, RunState.RUNNING, Fixture.task(0, RunState.RUNNING));
        assertThat(cloud.status("c")).isEqualTo("RUNNING");
        noDrift(planned);

        assertThat(cloud.put("/connectors/c/pause", null).status()).isEqualTo(202);
        assertThat(cloud.status("c")).isEqualTo("RUNNING");
        cloud.seen(key, RunState.PAUSED, Fixture.task(0, RunState.PAUSED));
        assertThat(cloud.status("c")).isEqualTo("PAUSED");
        planned.put("quickstart", "USERS");
        assertThat(cloud.put("/connectors/c/config", json(planned)).status()).isEqualTo(200);
        assertThat(cloud.status("c")).isEqualTo("PAUSED");
        assertThat(cloud.put("/connectors/c/resume", null).status()).isEqualTo(202);
        assertThat(cloud.status("c")).isEqualTo("PAUSED");
        cloud.seen(key, RunState.RUNNING, Fixture.task(0, RunState.RUNNING));
        assertThat(cloud.status("c")).isEqualTo("RUNNING");
        noDrift(planned);

        assertThat(cloud.post("/connectors/c/offsets/request", "{\"type\":\"DELETE\"}")
                        .status())
                .isEqualTo(202);
        assertThat(phase()).isEqualTo("PENDING");
        cloud.seen(key, RunState.STOPPED);
        cloud.offsetsChanged(key, true, "reset", "[]");
        assertThat(phase()).isEqualTo("APPLIED");
        cloud.seen(key, RunState.RUNNING, Fixture.task(0, RunState.RUNNING));
        noDrift(planned);
    }

    private String phase() {
        return cloud.get("/connectors/c/offsets/request/status")
                .json()
                .at("/status/phase")
                .asText();
    }

    /** Terraform drops what is known to be added, and what begins with two asterisks; the rest has to be what was planned. */
    private void noDrift(Map<String, String> planned) {
        Map<String, String> expected = new TreeMap<>(planned);
        expected.remove("db.password");
        Map<String, String> read = new TreeMap<>();
        cloud.get(EXPANDED).json().at("/c/info/config").properties().forEach(setting -> {
            boolean dropped = Enrichment.KEYS.contains(setting.getKey())
                    && (setting.getKey().startsWith("cloud.")
                            || setting.getKey().equals("kafka.endpoint")
                            || setting.getKey().equals("kafka.region"));
            if (!dropped && !setting.getValue().asText().startsWith("**")) {
                read.put(setting.getKey(), setting.getValue().asText());
            }
        });
        assertThat(read).isEqualTo(expected);
    }

    @Test
    void one_connector_is_the_same_through_every_api() {
        var key = cloud.created("c");
        assertThat(cloud.f.get("/connectors/c").json().at("/config/quickstart").asText())
                .isEqualTo("ORDERS");
        cloud.f.put("/connectors/c/pause", null);
        cloud.seen(key, RunState.PAUSED);
        assertThat(cloud.status("c")).isEqualTo("PAUSED");
        cloud.put("/connectors/c/resume", null);
        cloud.f.delete("/connectors/c");
        assertThat(cloud.get("/connectors").body()).isEqualTo("[]");
        assertThat(cloud.f
                        .get("/signalbox/v1/environments/default/clusters/local/connectors/c/history")
                        .json()
                        .findValuesAsText("dialect"))
                .contains("confluent", "kafka-connect");
    }
}
