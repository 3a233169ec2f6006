package io.signalbox.api.dialect.kafkaconnect;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.api.command.OutcomeUnknownException;
import io.signalbox.api.http.Fixture;
import io.signalbox.processor.domain.Command.CreateSecret;
import io.signalbox.processor.domain.Command.PutConfig;
import io.signalbox.processor.domain.Command.ReportOffsets;
import io.signalbox.processor.domain.Command.ReportRefused;
import io.signalbox.processor.domain.CommandOutcome.Stage;
import io.signalbox.processor.domain.Config;
import io.signalbox.processor.domain.ConnectorType;
import io.signalbox.processor.domain.RunState;
import io.signalbox.processor.domain.SecretId;
import io.signalbox.processor.domain.TargetState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The table of differences in docs/kafka-connect.md: each row names its test here or in {@link LimitDifferencesTest}, and each
 * test has a row.
 */
class DifferencesTest {

    private static final Path TABLE = Path.of("..", "docs", "kafka-connect.md");
    private static final Pattern ROW = Pattern.compile("\\| `(d_\\w+)` \\|");
    private static final String X = "{\"connector.class\":\"X\"}";

    private final Fixture f = Fixture.withClusters();

    @AfterEach
    void close() {
        f.close();
    }

    @Test
    void every_row_has_its_test_and_every_test_its_row() throws IOException {
        var rows = new TreeSet<String>();
        var matcher = ROW.matcher(Files.readString(TABLE));
        while (matcher.find()) {
            assertThat(rows.add(matcher.group(1))).as(matcher.group()).isTrue();
        }
        var tests = new TreeSet<String>();
        Stream.of(DifferencesTest.class, LimitDifferencesTest.class)
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .map(method -> method.getName())
                .filter(name -> name.startsWith("d_"))
                .forEach(tests::add);
        assertThat(tests).isEqualTo(rows);
    }

    @Test
    void d_malformed_json_is_400() {
        assertThat(f.post("/connectors", "{").status()).isEqualTo(400);
    }

    @Test
    void d_missing_body_is_400() {
        assertThat(f.put("/connectors/c/config", "null").status()).isEqualTo(400);
        assertThat(f.post("/connectors", "{\"name\":\"c\"}").status()).isEqualTo(400);
    }

