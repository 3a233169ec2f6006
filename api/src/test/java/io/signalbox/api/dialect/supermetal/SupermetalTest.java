package io.signalbox.api.dialect.supermetal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.api.command.OutcomeUnknownException;
import io.signalbox.api.http.Fixture;
import io.signalbox.api.http.Fixture.Reply;
import io.signalbox.api.http.Json;
import io.signalbox.api.query.StoreUnavailableException;
import io.signalbox.processor.dataplane.systems.Check;
import io.signalbox.processor.dataplane.systems.SystemException;
import io.signalbox.processor.domain.Command;
import io.signalbox.processor.domain.Command.CreatePipeline;
import io.signalbox.processor.domain.Command.PatchPipeline;
import io.signalbox.processor.domain.Command.ReplacePipeline;
import io.signalbox.processor.domain.Goal;
import io.signalbox.processor.domain.PipelineKey;
import io.signalbox.processor.domain.PipelineState;
import io.signalbox.processor.domain.PipelineStatus;
import io.signalbox.processor.domain.PipelineStatus.Component;
import io.signalbox.processor.domain.PipelineStatus.State;
import io.signalbox.processor.domain.PipelineStatus.Status;
import io.signalbox.processor.domain.PipelineTask;
import io.signalbox.processor.domain.SecretId;
import io.signalbox.processor.secrets.KeySets;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each operation of the API. That each answer is as the OpenAPI document has it, is checked wherever one is asked for. */
class SupermetalTest {

    private static final String ALL = "/api/v1/connectors";
    private static final String ONE = ALL + "/orders";
    private static final String COMMAND = "/api/v1/connector/command/orders";
    private static final String HISTORY = "/api/v1/connector/history/orders";
    private static final String ABSENT = ALL + "/absent";
    private static final String TASKS = "/api/v1/connectors/orders/tasks";
    private static final String ITEMS = "{\"schema\":\"public\",\"name\":\"items\"}";

    private static final String CONNECTION =
            "{\"host\":\"example.com\",\"user\":\"string\",\"password\":\"pa$$word\",\"database\":\"string\"}";
    private static final String SOURCE =
            "{\"postgres\":{\"connection\":" + CONNECTION + ",\"replication_type\":{\"logical_replication\":{}}}}";
    private static final String SINK = "{\"postgres\":{\"connection\":" + CONNECTION + "}}";

    /** Seed 003. */
    private static final String SEED = "{\"id\":\"string\",\"source\":" + SOURCE + ",\"sink\":" + SINK + "}";

    private static final PipelineKey KEY = new PipelineKey("default", "local", "orders");

    private final Fixture f = Fixture.withClusters();

    @AfterEach
    void close() {
        f.close();
    }

    private PipelineState state() {
        return f.log.pipelines().find(KEY).orElseThrow();
    }

    private Reply created() {
        var answer = f.post(ONE, SEED);
        assertThat(answer.status()).isEqualTo(201);
        return answer;
    }

    private static String path(Reply answer) {
        return answer.json().at("/error/path").asText();
    }

    private static JsonNode tree(String json) throws IOException {
        return Json.MAPPER.readTree(json);
    }

