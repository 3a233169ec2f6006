package io.signalbox.api.dialect.kafkaconnect;

import static io.signalbox.api.http.Fixture.LOCAL;
import static io.signalbox.api.http.Fixture.SEALER;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.api.http.Fixture;
import io.signalbox.processor.domain.ClusterSpec.InReads;
import io.signalbox.processor.domain.ClusterSpec.OnDrift;
import io.signalbox.processor.domain.ClusterSpec.Policies;
import io.signalbox.processor.domain.ClusterSpec.Unmanaged;
import io.signalbox.processor.domain.Command;
import io.signalbox.processor.domain.Config;
import io.signalbox.processor.domain.ConnectorKey;
import io.signalbox.processor.domain.ConnectorType;
import io.signalbox.processor.domain.Mask;
import io.signalbox.processor.domain.RunState;
import io.signalbox.processor.domain.Sealed;
import io.signalbox.processor.secrets.KeySets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets come in in clear, go to the worker in clear, and are sealed or masked everywhere else. */
class SecretsTest {

    private static final ConnectorKey ORDERS = LOCAL.connector("orders");
    private static final String SIGNALBOX = "/signalbox/v1/environments/default/clusters/local/connectors/orders";
    private static final String VALID = "{\"name\":\"x\",\"error_count\":0,\"groups\":[],\"configs\":["
            + "{\"definition\":{\"name\":\"pin\",\"type\":\"PASSWORD\"},"
            + "\"value\":{\"name\":\"pin\",\"value\":\"1234-5678\",\"recommended_values\":[\"1234-5678\"],\"errors\":[]}},"
            + "{\"definition\":{\"name\":\"db.password\",\"type\":\"STRING\"},"
            + "\"value\":{\"name\":\"db.password\",\"value\":\"hunter2\",\"errors\":[]}}]}";

    private final Fixture f = Fixture.withClusters();

    @AfterEach
    void close() {
        f.close();
    }

