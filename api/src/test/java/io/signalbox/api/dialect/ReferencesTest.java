package io.signalbox.api.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.api.http.Fixture;
import io.signalbox.api.http.Fixture.Reply;
import io.signalbox.processor.domain.ClusterSpec;
import io.signalbox.processor.domain.ClusterSpec.InReads;
import io.signalbox.processor.domain.ClusterSpec.Policies;
import io.signalbox.processor.domain.ClusterSpec.Unmanaged;
import io.signalbox.processor.domain.Command.CreateSecret;
import io.signalbox.processor.domain.Command.DeleteSecret;
import io.signalbox.processor.domain.SecretId;
import io.signalbox.processor.secrets.KeySets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Configs that refer to stored secrets: the worker checks what they stand for, and nobody else sees it. */
class ReferencesTest {

    private static final SecretId PG = SecretId.of(Fixture.LOCAL, "pg");
    private static final String PASSWORD = "${secretsManager:pg:password}";
    private static final String CONFIG =
            "{\"connector.class\":\"X\",\"db.password\":\"" + PASSWORD + "\",\"note\":\"by " + PASSWORD + "\"}";
    private static final String OWN = "/signalbox/v1/environments/default/clusters/local/connectors/c";
    private static final String VALIDATE = "/connector-plugins/X/config/validate";

    private final Fixture f = Fixture.withClusters();

    @BeforeEach
    void store() {
        store("{\"password\":\"hunter2\"}");
    }

    @AfterEach
    void close() {
        f.close();
    }

    private void store(String data) {
        f.log.tell(PG, new CreateSecret(Fixture.SEALER.seal(PG, data), Map.of()));
    }

    private void forget() {
        f.log.tell(PG, new DeleteSecret());
    }

    private Reply put(String query, String config) {
        return f.put("/connectors/c/config" + query, config);
    }

    private void assertNothingKept() {
        assertThat(f.log.find(Fixture.LOCAL.connector("c"))
                                .orElseThrow()
                                .config()
                                .values()
                                .toString()
                        + f.log.events()
                        + f.log.commands())
                .doesNotContain("hunter");
    }

    @Test
    void the_worker_checks_what_they_stand_for_and_reads_show_the_references() {
        var answer = put("", CONFIG);
        assertThat(answer.status()).isEqualTo(201);
        assertThat(f.worker.asked())
                .anyMatch(asked -> asked.contains("db.password=hunter2") && asked.contains("note=by hunter2"));
        for (String path : new String[] {
            "/connectors/c/config",
            "/connectors/c",
            "/connectors/c/config?secrets=show",
            "/v1/kafka-connect/clusters/redpanda/connectors/c/config",
            OWN,
            OWN + "/history"
        }) {
            assertThat(f.get(path).body()).as(path).doesNotContain("hunter");
        }
        assertThat(f.get("/connectors/c/config").json().path("db.password").asText())
                .isEqualTo(PASSWORD);
        assertThat(f.get("/connectors/c/config").json().path("note").asText()).isEqualTo("by " + PASSWORD);
        assertNothingKept();
    }

    @Test
    void a_reference_beside_other_text_of_a_secret_setting_is_sealed_with_it() {
        assertThat(put(
                                "",
                                "{\"connector.class\":\"X\",\"sasl.jaas.config\":\"m required password='" + PASSWORD
                                        + "';\"}")
                        .status())
                .isEqualTo(201);
        assertThat(f.worker.asked()).anyMatch(asked -> asked.contains("password='hunter2';"));
        assertThat(f.get("/connectors/c/config").json().path("sasl.jaas.config").asText())
                .isEqualTo("********");
        var kept = put("", "{\"connector.class\":\"X\",\"sasl.jaas.config\":\"********\",\"a\":\"1\"}");
        assertThat(kept.status()).isEqualTo(200);
        assertThat(f.worker.asked().getLast()).contains("password='hunter2';", "a=1");
        assertThat(f.get("/connectors/c/config?secrets=show")
                        .json()
                        .path("sasl.jaas.config")
                        .asText())
                .isEqualTo("m required password='" + PASSWORD + "';");
        assertNothingKept();
    }