    /** As it stands in the seed: an example of a body with everything in it, made from the schema. */
    @Test
    void the_seed_is_answered_in_its_form_without_its_password() throws IOException {
        var answer = f.post(ALL, SEED);
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.body()).doesNotContain("pa$$word");
        JsonNode sample;
        try (var file = SupermetalTest.class.getResourceAsStream("/supermetal/seed-003-response.json")) {
            sample = Json.MAPPER.readTree(file);
        }
        List<String> unlike = new ArrayList<>();
        compare("", answer.json(), sample, unlike);
        assertThat(unlike).isEmpty();
        assertThat(answer.json().at("/connector/source/postgres/connection").toString())
                .isEqualTo("{\"host\":\"example.com\",\"port\":5432,\"user\":\"string\",\"password\":\"***\","
                        + "\"database\":\"string\",\"ssl_mode\":\"Prefer\",\"max_pool_size\":0,"
                        + "\"operation_lock_timeout_seconds\":0}");
        assertThat(answer.json().path("run_id").asText()).matches("[0-9a-f]{8}-[0-9a-f]{4}-7.*");
        assertThat(answer.json().at("/connector/id").asText())
                .matches("[a-z0-9]{20}")
                .isNotEqualTo("string");
        assertThat(f.log.commands().getLast().command()).isInstanceOf(CreatePipeline.class);
    }

    /** Nothing that the sample has not, and all of the same kinds; the sample's unions are empty. */
    private static void compare(String at, JsonNode ours, JsonNode sample, List<String> unlike) {
        if (ours.getNodeType() != sample.getNodeType()) {
            unlike.add(at);
        }
        if (sample.isObject() && !sample.isEmpty()) {
            ours.fieldNames()
                    .forEachRemaining(name -> compare(at + "/" + name, ours.path(name), sample.path(name), unlike));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "\"orders\"", "\"anything at all\""})
    void an_id_is_made_where_the_path_has_none(String id) {
        var answer = f.post(ALL, SEED.replace("\"string\",\"source\"", id + ",\"source\""));
        assertThat(answer.status()).isEqualTo(201);
        String made = answer.json().at("/connector/id").asText();
        assertThat(f.get(ALL + "/" + made).json()).isEqualTo(answer.json());
    }

    @Test
    void the_same_creation_makes_no_second_one() {
        var one = f.send("POST", ALL, SEED, "Idempotency-Key", "k");
        var again = f.send("POST", ALL, SEED, "Idempotency-Key", "k");
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(one.body());
        assertThat(f.get(ALL).json().path("connectors")).hasSize(1);
    }

    @Test
    void the_id_of_the_path_is_that_of_the_connector() {
        var answer = created();
        assertThat(answer.json().at("/connector/id").asText()).isEqualTo("orders");
        assertThat(f.log.commands().getLast().command()).isInstanceOf(ReplacePipeline.class);
        assertThat(state().goal()).isEqualTo(Goal.RUN);
        var again = f.post(ONE, SEED.replace("{\"id\"", "{\"name\":\"Orders\",\"id\""));
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.json().at("/connector/name").asText()).isEqualTo("Orders");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/api/v1/connectors/a.b|400",
                "/api/v1/connectors/a%20b|400",
                "/api/v1/connectors/1234567890123456789012345678901|400",
                "/environments/lab/clusters/none/api/v1/connectors|404",
                "/environments/lab/clusters/none/api/v1/connectors/a|404"
            })
    void what_cannot_be_called_so_is_not_made(String path, int status) {
        assertThat(f.post(path, SEED).status()).isEqualTo(status);
    }

    @Test
    void other_clusters_have_their_own() {
        assertThat(f.post(Fixture.OTHER + ONE, SEED).status()).isEqualTo(201);
        assertThat(f.get(Fixture.OTHER + ALL).json().path("connectors")).hasSize(1);
        assertThat(f.get(ALL).json().path("connectors")).isEmpty();
        var absent = f.get(Fixture.OTHER + ABSENT);
        assertThat(absent.status()).isEqualTo(404);
        assertThat(absent.json().at("/error/code").asText()).isEqualTo("not_found");
        assertThat(f.get(Fixture.OTHER + "/snapshots").json().path("count").asInt())
                .isZero();
    }

    @Test
    void two_ids_whose_slots_have_the_same_name_are_a_conflict() {
        assertThat(f.post(ALL + "/a-b", SEED).status()).isEqualTo(201);
        var answer = f.post(ALL + "/A_b", SEED);
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.message()).contains("supermetal_a_b");
        assertThat(f.post(Fixture.OTHER + ALL + "/a_B", SEED).status()).isEqualTo(409);
        assertThat(f.post(ALL + "/a-b", SEED).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "{|400|",
                "[]|400|",
                "{}|400|/id",
                "{\"id\":\"x\",\"more\":1}|400|/more",
                "{\"id\":\"x\",\"source\":{},\"sink\":{}}|400|/source",
                "{\"id\":\"x\",\"source\":{\"nothing\":{}},\"sink\":{}}|400|/source/nothing",
                "{\"id\":\"x\",\"source\":" + SOURCE
                        + ",\"sink\":{\"webhook\":{\"url\":\"https://x\",\"format\":{\"debezium\":"
                        + "{\"format_config\":{\"value_serde\":{\"json\":{}}}}}}}}|422|/sink/webhook"
            })
    void what_is_wrong_with_a_definition_is_told_with_its_place(String body, int status, String place) {
        for (String path : List.of(ALL, ONE)) {
            var answer = f.post(path, body);
            assertThat(answer.status()).isEqualTo(status);
            assertThat(path(answer))
                    .isEqualTo(place == null ? answer.json().at("/error/path").asText() : place);
        }
        assertThat(f.log.commands()).hasSize(2);
    }

    @Test
    void what_there_is_is_read_by_its_tag() {
        created();
        var answer = f.get(ONE);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("created_at").asText()).endsWith("Z");
        assertThat(f.send("GET", ONE, null, "If-None-Match", answer.header("ETag"))
                        .status())
                .isEqualTo(304);
        assertThat(f.get(ALL).json().at("/connectors/0")).isEqualTo(answer.json());
    }

    @Test
    void what_there_is_not_is_404() {
        for (String path : List.of(
                ABSENT, "/api/v1/connector/history/absent", ABSENT + "/tasks", ABSENT + "/tasks/1", ALL + "/a.b")) {
            assertThat(f.get(path).status()).as(path).isEqualTo(404);
        }
        assertThat(f.patch(ABSENT, "{}").status()).isEqualTo(404);
        assertThat(f.post("/api/v1/connector/command/absent", "{\"command\":\"Stop\"}")
                        .status())
                .isEqualTo(404);
        assertThat(f.post(ONE + "?clone_from=absent", SEED).status()).isEqualTo(404);
        assertThat(f.post("/api/v1/validate/source?connector_id=absent", "{\"source\":" + SOURCE + "}")
                        .status())
                .isEqualTo(404);
        assertThat(f.get("/api/v1/nothing").status()).isEqualTo(404);
        assertThat(f.delete(ONE).status()).isEqualTo(405);
        assertThat(f.put(ONE, SEED).status()).isEqualTo(405);
    }

    // Secrets.

    @Test
    void no_secret_stands_in_the_log_in_clear() {
        created();
        assertThat(state().definition()).doesNotContain("pa$$word").contains("sealed:v1:");
        assertThat(state().plan().source().values().values()).noneMatch(value -> value.contains("pa$$word"));
        assertThat(Fixture.SEALER.open(KEY.source(), state().plan().source()).get("database.password"))
                .isEqualTo("pa$$word");
        assertThat(Fixture.SEALER.open(KEY.sink(), state().plan().sink()).get("connection.password"))
                .isEqualTo("pa$$word");
    }

    @ParameterizedTest
    @ValueSource(strings = {",\"password\":\"pa$$word\"", ",\"password\":\"***\""})
    void a_secret_that_is_left_out_or_masked_is_kept(String given) {
        created();
        long revision = state().revision();
        var answer = f.post(ONE, SEED.replace(",\"password\":\"pa$$word\"", given.contains("pa") ? "" : given));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(state().revision()).isEqualTo(revision);
    }

    @Test
    void a_secret_that_nothing_is_kept_of_is_missing() {
        var masked = f.post(ONE, SEED.replace("pa$$word", "***"));
        assertThat(masked.status()).isEqualTo(400);
        assertThat(path(masked)).isEqualTo("/source/postgres/connection/password");
        var left = f.post(ONE, SEED.replace(",\"password\":\"pa$$word\"", ""));
        assertThat(left.status()).isEqualTo(400);
        assertThat(path(left)).isEqualTo("/source/postgres/connection/password");
    }

    @Test
    void secrets_come_from_another_connector_if_it_is_named() {
        created();
        var answer = f.post(ALL + "/copy?clone_from=orders", SEED.replace(",\"password\":\"pa$$word\"", ""));
        assertThat(answer.status()).isEqualTo(201);
        var key = new PipelineKey("default", "local", "copy");
        var copy = f.log.pipelines().find(key).orElseThrow();
        assertThat(Fixture.SEALER.open(key.source(), copy.plan().source()).get("database.password"))
                .isEqualTo("pa$$word");
    }

    @Test
    void a_sealed_text_is_no_secret_of_a_caller() {
        created();
        String text = state().plan().source().get("database.password");
        var answer = f.post(ONE, SEED.replace("pa$$word", text));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(path(answer)).isEqualTo("/source/postgres/connection/password");
        var patch = f.patch(ONE, "{\"name\":\"" + text + "\"}");
        assertThat(patch.status()).isEqualTo(400);
        assertThat(path(patch)).isEqualTo("/name");
    }

    @Test
    void what_is_sealed_with_a_lost_key_has_to_be_given_anew() {
        created();
        String definition = state().definition();
        try (var other = Fixture.withClusters(KeySets.fresh())) {
            other.log.tell(KEY, new CreatePipeline(definition, state().plan()));
            var kept = other.post(ONE, SEED.replace(",\"password\":\"pa$$word\"", ""));
            assertThat(kept.status()).isEqualTo(503);
            assertThat(kept.message()).contains("key");
            assertThat(other.get(ONE).status()).isEqualTo(200);
            assertThat(other.post(ONE, SEED).status()).isEqualTo(200);
        }
    }

    // Changes.

    @ParameterizedTest
    @ValueSource(
            strings = {"application/merge-patch+json", "application/json", "Application/Merge-Patch+JSON; charset=utf-8"
            })
    void a_change_is_a_merge_patch(String type) {
        created();
        var answer = f.send("PATCH", ONE, "{\"name\":\"Orders\",\"disabled\":true}", "Content-Type", type);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().at("/connector/name").asText()).isEqualTo("Orders");
        assertThat(answer.json()
                        .at("/connector/source/postgres/connection/password")
                        .asText())
                .isEqualTo("***");
        assertThat(f.log.commands().getLast().command()).isInstanceOf(PatchPipeline.class);
        assertThat(state().plan().disabled()).isTrue();
        assertThat(f.patch(ONE, "{\"name\":null}").json().at("/connector").has("name"))
                .isFalse();
    }

    @Test
    void a_change_in_another_form_is_415_and_so_is_a_merge_patch_elsewhere() {
        created();
        assertThat(f.send("PATCH", ONE, "{}", "Content-Type", "text/plain").status())
                .isEqualTo(415);
        assertThat(f.send("POST", ONE, SEED, "Content-Type", "application/merge-patch+json")
                        .status())
                .isEqualTo(415);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "[]|400|",
                "{\"nothing\":1}|400|/nothing",
                "{\"source\":{\"postgres\":{\"replication_type\":{\"snapshot\":{}}}}}|400|/source/postgres/replication_type",
                "{\"source\":{\"postgres\":{\"connection\":{\"password\":null}}}}|400|/source/postgres/connection/password",
                "{\"source\":{\"postgres\":{\"connection\":{\"host\":\"other\"}}}}|409|/source/postgres/connection/host",
                "{\"sink\":{\"postgres\":{\"connection\":{\"port\":1}}}}|409|/sink/postgres/connection/port",
                "{\"sink\":null}|400|/sink",
                "{\"source\":{\"postgres\":{\"system_columns\":{\"lsn\":{}}}}}|422|/source/postgres/system_columns",
                "{\"schedule\":{\"rate\":{\"value\":5}}}|422|/schedule"
            })
    void a_change_that_cannot_be_is_refused(String patch, int status, String place) {
        created();
        long revision = state().revision();
        var answer = f.patch(ONE, patch);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(path(answer)).isEqualTo(place == null ? "" : place);
        assertThat(state().revision()).isEqualTo(revision);
    }

    @Test
    void a_source_changes_how_it_is_replicated_when_the_other_way_is_taken_away() {
        created();
        var answer = f.patch(
                ONE,
                "{\"source\":{\"postgres\":{\"replication_type\":{\"logical_replication\":null,\"snapshot\":{}}}},"
                        + "\"schedule\":{\"rate\":{\"unit\":\"Hour\",\"value\":2}}}");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(state().plan().ends()).isTrue();
        assertThat(state().plan().schedule()).hasToString("rate 120");
    }

    @Test
    void a_password_changes_and_an_optional_one_is_taken_away() {
        created();
        f.patch(ONE, "{\"source\":{\"postgres\":{\"connection\":{\"password\":\"new\"}}}}");
        assertThat(Fixture.SEALER.open(KEY.source(), state().plan().source()).get("database.password"))
                .isEqualTo("new");
        assertThat(Fixture.SEALER.open(KEY.sink(), state().plan().sink()).get("connection.password"))
                .isEqualTo("pa$$word");
        String store =
                "{\"buffer\":{\"object_store\":{\"url\":\"s3://b\",\"root_certificate_pem\":\"pem\",\"options\":["
                        + "{\"name\":\"region\",\"value\":\"north\"},{\"name\":\"secret_access_key\",\"value\":\"s3cret\"}]}}}";
        var shown = f.patch(ONE, store);
        assertThat(shown.status()).isEqualTo(200);
        assertThat(shown.json().at("/connector/buffer/object_store/options").toString())
                .isEqualTo("[{\"name\":\"region\",\"value\":\"north\"}]");
        assertThat(shown.json()
                        .at("/connector/buffer/object_store/root_certificate_pem")
                        .asText())
                .isEqualTo("***");
        // What was shown is written back: nothing changes.
        long revision = state().revision();
        ObjectNode back = (ObjectNode) shown.json().path("connector");
        assertThat(f.post(ONE, back.toString()).status()).isEqualTo(200);
        assertThat(state().revision()).isEqualTo(revision);
        assertThat(f.patch(ONE, "{\"buffer\":{\"object_store\":{\"root_certificate_pem\":null}}}")
                        .json()
                        .at("/connector/buffer/object_store")
                        .has("root_certificate_pem"))
                .isFalse();
        assertThat(state().definition()).contains("secret_access_key").doesNotContain("s3cret");
    }

    @Test
    void a_change_is_made_of_what_is_there_when_it_is_taken() {
        created();
        String other = state().definition().replace("{\"id\":\"orders\"", "{\"id\":\"orders\",\"name\":\"first\"");
        f.log.beforeNextCommand(() -> f.log.tell(KEY, new PatchPipeline(other, state().plan())));
        var answer = f.patch(ONE, "{\"limits\":{\"cdc\":{\"max_buffer_rows\":7}}}");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().at("/connector/name").asText()).isEqualTo("first");
        assertThat(answer.json().at("/connector/limits/cdc/max_buffer_rows").asInt())
                .isEqualTo(7);
    }

    @Test
    void conditions_hold_or_nothing_is_done() {
        var tag = created().header("ETag");
        assertThat(f.send("POST", ONE, SEED, "If-None-Match", "*").status()).isEqualTo(412);
        assertThat(f.send("PATCH", ONE, "{\"name\":\"x\"}", "If-Match", "\"99\"")
                        .status())
                .isEqualTo(412);
        assertThat(f.send("PATCH", ONE, "{\"name\":\"x\"}", "If-Match", tag).status())
                .isEqualTo(200);
        assertThat(f.send("PATCH", ONE, "{\"name\":\"y\"}", "If-Match", tag).status())
                .isEqualTo(412);
        assertThat(f.send("POST", ALL + "/new", SEED, "If-Match", "*").status()).isEqualTo(412);
        assertThat(f.send("POST", ALL + "/new", SEED, "If-None-Match", "*").status())
                .isEqualTo(201);
    }

    // Commands.

    @Test
    void commands_are_taken_and_done_afterwards() {
        created();
        String run = state().run().id();
        assertThat(command("Stop")).isEqualTo(202);
        assertThat(state().goal()).isEqualTo(Goal.STOP);
        assertThat(command("Stop")).isEqualTo(202);
        assertThat(command("Start")).isEqualTo(202);
        assertThat(state().goal()).isEqualTo(Goal.RUN);
        assertThat(state().run().id()).isGreaterThan(run);
        run = state().run().id();
        assertThat(command("Restart")).isEqualTo(202);
        assertThat(state().run().id()).isGreaterThan(run);
        assertThat(command("ReIntialize")).isEqualTo(202);
        assertThat(state().run().reset()).isTrue();
        assertThat(command("Delete")).isEqualTo(202);
        assertThat(state().goal()).isEqualTo(Goal.DELETE);
        assertThat(f.get(ONE).status()).isEqualTo(200);
        assertThat(command("Start")).isEqualTo(409);
        assertThat(f.patch(ONE, "{\"name\":\"x\"}").status()).isEqualTo(409);
        assertThat(command("ForceDelete")).isEqualTo(202);
        assertThat(state().goal()).isEqualTo(Goal.FORCE_DELETE);
        f.log.tell(KEY, new Command.ReportPipelineRemoved(state().uid(), List.of()));
        assertThat(f.get(ONE).status()).isEqualTo(404);
        assertThat(command("Delete")).isEqualTo(404);
    }

    private int command(String word) {
        return f.post(COMMAND, "{\"command\":\"" + word + "\"}").status();
    }

    @Test
    void what_is_disabled_does_not_start() {
        f.post(ONE, SEED.replace("{\"id\"", "{\"disabled\":true,\"id\""));
        assertThat(f.get(ONE).json().has("run_id")).isFalse();
        assertThat(command("Start")).isEqualTo(409);
        assertThat(f.patch(ONE, "{\"disabled\":false}").json().has("run_id")).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "{}|/command",
                "{\"command\":\"ReInitialize\"}|/command",
                "{\"command\":\"start\"}|/command",
                "{\"command\":\"Start\",\"more\":1}|/more",
                "5|"
            })
    void a_command_that_is_none_is_400(String body, String place) {
        created();
        var answer = f.post(COMMAND, body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(path(answer)).isEqualTo(place == null ? "" : place);
    }

    // Status and history.

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "INITIALIZE|START|^^|{\"state\":{\"initialize\":{}},\"status\":{\"start\":{}}}",
                "SNAPSHOT|HEARTBEAT|^^|{\"state\":{\"snapshot\":{}},\"status\":{\"heartbeat\":{}}}",
                "REALTIME|RETRY|why|{\"state\":{\"realtime\":{}},\"status\":{\"retry\":{\"attempt\":3,\"reason\":\"why\"}}}",
                "REALTIME|WARNING|why|{\"state\":{\"realtime\":{}},\"status\":{\"warning\":{\"reason\":\"why\"}}}",
                "SNAPSHOT|FAILED|why|{\"state\":{\"snapshot\":{}},\"status\":{\"failed\":{\"reason\":\"why\"}}}",
                "SNAPSHOT|SKIPPED|why|{\"state\":{\"snapshot\":{}},\"status\":{\"skipped\":{\"reason\":\"why\"}}}",
                "COMPLETE|COMPLETE|^^|{\"state\":{\"complete\":{}},\"status\":{\"complete\":{}}}"
            })
    void a_status_is_two_objects_with_one_field(State state, Status status, String reason, String json)
            throws IOException {
        created();
        report(state, status, reason.isEmpty() ? null : reason, status == Status.RETRY ? 3 : null);
        assertThat(f.get(ONE).json().path("status")).isEqualTo(tree(json));
    }

    private void report(State state, Status status, String reason, Integer attempt) {
        f.log.tell(
                KEY,
                new Command.ReportPipelineStatus(
                        state().uid(),
                        state().run().id(),
                        new PipelineStatus(state, status, reason, Component.TARGET, attempt, null)));
    }

    @Test
    void the_history_has_the_oldest_first_and_snapshots_are_counted() throws IOException {
        created();
        report(State.INITIALIZE, Status.START, null, null);
        report(State.SNAPSHOT, Status.HEARTBEAT, null, null);
        JsonNode history = f.get(HISTORY).json();
        assertThat(history.findValuesAsText("component")).last().isEqualTo("Target");
        assertThat(history.get(history.size() - 1).path("status"))
                .isEqualTo(tree("{\"state\":{\"snapshot\":{}},\"status\":{\"heartbeat\":{}}}"));
        assertThat(history.get(history.size() - 2).at("/status/state").has("initialize"))
                .isTrue();
        assertThat(history).allSatisfy(moment -> {
            assertThat(moment.path("connector_id").asText()).isEqualTo("orders");
            assertThat(moment.path("run_id").asText()).isEqualTo(state().run().id());
        });
        assertThat(f.get("/snapshots").json()).isEqualTo(tree("{\"active\":true,\"count\":1,\"throttled\":false}"));
        report(State.REALTIME, Status.HEARTBEAT, null, null);
        assertThat(f.get("/snapshots").json()).isEqualTo(tree("{\"active\":false,\"count\":0,\"throttled\":false}"));
    }

    // Trials.

    @Test
    void a_definition_is_shown_as_it_would_be_and_nothing_comes_of_it() {
        var answer = f.post(
                "/api/v1/debug/connector",
                SEED.replace("{\"id\"", "{\"buffer\":{\"object_store\":{\"url\":\"s3://b\"}},\"id\""));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).doesNotContain("pa$$word");
        assertThat(answer.json().at("/source/postgres/connection/port").asInt()).isEqualTo(5432);
        assertThat(answer.json().at("/signalbox/source/slot.name").asText()).isEqualTo("supermetal_string");
        assertThat(answer.json().at("/signalbox/source/database.password").asText())
                .isEqualTo("***");
        assertThat(answer.json().at("/signalbox/sink/connector.class").asText())
                .isEqualTo("io.debezium.connector.jdbc.JdbcSinkConnector");
        assertThat(answer.json().at("/signalbox/gaps").findValuesAsText("path")).containsExactly("/buffer");
        assertThat(f.log.pipelines().list()).isEmpty();
        assertThat(f.post("/api/v1/debug/connector", SEED.replace("\"string\",\"source\"", "\"a b\",\"source\""))
                        .status())
                .isEqualTo(400);
        assertThat(f.post(
                                "/api/v1/debug/connector",
                                SEED.replace("{\"logical_replication\":{}}", "{\"query_based\":{}}"))
                        .status())
                .isEqualTo(422);
    }

    @Test
    void a_definition_that_was_read_can_be_tried_with_the_secrets_that_are_kept() {
        var shown = created().json().path("connector").toString();
        assertThat(f.post("/api/v1/debug/connector", shown).status()).isEqualTo(200);
        var other = f.post("/api/v1/debug/connector", shown.replace("\"orders\"", "\"other\""));
        assertThat(other.status()).isEqualTo(400);
    }

    @Test
    void a_catalog_is_what_the_database_has() throws IOException {
        var answer = f.post("/api/v1/catalog/source", "{\"source\":" + SOURCE + "}");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json())
                .isEqualTo(
                        tree(
                                "{\"name\":\"shop\",\"default_action\":\"Include\",\"schemas\":[{\"name\":\"public\",\"action\":"
                                        + "\"Include\",\"tables\":[{\"name\":\"orders\",\"action\":\"Include\",\"columns\":["
                                        + "{\"name\":\"id\",\"action\":\"Include\",\"data_type\":\"integer\",\"nullable\":false,"
                                        + "\"primary_key\":true,\"supported\":true},{\"name\":\"note\",\"action\":\"Include\","
                                        + "\"data_type\":\"text\",\"nullable\":true,\"primary_key\":false,\"supported\":true}]}]}]}"));
        assertThat(f.databases.asked().getLast().get("database.password")).isEqualTo("pa$$word");
    }

    @Test
    void a_catalog_that_cannot_be_had_is_422_or_503() {
        String given = "{\"source\":" + SOURCE + "}";
        assertThat(f.post("/api/v1/catalog/source", "{\"source\":" + SOURCE + ",\"more\":1}")
                        .status())
                .isEqualTo(400);
        assertThat(f.post("/api/v1/catalog/source", "{}").status()).isEqualTo(400);
        assertThat(f.post(
                                "/api/v1/catalog/source",
                                given.replace("{\"logical_replication\":{}}", "{\"query_based\":{}}"))
                        .status())
                .isEqualTo(422);
        assertThat(f.databases.asked()).isEmpty();
        f.databases.fail(SystemException.Kind.REFUSED, "the password is wrong");
        var refused = f.post("/api/v1/catalog/source", given);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.message()).contains("the password is wrong");
        f.databases.fail(SystemException.Kind.UNREACHABLE, "nobody there");
        assertThat(f.post("/api/v1/catalog/source", given).status()).isEqualTo(503);
    }

    @Test
    void what_would_do_is_a_success() throws IOException {
        assertThat(f.post("/api/v1/validate/source", "{\"source\":" + SOURCE + "}")
                        .json())
                .isEqualTo(tree(
                        "[{\"start\":{}},{\"test\":{\"id\":\"1\",\"timestamp\":\"2026-01-01T00:00:00Z\",\"status\":"
                                + "{\"Success\":{}},\"test_type\":{\"Connection\":{}}}},{\"test\":{\"id\":\"2\",\"timestamp\":"
                                + "\"2026-01-01T00:00:00Z\",\"status\":{\"Success\":{}},\"test_type\":{\"Config\":{\"name\":\"io.debezium.connector.postgresql.PostgresConnector\",\"description\":\"The"
                                + " plugin on a worker\",\"suggestions\":[]}}}},{\"success\":{}}]"));
        f.databases.answer(new Check.Test.ServerInfo("18.6"), new Check.Result.Success());
        assertThat(f.post("/api/v1/validate/sink", "{\"sink\":" + SINK + "}")
                        .json()
                        .at("/1/test/test_type/ServerInfo/version")
                        .asText())
                .isEqualTo("18.6");
        assertThat(f.databases.asked().getLast().get("connection.url"))
                .isEqualTo("jdbc:postgresql://example.com:5432/string?sslmode=prefer");
    }

    @Test
    void the_plugin_on_a_worker_has_a_say() {
        f.worker.answers(
                200,
                "{\"error_count\":1,\"configs\":[{\"definition\":{\"name\":\"database.hostname\"},\"value\":"
                        + "{\"name\":\"database.hostname\",\"errors\":[\"no login with pa$$word\"]}}]}");
        var refused = f.post("/api/v1/validate/source", "{\"source\":" + SOURCE + "}");
        assertThat(refused.json().at("/2/test/status/Failed/reason").asText()).startsWith("no login with ");
        assertThat(refused.body()).doesNotContain("pa$$word");
        assertThat(refused.json().at("/3").has("failed")).isTrue();
        f.worker.answers(500, "{\"error_code\":500,\"message\":\"Failed to find any class\"}");
        assertThat(f.post("/api/v1/validate/sink", "{\"sink\":" + SINK + "}")
                        .json()
                        .at("/2/test/status/Failed/reason")
                        .asText())
                .contains("Failed to find any class");
        f.worker.goesAway();
        var away = f.post("/api/v1/validate/sink", "{\"sink\":" + SINK + "}").json();
        assertThat(away.at("/2/test/status").has("Skipped")).isTrue();
        assertThat(away.at("/3").has("success")).isTrue();
    }

    @Test
    void what_would_not_do_is_an_answer_too() throws IOException {
        f.databases.answer(
                new Check.Test.Permission("replication", "To follow changes", List.of("ALTER ROLE x REPLICATION")),
                new Check.Result.Failed("may not"));
        JsonNode events =
                f.post("/api/v1/validate/source", "{\"source\":" + SOURCE + "}").json();
        assertThat(events.at("/1/test/status")).isEqualTo(tree("{\"Failed\":{\"reason\":\"may not\"}}"));
        assertThat(events.at("/1/test/commands/0").asText()).isEqualTo("ALTER ROLE x REPLICATION");
        assertThat(events.at("/1/test/test_type/Permission/name").asText()).isEqualTo("replication");
        assertThat(events.at("/2")).isEqualTo(tree("{\"failed\":{\"reason\":\"may not\"}}"));
        f.databases.fail(SystemException.Kind.REFUSED, "no driver");
        assertThat(f.post("/api/v1/validate/sink", "{\"sink\":" + SINK + "}")
                        .json()
                        .at("/2/failed/reason")
                        .asText())
                .isEqualTo("no driver");
    }

    @Test
    void what_is_not_applied_is_told_when_it_is_tried() throws IOException {
        JsonNode buffer = f.post("/api/v1/validate/buffer", "{\"buffer\":{\"object_store\":{\"url\":\"s3://b\"}}}")
                .json();
        assertThat(buffer.at("/1/test/status")).isEqualTo(tree("{\"Warn\":{}}"));
        assertThat(buffer.at("/1/test/message").asText()).contains("Kafka's topics are the buffer");
        assertThat(buffer.at("/1/test/test_type/Config/name").asText()).isEqualTo("/buffer");
        assertThat(buffer.at("/2").has("success")).isTrue();
        JsonNode refused = f.post(
                        "/api/v1/validate/source",
                        "{\"source\":" + SOURCE.replace("{\"logical_replication\":{}}", "{\"query_based\":{}}") + "}")
                .json();
        assertThat(refused.at("/1/test/status/Failed/reason").asText()).contains("xmin");
        assertThat(refused.at("/2").has("failed")).isTrue();
        JsonNode together = f.post(
                        "/api/v1/validate/source",
                        "{\"source\":"
                                + SOURCE.replace("{\"logical_replication\":{}}", "{\"snapshot\":{}}")
                                        .replace("{\"connection\"", "{\"partitions_as_root\":true,\"connection\"")
                                + "}")
                .json();
        assertThat(together.at("/1/test/test_type/Config/name").asText())
                .isEqualTo("/source/postgres/partitions_as_root");
        assertThat(f.databases.asked()).isEmpty();
    }

    @Test
    void a_kafka_that_is_not_the_workers_own_would_not_do() {
        String sink = "{\"sink\":{\"kafka\":{\"connection\":{\"brokers\":[\"BROKER\"]},\"topic_options\":{},\"format\":"
                + "{\"debezium\":{\"format_config\":{\"value_serde\":{\"json\":{}}}}}}}}";
        assertThat(f.post("/api/v1/validate/sink", sink.replace("BROKER", "kafka:9092"))
                        .json()
                        .at("/1")
                        .has("success"))
                .isTrue();
        assertThat(f.post("/api/v1/validate/sink", sink.replace("BROKER", "x:1"))
                        .json()
                        .at("/2")
                        .has("failed"))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"source", "sink", "buffer"})
    void what_is_of_the_wrong_form_is_400_when_it_is_tried(String what) {
        for (String body : List.of("[]", "{}", "{\"other\":1}", "{\"" + what + "\":{}}", "{\"" + what + "\":5}")) {
            assertThat(f.post("/api/v1/validate/" + what, body).status())
                    .as(body)
                    .isEqualTo(400);
        }
    }

    @Test
    void what_is_tried_can_have_the_secrets_that_are_kept() {
        created();
        var answer = f.post(
                "/api/v1/validate/sink?connector_id=orders",
                "{\"sink\":" + SINK.replace(",\"password\":\"pa$$word\"", "") + "}");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(f.databases.asked().getLast().get("connection.password")).isEqualTo("pa$$word");
        assertThat(answer.body()).doesNotContain("pa$$word");
    }

    @Test
    void what_is_tried_refers_to_stored_secrets_and_their_values_are_not_shown() {
        String given = "{\"source\":"
                + SOURCE.replace("pa$$word", "${secretsManager:db:password}")
                        .replace("\"user\":\"string\"", "\"user\":\"${secretsManager:db:user}\"")
                + "}";
        var missing = f.post("/api/v1/catalog/source", given);
        assertThat(missing.status()).isEqualTo(422);
        assertThat(missing.message()).contains("there is no secret \"db\"");
        assertThat(f.post("/api/v1/validate/source", given)
                        .json()
                        .at("/2/failed/reason")
                        .asText())
                .contains("there is no secret \"db\"");
        assertThat(f.databases.asked()).isEmpty();

        var id = SecretId.of(Fixture.LOCAL, "db");
        f.log.tell(
                id,
                new Command.CreateSecret(
                        Fixture.SEALER.seal(id, "{\"user\":\"reader-1\",\"password\":\"hunter-22\"}"), Map.of()));
        assertThat(f.post("/api/v1/catalog/source", given).status()).isEqualTo(200);
        assertThat(f.databases.asked().getLast().get("database.user")).isEqualTo("reader-1");
        assertThat(f.databases.asked().getLast().get("database.password")).isEqualTo("hunter-22");

        f.databases.answer(
                new Check.Test.Permission("replication", "To follow", List.of("ALTER ROLE reader-1 REPLICATION")),
                new Check.Result.Failed("reader-1 may not"));
        var checked = f.post("/api/v1/validate/source", given);
        assertThat(checked.json().at("/1/test/commands/0").asText()).isEqualTo("ALTER ROLE ******** REPLICATION");
        assertThat(checked.body()).contains("******** may not").doesNotContain("reader-1");
        f.databases.fail(SystemException.Kind.REFUSED, "no reader-1 with hunter-22");
        assertThat(f.post("/api/v1/catalog/source", given).message()).endsWith("no ******** with ********");
        assertThat(f.post("/api/v1/validate/source", given).body()).contains("no ******** with ********");
    }

    @Test
    void ssh_keys_are_new_each_time() {
        var one = f.send("POST", "/api/v1/ssh-keys", null);
        assertThat(one.status()).isEqualTo(200);
        assertThat(one.json().path("public_key").asText()).startsWith("ssh-ed25519 ");
        assertThat(f.send("POST", "/api/v1/ssh-keys", null).body()).isNotEqualTo(one.body());
        assertThat(f.log.commands()).hasSize(2);
    }

    private Reply asked(String snapshot) {
        return f.post(TASKS, "{\"Snapshot\":" + snapshot + "}");
    }

    private void reported(String task, long attempt, PipelineTask.State state, String reason, Long retryAfterMs) {
        f.log.tell(KEY, new Command.ReportPipelineTask(state().uid(), task, attempt, state, reason, retryAfterMs));
    }

    @Test
    void a_task_is_answered_at_once_and_the_same_one_for_the_same_wish() throws IOException {
        created();
        assertThat(f.get(TASKS).body()).isEqualTo("[]");
        var answer = asked(ITEMS);
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.json().path("id").asText()).matches("[0-9a-f]{8}-[0-9a-f]{4}-7.*");
        assertThat(Instant.parse(answer.json().path("created_at").asText())).isNotNull();
        assertThat(answer.json().path("spec")).isEqualTo(tree("{\"Snapshot\":" + ITEMS + "}"));
        assertThat(answer.json().path("state").asText()).isEqualTo("Pending");
        assertThat(answer.json().path("attempt").asLong()).isZero();
        assertThat(answer.json().has("reason")).isFalse();
        assertThat(asked(ITEMS).json()).isEqualTo(answer.json());
        var other = asked("{\"schema\":\"public\",\"name\":\"other\",\"database\":\"string\",\"truncate\":false}");
        assertThat(other.json().at("/spec/Snapshot/database").asText()).isEqualTo("string");
        assertThat(f.get(TASKS).json()).as("newest first").containsExactly(other.json(), answer.json());
        assertThat(f.get(TASKS + "/" + answer.json().path("id").asText()).json())
                .isEqualTo(answer.json());
        assertThat(f.log.commands().getLast().command()).isInstanceOf(Command.CreatePipelineTask.class);
    }

    @Test
    void a_task_tells_how_far_it_is() {
        created();
        String id = asked(ITEMS).json().path("id").asText();
        reported(id, 1, PipelineTask.State.FAILED, "away", 1_000L);
        var waits = f.get(TASKS + "/" + id).json();
        assertThat(waits.path("state").asText()).isEqualTo("Pending");
        assertThat(waits.path("attempt").asLong()).isEqualTo(1);
        assertThat(Instant.parse(waits.path("next_attempt_at").asText())).isNotNull();
        assertThat(waits.path("reason").asText()).isEqualTo("away");
        var retried = f.send("POST", TASKS + "/" + id + "/retry", null);
        assertThat(retried.status()).isEqualTo(200);
        assertThat(retried.json().has("next_attempt_at")).isFalse();
        reported(id, 2, PipelineTask.State.RUNNING, null, null);
        assertThat(f.get(TASKS + "/" + id).json().path("state").asText()).isEqualTo("Running");
        for (String what : List.of("cancel", "retry")) {
            var refused = f.send("POST", TASKS + "/" + id + "/" + what, null);
            assertThat(refused.status()).isEqualTo(409);
            assertThat(refused.message()).contains("is running", "only one that is pending");
        }
        reported(id, 2, PipelineTask.State.DONE, null, null);
        assertThat(f.get(TASKS + "/" + id).json().path("state").asText()).isEqualTo("Done");
        assertThat(f.get(TASKS + "/" + id).json().has("reason")).isFalse();
    }

    @Test
    void a_task_that_waits_is_cancelled_once() {
        created();
        String id = asked(ITEMS).json().path("id").asText();
        var cancelled = f.send("POST", TASKS + "/" + id + "/cancel", null);
        assertThat(cancelled.status()).isEqualTo(200);
        assertThat(cancelled.json().path("state").asText()).isEqualTo("Cancelled");
        assertThat(f.send("POST", TASKS + "/" + id + "/cancel", null).status()).isEqualTo(409);
        assertThat(asked(ITEMS).json().path("id").asText()).isNotEqualTo(id);
    }

    @Test
    void what_a_task_cannot_be_is_refused_with_its_place() {
        created();
        assertThat(f.post(TASKS, "{\"Snapshot\":{\"schema\":\"s\"}}").status()).isEqualTo(400);
        assertThat(f.post(TASKS, "{\"Copy\":{}}").status()).isEqualTo(400);
        for (String field : List.of("force_parallel", "truncate")) {
            var refused = asked("{\"schema\":\"public\",\"name\":\"items\",\"" + field + "\":true}");
            assertThat(refused.status()).isEqualTo(422);
            assertThat(path(refused)).isEqualTo("/Snapshot/" + field);
        }
        var elsewhere = asked("{\"schema\":\"public\",\"name\":\"items\",\"database\":\"other\"}");
        assertThat(elsewhere.status()).isEqualTo(422);
        assertThat(path(elsewhere)).isEqualTo("/Snapshot/database");
        for (String what : List.of("", "/cancel", "/retry")) {
            var none = what.isEmpty() ? f.get(TASKS + "/1") : f.send("POST", TASKS + "/1" + what, null);
            assertThat(none.status()).isEqualTo(404);
            assertThat(none.message()).isEqualTo("Connector orders has no task 1");
        }
        assertThat(state().tasks()).isEmpty();
    }

    @Test
    void a_connector_that_copies_all_or_is_disabled_or_leaves_has_no_tasks() {
        String copies = SOURCE.replace("logical_replication", "snapshot");
        f.post(ALL + "/copies", "{\"id\":\"\",\"source\":" + copies + ",\"sink\":" + SINK + "}");
        var ends = f.post(ALL + "/copies/tasks", "{\"Snapshot\":" + ITEMS + "}");
        assertThat(ends.status()).isEqualTo(422);
        assertThat(ends.message()).contains("with each run");
        String mysql = "{\"mysql\":{\"connection\":" + CONNECTION + "}}";
        assertThat(f.post(ALL + "/my", "{\"id\":\"\",\"source\":" + mysql + ",\"sink\":" + SINK + "}")
                        .status())
                .isEqualTo(201);
        var other = f.post(ALL + "/my/tasks", "{\"Snapshot\":" + ITEMS + "}");
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.message()).contains("only those of PostgreSQL", "ReIntialize");
        f.post(ONE, SEED.replace("{\"id\"", "{\"disabled\":true,\"id\""));
        assertThat(asked(ITEMS).status()).isEqualTo(409);
        f.post(COMMAND, "{\"command\":\"Delete\"}");
        assertThat(asked(ITEMS).status()).isEqualTo(409);
        assertThat(f.post(ABSENT + "/tasks", "{\"Snapshot\":" + ITEMS + "}").status())
                .isEqualTo(404);
    }

    @Test
    void a_hundred_tasks_are_enough() {
        created();
        for (int i = 0; i < PipelineState.TASKS; i++) {
            assertThat(asked("{\"schema\":\"public\",\"name\":\"t" + i + "\"}").status())
                    .isEqualTo(202);
        }
        var more = asked(ITEMS);
        assertThat(more.status()).isEqualTo(409);
        assertThat(more.message()).startsWith("Connector orders has 100 tasks to do");
    }

    // Trouble.

    @Test
    void what_the_log_is_not_known_to_have_taken_is_504_and_what_cannot_be_read_503() {
        created();
        f.log.beforeNextCommand(() -> {
            throw new OutcomeUnknownException("id-1");
        });
        var unknown = f.post(COMMAND, "{\"command\":\"Stop\"}");
        assertThat(unknown.status()).isEqualTo(504);
        assertThat(unknown.json().at("/error/code").asText()).isEqualTo("unknown");
        f.log.breakWith(new StoreUnavailableException("moving", null));
        assertThat(f.get(ALL).status()).isEqualTo(503);
        assertThat(f.get(ALL).header("Retry-After")).isEqualTo("1");
    }

    @Test
    void events_of_a_pipeline_bear_the_dialect() {
        created();
        assertThat(f.log.events())
                .last()
                .satisfies(event -> assertThat(event.origin().dialect()).isEqualTo("supermetal"));
    }
}