    @Test
    void what_a_plugin_or_a_name_says_is_secret_is_sealed_for_the_log_and_clear_for_the_worker() {
        create();
        var config = f.log.find(ORDERS).orElseThrow().config();
        assertThat(Sealed.is(config.get("pin"))).isTrue();
        assertThat(SEALER.open(ORDERS, "pin", config.get("pin"))).isEqualTo("1234-5678");
        assertThat(SEALER.open(ORDERS, "db.password", config.get("db.password")))
                .isEqualTo("hunter2");
        assertThat(config.get("topic")).isEqualTo("t");
        assertThat(config.get("other.password")).isEqualTo("${file:/etc/x:y}");
        assertThat(f.worker.asked().getFirst()).contains("pin=1234-5678", "db.password=hunter2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/connectors/orders",
                "/connectors/orders/config",
                "/connectors?expand=info",
                "/connectors?expand=info&page_size=1",
                SIGNALBOX,
                SIGNALBOX + "?revision=1",
                SIGNALBOX + "?asOf=2036-01-01T00:00:00Z",
                SIGNALBOX + "/diff?from=1&to=2"
            })
    void every_read_masks(String path) {
        create();
        patch("{\"pin\":\"8765-4321\",\"db.password\":\"hunter3\"}");
        var answer = f.get(path);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).contains("********").doesNotContain("1234-5678", "8765-4321", "hunter", "sealed:");
    }

    @Test
    void so_does_every_answer_to_a_write() {
        assertThat(create().body()).contains("\"pin\":\"********\"").doesNotContain("1234-5678", "hunter", "sealed:");
        assertThat(f.put("/connectors/orders/config", config("1234-5679")).body())
                .contains("\"pin\":\"********\"")
                .doesNotContain("1234-5679", "hunter", "sealed:");
        assertThat(patch("{\"pin\":\"1234-5670\"}"))
                .contains("\"pin\":\"********\"")
                .doesNotContain("1234-5670", "hunter", "sealed:");
        var rollback = f.post(SIGNALBOX + "/rollback", "{\"revision\":1}");
        assertThat(rollback.status()).isEqualTo(200);
        assertThat(rollback.body()).contains("********").doesNotContain("1234-5678", "hunter", "sealed:");
        assertThat(f.worker.asked().getLast()).contains("pin=1234-5678");
    }

    @Test
    void a_cluster_may_be_registered_to_show_them_as_kafka_connect_does() {
        f.register(LOCAL, new Policies(1000, 4, true, Unmanaged.ADOPT, OnDrift.HEAL, InReads.SHOW));
        assertThat(create().body()).contains("\"pin\":\"1234-5678\"");
        assertThat(f.get("/connectors?expand=info").body()).contains("\"db.password\":\"hunter2\"");
        f.register(LOCAL, Policies.DEFAULT);
        assertThat(f.get("/connectors?expand=info").body()).contains("********").doesNotContain("hunter2");
    }

    @Test
    void asterisks_that_are_written_back_keep_what_is_there_and_the_worker_checks_the_secret() {
        create();
        var before = f.log.find(ORDERS).orElseThrow();
        var read = f.get("/connectors/orders/config").body();
        assertThat(f.put("/connectors/orders/config", read).status()).isEqualTo(200);
        assertThat(f.log.find(ORDERS).orElseThrow().revision()).isEqualTo(before.revision());
        assertThat(f.worker.asked().getLast()).contains("pin=1234-5678", "db.password=hunter2");
        patch("{\"topic\":\"t2\",\"pin\":\"********\"}");
        var after = f.log.find(ORDERS).orElseThrow().config();
        assertThat(after).isEqualTo(before.config().with("topic", "t2"));
        assertThat(f.worker.asked().getLast()).contains("pin=1234-5678", "db.password=hunter2", "topic=t2");
    }

    @Test
    void there_has_to_be_something_to_keep() {
        var answer = f.put("/connectors/orders/config", "{\"connector.class\":\"X\",\"pin\":\"********\"}");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.message()).isEqualTo(Mask.nothingToKeep("pin"));
        assertThat(f.log.find(ORDERS)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"topic", "pin"})
    void nobody_can_send_what_looks_sealed(String setting) {
        create();
        String stolen = f.log.find(ORDERS).orElseThrow().config().get("pin");
        String body = "{\"connector.class\":\"X\",\"" + setting + "\":\"" + stolen + "\"}";
        assertThat(f.put("/connectors/orders/config", body).message()).contains(setting, "begins like a secret");
        assertThat(f.patch("/connectors/orders/config", body).status()).isEqualTo(400);
        assertThat(f.post("/connectors", "{\"name\":\"other\",\"config\":" + body + "}")
                        .status())
                .isEqualTo(400);
        assertThat(f.put("/connector-plugins/X/config/validate", body).status()).isEqualTo(400);
    }

    @Test
    void an_unchecked_config_is_sealed_by_what_its_plugin_says_when_it_is_asked() {
        f.worker.answers(200, "[{\"name\":\"pin\",\"type\":\"PASSWORD\"}]");
        assertThat(f.put("/connectors/orders/config?validate=deferred", config("1234-5678"))
                        .status())
                .isEqualTo(201);
        assertThat(Sealed.is(f.log.find(ORDERS).orElseThrow().config().get("pin")))
                .isTrue();
    }

    @Test
    void and_by_its_names_alone_when_nobody_can_be_asked() {
        f.worker.goesAway();
        f.put("/connectors/orders/config", config("1234-5678"));
        var config = f.log.find(ORDERS).orElseThrow().config();
        assertThat(Sealed.is(config.get("db.password"))).isTrue();
        assertThat(config.get("pin")).isEqualTo("1234-5678");
    }

    @Test
    void what_the_log_has_sealed_stays_sealed_while_nobody_can_be_asked() {
        create();
        f.worker.goesAway();
        assertThat(f.put("/connectors/orders/config", config("8765-4321")).status())
                .isEqualTo(200);
        assertThat(opened("pin")).isEqualTo("8765-4321");
        patch("{\"pin\":\"1111-2222\"}");
        assertThat(opened("pin")).isEqualTo("1111-2222");
    }

    @Test
    void what_stands_in_the_log_in_clear_is_sealed_by_the_next_change() {
        clear();
        patch("{\"topic\":\"t2\"}");
        assertThat(opened("db.password")).isEqualTo("hunter2");
        assertThat(f.log.find(ORDERS).orElseThrow().config().get("topic")).isEqualTo("t2");
        f.log.tell(ORDERS, new Command.DeleteConnector());
        clear();
        var read = f.get("/connectors/orders/config").body();
        assertThat(f.put("/connectors/orders/config", read.replace("\"t\"", "\"t3\""))
                        .status())
                .isEqualTo(200);
        assertThat(opened("db.password")).isEqualTo("hunter2");
        assertThat(f.log.find(ORDERS).orElseThrow().config().get("topic")).isEqualTo("t3");
    }

    @Test
    void what_stands_in_the_log_in_clear_can_be_taken_away() {
        clear();
        patch("{\"db.password\":null}");
        assertThat(f.log.find(ORDERS).orElseThrow().config().values()).doesNotContainKey("db.password");
    }

    @Test
    void a_worker_that_quotes_a_secret_is_not_quoted() {
        f.worker.answers(
                200,
                VALID.replace("\"error_count\":0", "\"error_count\":1")
                        .replaceFirst("\"errors\":\\[]", "\"errors\":[\"Invalid value 1234-5678 for pin\"]"));
        var invalid = f.put("/connectors/orders/config", config("1234-5678"));
        assertThat(invalid.message()).contains("Invalid value ******** for pin").doesNotContain("1234");
        f.worker.answers(400, "{\"error_code\":400,\"message\":\"Cannot log in with hunter2\"}");
        var refused = f.put("/connectors/orders/config", config("1234-5678"));
        assertThat(refused.message()).isEqualTo("Cannot log in with ********");
    }

    @Test
    void a_check_masks_what_it_repeats_and_checks_what_is_kept() {
        create();
        String read = f.get("/connectors/orders/config").body();
        var answer = f.put("/connector-plugins/X/config/validate", read);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).contains("********").doesNotContain("1234-5678", "hunter2");
        assertThat(f.worker.asked().getLast()).contains("pin=1234-5678", "db.password=hunter2");
    }

    @Test
    void a_kept_secret_is_one_whatever_another_plugin_calls_it() {
        create();
        f.worker.answers(
                200,
                VALID.replace("PASSWORD", "STRING")
                        .replaceFirst("\"errors\":\\[]", "\"errors\":[\"1234-5678 is too long\"]"));
        String body = "{\"name\":\"orders\",\"connector.class\":\"Y\",\"pin\":\"********\"}";
        assertThat(f.put("/connector-plugins/Y/config/validate", body).body())
                .contains("\"value\":\"********\"", "******** is too long")
                .doesNotContain("1234-5678");
        assertThat(f.put("/connectors/orders/config", body).message())
                .contains("******** is too long")
                .doesNotContain("1234-5678");
        assertThat(f.patch("/connectors/orders/config", "{\"connector.class\":\"Y\"}")
                        .message())
                .contains("******** is too long")
                .doesNotContain("1234-5678");
        f.worker.answers(400, "{\"error_code\":400,\"message\":\"Bad pin 1234-5678\"}");
        assertThat(f.put("/connector-plugins/Y/config/validate", body).message())
                .isEqualTo("Bad pin ********");
    }

    @Test
    void nobody_can_find_out_by_a_check_whether_he_guessed_a_secret() {
        create();
        f.worker.answers(200, checked("file", "0000-0000 1234-5678", "No file 0000-0000 1234-5678"));
        var answer = f.put(
                "/connector-plugins/X/config/validate",
                "{\"name\":\"orders\",\"connector.class\":\"X\",\"file\":\"0000-0000 1234-5678\",\"pin\":\"********\"}");
        var file = answer.json().path("configs").path(0).path("value");
        assertThat(file.path("value").asText()).isEqualTo("0000-0000 1234-5678");
        assertThat(file.path("errors").path(0).asText()).isEqualTo("No file 0000-0000 1234-5678");
    }

    @Test
    void what_a_reference_stands_for_is_not_told() {
        f.worker.answers(
                200, checked("my.api.token", "s3cr3t", "Invalid value s3cr3t").replace("_count\":0", "_count\":1"));
        String body = "{\"connector.class\":\"X\",\"my.api.token\":\"${file:/etc/x:y}\"}";
        assertThat(f.put("/connector-plugins/X/config/validate", body).body())
                .contains("Invalid value ********")
                .doesNotContain("s3cr3t");
        assertThat(f.put("/connectors/orders/config", body).message())
                .contains("Invalid value ********")
                .doesNotContain("s3cr3t");
        f.worker.answers(200, checked("file", "what it stands for", ""));
        assertThat(f.put("/connector-plugins/X/config/validate", body.replace("my.api.token", "file"))
                        .body())
                .contains("\"value\":\"${file:/etc/x:y}\"");
    }

    @Test
    void configs_of_tasks_are_masked_where_they_hold_a_secret_of_the_connector_under_any_name() {
        create();
        f.observed(ORDERS, RunState.RUNNING, Fixture.task(0, RunState.RUNNING));
        f.worker.answers(
                200,
                "[{\"id\":{\"connector\":\"orders\",\"task\":0},\"config\":{\"task.url\":\"db?p=hunter2\",\"api.key\":\"abc\","
                        + "\"copy\":\"1234-5678\",\"topic\":\"t\"}}]");
        assertThat(f.get("/connectors/orders/tasks").body())
                .contains("\"task.url\":\"db?p=********\"", "\"api.key\":\"********\"", "\"topic\":\"t\"")
                .doesNotContain("hunter2", "abc", "1234-5678");
    }

    @Test
    void a_lost_key_is_named_where_the_secret_is_needed_and_hinders_nothing_else() {
        var lost = KeySets.fresh();
        f.log.tell(
                ORDERS,
                new Command.PutConfig(
                        Config.of(
                                Map.of("name", "orders", "connector.class", "X", "pin", lost.seal(ORDERS, "pin", "1"))),
                        ConnectorType.SOURCE,
                        true));
        assertThat(f.get("/connectors/orders/config").body()).contains("\"pin\":\"********\"");
        var patched = f.patch("/connectors/orders/config", "{\"topic\":\"t\"}");
        assertThat(patched.status()).isEqualTo(503);
        assertThat(patched.message()).contains("\"pin\"", "key " + lost.primaryKeyId());
        assertThat(f.patch("/connectors/orders/config", "{\"pin\":\"2\"}").status())
                .isEqualTo(200);
        assertThat(f.put("/connectors/orders/pause", null).status()).isEqualTo(202);
    }

    private static String checked(String setting, String value, String error) {
        return "{\"name\":\"x\",\"error_count\":0,\"groups\":[],\"configs\":[{\"definition\":{\"name\":\"" + setting
                + "\",\"type\":\"STRING\"},\"value\":{\"name\":\"" + setting + "\",\"value\":\"" + value
                + "\",\"recommended_values\":[],\"errors\":[\"" + error + "\"]}}]}";
    }

    /** As it was written before secrets were sealed. */
    private void clear() {
        f.worker.answers(200, VALID);
        var config =
                Config.of(Map.of("name", "orders", "connector.class", "X", "topic", "t", "db.password", "hunter2"));
        f.log.tell(ORDERS, new Command.PutConfig(config, ConnectorType.SOURCE, true));
    }

    private String opened(String setting) {
        var text = f.log.find(ORDERS).orElseThrow().config().get(setting);
        assertThat(Sealed.is(text)).as(setting).isTrue();
        return SEALER.open(ORDERS, setting, text);
    }

    private Fixture.Reply create() {
        f.worker.answers(200, VALID);
        var answer = f.post("/connectors", "{\"name\":\"orders\",\"config\":" + config("1234-5678") + "}");
        assertThat(answer.status()).isEqualTo(201);
        return answer;
    }

    private String patch(String body) {
        var answer = f.patch("/connectors/orders/config", body);
        assertThat(answer.status()).isEqualTo(200);
        return answer.body();
    }

    private static String config(String pin) {
        return "{\"connector.class\":\"X\",\"topic\":\"t\",\"pin\":\"" + pin + "\",\"db.password\":\"hunter2\","
                + "\"other.password\":\"${file:/etc/x:y}\"}";
    }
}