    @Test
    void d_unknown_field_is_400() {
        assertThat(f.post("/connectors", "{\"name\":\"c\",\"config\":" + X + ",\"foo\":1}")
                        .status())
                .isEqualTo(400);
        assertThat(f.post("/connectors", "{\"name\":\"c\",\"config\":" + X + ",\"initial_state\":\"STARTED\"}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void d_missing_class_shows_keys_only() {
        var answer = f.post("/connectors", "{\"name\":\"c\",\"config\":{\"password\":\"secret\",\"name\":\"c\"}}");
        assertThat(answer.toString())
                .isEqualTo(
                        "400 {\"error_code\":400,\"message\":\"Connector config {password, name} contains no connector"
                                + " type\"}");
    }

    @Test
    void d_validate_of_unknown_class_is_400() {
        assertThat(f.put("/connector-plugins/X/config/validate", "{}").status()).isEqualTo(400);
        f.worker.answers(
                500,
                "{\"error_code\":500,\"message\":\"org.apache.kafka.connect.errors.ConnectException: "
                        + "org.apache.kafka.connect.errors.ConnectException: Failed to find\"}");
        assertThat(f.put("/connector-plugins/X/config/validate", X).toString())
                .isEqualTo("400 {\"error_code\":400,\"message\":\"Failed to find\"}");
    }

    @Test
    void d_unknown_class_reads_the_same_again() {
        f.worker.answers(
                500,
                "{\"error_code\":500,\"message\":\"org.apache.kafka.connect.runtime.rest.errors.BadRequestException: "
                        + "org.apache.kafka.connect.errors.ConnectException: Failed to find\"}");
        assertThat(f.put("/connectors/c/config", X).toString())
                .isEqualTo("400 {\"error_code\":400,\"message\":\"Failed to find\"}");
    }

    @Test
    void d_workers_500_about_the_request_is_400() {
        f.worker.answers(500, "{\"error_code\":500,\"message\":\"Instantiation error\"}");
        assertThat(f.get("/connector-plugins/X/config").toString())
                .isEqualTo("400 {\"error_code\":400,\"message\":\"Instantiation error\"}");
        f.worker.answers(500, "{\"error_code\":500,\"message\":\"Not a number of type INT\"}");
        assertThat(f.put("/connectors/c/config", X).toString())
                .isEqualTo("400 {\"error_code\":400,\"message\":\"Not a number of type INT\"}");
        assertThat(f.put("/admin/loggers/a", "{\"level\":\"\"}").toString())
                .isEqualTo("400 {\"error_code\":400,\"message\":\"Illegal null or empty Level name.\"}");
    }

    @Test
    void d_null_value_is_400() {
        var answer = f.put("/connectors/c/config", "{\"connector.class\":\"X\",\"topic\":null}");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.message()).contains("Null value can not be supplied as the configuration value.");
    }

    @Test
    void d_location_is_relative() {
        assertThat(f.put("/connectors/c/config", X).header("Location")).isEqualTo("/connectors/c");
    }

    @Test
    void d_refused_json_is_406() {
        assertThat(f.send("GET", "/connectors", null, "Accept", "application/json;q=0")
                        .status())
                .isEqualTo(406);
    }

    @Test
    void d_get_needs_no_content_type() {
        assertThat(f.send("GET", "/connectors", null, "Content-Type", "text/plain")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void d_any_name_is_addressable() {
        var answer = f.post("/connectors", "{\"name\":\"a/b%\",\"config\":" + X + "}");
        assertThat(answer.header("Location")).isEqualTo("/connectors/a%2Fb%25");
        assertThat(f.get("/connectors/a%2Fb%25").status()).isEqualTo(200);
        assertThat(f.get("/connectors/c;d=1").message()).isEqualTo("Connector c;d=1 not found");
    }

    @Test
    void d_patch_cannot_rename() {
        f.created("c");
        assertThat(f.patch("/connectors/c/config", "{\"name\":\"d\"}").message())
                .isEqualTo("Connector name configuration (d) doesn't match connector name in the URL (c)");
        assertThat(f.patch("/connectors/c/config", "{\"name\":null}").message())
                .contains("Missing required configuration \"name\"");
        assertThat(f.patch("/connectors/c/config", "{\"name\":\"c\"}").status()).isEqualTo(200);
    }

    @Test
    void d_overtaken_patch_is_merged_again() {
        var key = f.created("c");
        f.log.beforeNextCommand(() ->
                f.log.tell(key, new PutConfig(Config.of(Map.of("connector.class", "Y")), ConnectorType.SINK, true)));
        f.patch("/connectors/c/config", "{\"k\":\"v\"}");
        assertThat(f.get("/connectors/c/config").body())
                .isEqualTo("{\"connector.class\":\"Y\",\"k\":\"v\",\"name\":\"c\"}");
    }

    @Test
    void d_identical_put_changes_nothing() {
        f.created("c");
        int events = f.log.events().size();
        assertThat(f.put("/connectors/c/config", X).status()).isEqualTo(200);
        assertThat(f.log.events()).hasSize(events);
    }

    @Test
    void d_absent_worker_defers_validation() {
        f.worker.goesAway();
        var answer = f.put("/connectors/c/config", X);
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.header("Signalbox-Validation")).isEqualTo("deferred");
    }

    @Test
    void d_refused_config_shows_as_failed() {
        var key = f.created("c");
        f.log.tell(key, new ReportRefused(f.log.find(key).orElseThrow().uid(), 1, "w:8083", "no such class"));
        assertThat(f.get("/connectors/c/status").json().path("connector").toString())
                .isEqualTo("{\"state\":\"FAILED\",\"worker_id\":\"w:8083\",\"trace\":\"no such class\"}");
    }

    @Test
    void d_full_quota_is_403() {
        f.put("/signalbox/v1/environments/default/quota", "{\"connectors\":{\"limit\":1}}");
        f.created("c");
        var answer = f.put("/connectors/d/config", X);
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.message())
                .isEqualTo(
                        "Environment default is limited to 1 connector, and has 1. Delete a connector, or have an admin of"
                                + " the environment raise its quota (/signalbox/v1/environments/default/quota)");
        assertThat(f.get("/connectors/d").status()).isEqualTo(404);
    }

    @Test
    void d_slow_restart_is_204_and_pending() {
        f.created("c");
        f.log.operationsEnd(Stage.ACCEPTED);
        var answer = f.post("/connectors/c/restart", null);
        assertThat(answer.toString()).isEqualTo("204 ");
        assertThat(answer.header("Signalbox-Operation")).isEqualTo("pending");
    }

    @Test
    void d_restart_without_status_is_not_enqueued() {
        var key = f.created("c");
        assertThat(f.post("/connectors/c/restart?includeTasks=true", null).status())
                .isEqualTo(404);
        assertThat(f.log.find(key).orElseThrow().operations()).isEmpty();
    }

    @Test
    void d_deleted_is_404_at_once() {
        f.observed(f.created("c"), RunState.RUNNING);
        f.delete("/connectors/c");
        assertThat(f.get("/connectors/c/status").status()).isEqualTo(404);
        assertThat(f.put("/connectors/c/config", X).status()).isEqualTo(201);
    }

    @Test
    void d_unknown_outcome_is_504() {
        f.created("c");
        f.log.breakWith(new OutcomeUnknownException("id-2"));
        assertThat(f.put("/connectors/c/pause", null).status()).isEqualTo(504);
    }

    @Test
    void d_absent_worker_is_503_where_only_it_knows() {
        f.created("c");
        f.worker.goesAway();
        for (String path : List.of(
                "/connectors/c/tasks",
                "/connectors/c/topics",
                "/connector-plugins",
                "/connector-plugins/X/config",
                "/admin/loggers",
                "/admin/loggers/root")) {
            assertThat(f.get(path).status()).as(path).isEqualTo(503);
            assertThat(f.get(path).header("Retry-After")).isEqualTo("1");
        }
        assertThat(f.put("/connectors/c/topics/reset", null).status()).isEqualTo(503);
        assertThat(f.put("/admin/loggers/root", "{\"level\":\"INFO\"}").status())
                .isEqualTo(503);
    }

    @Test
    void d_root_outlives_the_worker() {
        f.worker.goesAway();
        assertThat(f.get("/").body())
                .isEqualTo("{\"version\":\"unknown\",\"commit\":\"unknown\",\"kafka_cluster_id\":\"unknown\"}");
    }

    @Test
    void d_health_is_signalboxs_own() {
        f.worker.goesAway();
        assertThat(f.get("/health").status()).isEqualTo(200);
        f.waitingFor("the stores");
        assertThat(f.get("/health").status()).isEqualTo(503);
    }

    @Test
    void d_unregistered_cluster_is_404() {
        assertThat(f.get("/environments/no/clusters/where/connectors").status()).isEqualTo(404);
        assertThat(f.get("/environments/no/clusters/where").status()).isEqualTo(404);
    }

    @Test
    void d_names_are_sorted() {
        f.created("b");
        f.created("a");
        assertThat(f.get("/connectors").body()).isEqualTo("[\"a\",\"b\"]");
    }

    @Test
    void d_every_error_is_json_with_its_type() throws IOException {
        assertThat(f.get("/nonsense").header("Content-Type")).isEqualTo("application/json");
        assertThat(f.raw("GET /%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .contains("Content-Type: application/json", "{\"error_code\":400");
        assertThat(f.send("PUT", "/connectors", null).header("Allow")).contains("GET", "POST");
    }

    @Test
    void d_idempotency_key_repeats_the_answer() {
        f.send("PUT", "/connectors/c/config", X, "Idempotency-Key", "k");
        var again = f.send("PUT", "/connectors/c/config", X, "Idempotency-Key", "k");
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.header("Signalbox-Command-Id")).isEqualTo("k");
    }

    @Test
    void d_malformed_offsets_are_400() {
        for (String body : List.of("[]", "{\"offsets\":{}}", "{\"offsets\":[123]}", "{\"offsets\":[],\"foo\":1}")) {
            assertThat(f.patch("/connectors/c/offsets", body).status()).as(body).isEqualTo(400);
        }
    }

    @Test
    void d_offsets_outlive_the_worker() {
        var key = f.created("c");
        f.log.tell(key, new ReportOffsets(f.log.find(key).orElseThrow().uid(), "[]"));
        f.worker.goesAway();
        assertThat(f.get("/connectors/c/offsets").toString()).isEqualTo("200 {\"offsets\":[]}");
        assertThat(f.get("/connectors/c/offsets").header("Age")).isNotNull();
    }

    @Test
    void d_offsets_of_a_target_state_stopped_are_waited_for() {
        f.created("c");
        assertThat(f.put("/connectors/c/stop", null).status()).isEqualTo(204);
        f.log.operationsEnd(Stage.FAILED, 409, "Cannot complete request momentarily due to stale configuration");
        var answer = f.delete("/connectors/c/offsets");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isEqualTo("1");
    }

    @Test
    void d_slow_change_of_offsets_is_504() {
        f.created("c");
        f.put("/connectors/c/stop", null);
        f.log.operationsEnd(Stage.ACCEPTED);
        assertThat(f.delete("/connectors/c/offsets").status()).isEqualTo(504);
    }

    @Test
    void d_second_change_of_offsets_meanwhile_is_503() {
        f.created("c");
        f.put("/connectors/c/stop", null);
        f.log.operationsEnd(Stage.ACCEPTED);
        f.delete("/connectors/c/offsets");
        assertThat(f.delete("/connectors/c/offsets").status()).isEqualTo(503);
    }

    @Test
    void d_resume_waits_for_a_change_of_offsets() {
        var key = f.created("c");
        f.put("/connectors/c/stop", null);
        f.log.operationsEnd(Stage.ACCEPTED);
        f.delete("/connectors/c/offsets");
        assertThat(f.put("/connectors/c/resume", null).status()).isEqualTo(202);
        assertThat(f.log.find(key).orElseThrow().targetState()).isEqualTo(TargetState.STOPPED);
        assertThat(f.log.find(key).orElseThrow().wanted()).isEqualTo(TargetState.RUNNING);
    }

    @Test
    void d_create_with_offsets_is_stopped_until_they_are_set() {
        var answer = f.post(
                "/connectors",
                "{\"name\":\"c\",\"config\":" + X + ",\"offsets\":[{\"partition\":{\"a\":1},\"offset\":{\"b\":2}}]}");
        assertThat(answer.status()).isEqualTo(201);
        assertThat(f.log.find(Fixture.LOCAL.connector("c")).orElseThrow().targetState())
                .isEqualTo(TargetState.STOPPED);
    }

    @Test
    void d_secrets_are_masked() {
        f.put("/connectors/c/config", "{\"connector.class\":\"X\",\"my.password\":\"hunter2\"}");
        assertThat(f.get("/connectors/c/config").json().path("my.password").asText())
                .isEqualTo("********");
    }

    @Test
    void d_asterisks_keep_the_secret() {
        f.put("/connectors/c/config", "{\"connector.class\":\"X\",\"my.password\":\"hunter2\"}");
        var before = f.log.find(Fixture.LOCAL.connector("c")).orElseThrow();
        f.put("/connectors/c/config", f.get("/connectors/c/config").body());
        assertThat(f.log.find(before.key()).orElseThrow()).isEqualTo(before);
        assertThat(f.put("/connectors/d/config", "{\"connector.class\":\"X\",\"my.password\":\"********\"}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void d_references_to_stored_secrets_are_resolved_here() {
        String config = "{\"connector.class\":\"X\",\"a\":\"${secretsManager:pg:key}\",\"b\":\"${file:/x:key}\"}";
        assertThat(f.put("/connectors/c/config", config).message()).contains("there is no secret \"pg\"");
        var id = new SecretId("default", "local", "pg");
        f.log.tell(id, new CreateSecret(Fixture.SEALER.seal(id, "{\"key\":\"hunter2\"}"), Map.of()));
        assertThat(f.put("/connectors/c/config", config).status()).isEqualTo(201);
        assertThat(f.worker.asked())
                .anyMatch(asked -> asked.contains("a=hunter2") && asked.contains("b=${file:/x:key}"));
    }

    @Test
    void d_what_looks_sealed_is_400() {
        assertThat(f.put("/connectors/c/config", "{\"connector.class\":\"X\",\"a\":\"sealed:v1:1:AAAA\"}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void d_busy_worker_is_503_and_never_409() {
        f.created("c");
        f.worker.answers(409, "{\"error_code\":409,\"message\":\"rebalance\"}");
        assertThat(f.get("/connectors/c/tasks").status()).isEqualTo(503);
        assertThat(f.get("/connector-plugins").status()).isEqualTo(503);
        assertThat(f.put("/connector-plugins/X/config/validate", X).status()).isEqualTo(503);
    }
}