    @Test
    void what_the_worker_says_of_them_is_told_without_them() {
        f.worker.answersTo(
                "validate",
                200,
                "{\"name\":\"X\",\"error_count\":1,\"groups\":[],\"configs\":[{\"definition\":{\"name\":\"note\"},\"value\":"
                        + "{\"name\":\"note\",\"value\":\"by hunter2\",\"errors\":[\"by hunter2 is no note\"],"
                        + "\"recommended_values\":[\"not hunter2\"]}}]}");
        var answer = put("", CONFIG);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.message()).contains("by ******** is no note").doesNotContain("hunter");
        f.worker.answersTo("validate", 500, "{\"error_code\":500,\"message\":\"by hunter2\"}");
        assertThat(put("", CONFIG).message()).isEqualTo("by ********");
    }

    @Test
    void a_check_of_a_config_shows_what_the_caller_wrote_also_where_secrets_are_shown() {
        f.worker.answersTo(
                "validate",
                200,
                "{\"name\":\"X\",\"error_count\":1,\"groups\":[],\"configs\":[{\"definition\":{\"name\":\"note\"},\"value\":"
                        + "{\"name\":\"note\",\"value\":\"by hunter2\",\"errors\":[\"by hunter2 is no note\"],"
                        + "\"recommended_values\":[\"not hunter2\"]}},{\"definition\":{\"name\":\"db.password\"},\"value\":"
                        + "{\"name\":\"db.password\",\"value\":\"hunter2\",\"errors\":[],\"recommended_values\":[]}}]}");
        for (InReads reads : InReads.values()) {
            var policies = Policies.DEFAULT;
            f.register(
                    Fixture.LOCAL,
                    new ClusterSpec.Policies(
                            policies.pollIntervalMs(),
                            policies.maxConcurrency(),
                            true,
                            Unmanaged.ADOPT,
                            policies.drift(),
                            reads));
            var answer = f.put(VALIDATE, CONFIG);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.json().at("/configs/0/value/value").asText())
                    .as(reads.name())
                    .isEqualTo("by " + PASSWORD);
            assertThat(answer.json().at("/configs/0/value/errors/0").asText()).isEqualTo("by ******** is no note");
            assertThat(answer.body()).doesNotContain("hunter");
        }
        f.worker.answersTo("validate", 500, "{\"error_code\":500,\"message\":\"by hunter2\"}");
        assertThat(f.put(VALIDATE, CONFIG).message()).isEqualTo("by ********");
    }

    @Test
    void configs_of_tasks_show_the_references_whatever_they_stand_for() {
        forget();
        store("x1");
        put("", CONFIG);
        f.worker.answersTo(
                "tasks",
                200,
                "[{\"id\":{\"connector\":\"c\",\"task\":0},\"config\":{\"db.password\":\"x1\",\"note\":\"by x1\",\"a\":\"1\"}}]");
        assertThat(f.get("/connectors/c/tasks").json().at("/0/config").toString())
                .isEqualTo("{\"db.password\":\"" + PASSWORD + "\",\"note\":\"by " + PASSWORD + "\",\"a\":\"1\"}");
    }

    @Test
    void what_is_not_there_is_400_that_names_it_wherever_a_config_is_given() {
        put("", CONFIG);
        forget();
        String message = "\"db.password\": there is no secret \"pg\" in cluster default/local";
        int commands = f.log.commands().size();
        int asked = f.worker.asked().size();
        assertThat(put("", CONFIG).status()).isEqualTo(400);
        assertThat(put("", CONFIG).message()).contains("2 error(s)", message);
        assertThat(f.post("/connectors", "{\"name\":\"d\",\"config\":" + CONFIG + "}")
                        .message())
                .contains(message);
        assertThat(f.patch("/connectors/c/config", "{\"a\":\"1\"}").message()).contains(message);
        assertThat(f.put(VALIDATE, CONFIG).message()).contains(message);
        assertThat(f.put("/v1/kafka-connect/clusters/redpanda/connectors/c/config", CONFIG)
                        .message())
                .contains(message);
        assertThat(f.post(OWN + "/rollback", "{\"revision\":1}").message()).contains(message);
        assertThat(f.log.commands()).hasSize(commands);
        assertThat(f.worker.asked()).hasSize(asked);
        store("{\"user\":\"ann\"}");
        assertThat(put("", CONFIG).message())
                .contains("the secret \"pg\" of cluster default/local has no key \"password\"");
        assertThat(put("", "{\"connector.class\":\"X\",\"a\":\"${secretsManager:pg}\"}")
                        .message())
                .contains("a reference to a stored secret is ${secretsManager:<id>:<key>}");
    }

    @Test
    void what_nobody_is_to_check_may_refer_to_what_comes_later() {
        forget();
        var answer = put("?validate=deferred", CONFIG);
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.header("Signalbox-Validation")).isEqualTo("deferred");
        f.worker.goesAway();
        assertThat(put("", CONFIG).status()).isEqualTo(400);
    }

    @Test
    void a_lost_key_is_503_that_names_it_and_so_are_secrets_that_are_still_being_read() {
        forget();
        f.log.tell(PG, new CreateSecret(KeySets.fresh().seal(PG, "x"), Map.of()));
        var lost = put("", CONFIG);
        assertThat(lost.status()).isEqualTo(503);
        assertThat(lost.message()).contains("The stored secret \"pg\" of cluster default/local is sealed with key");
        f.log.storedSecrets().unread(true);
        assertThat(put("", CONFIG).status()).isEqualTo(503);
        assertThat(put("", "{\"connector.class\":\"X\"}").status()).isEqualTo(201);
    }

    @Test
    void a_connector_sees_the_secrets_of_its_own_cluster_only() {
        assertThat(f.put(Fixture.OTHER + "/connectors/c/config", CONFIG).message())
                .contains("there is no secret \"pg\" in cluster lab/blue");
    }
}
