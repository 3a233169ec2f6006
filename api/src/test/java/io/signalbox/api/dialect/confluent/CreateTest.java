package io.signalbox.api.dialect.confluent;

import static io.signalbox.api.dialect.confluent.Cloud.MASK;
import static io.signalbox.api.dialect.confluent.Cloud.creation;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.api.command.CommandNotSentException;
import io.signalbox.api.http.Fixture;
import io.signalbox.api.http.ScriptedDataPlane;
import io.signalbox.processor.domain.Command.CreateConnector;
import io.signalbox.processor.domain.Sealed;
import io.signalbox.processor.domain.TargetState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CreateTest {

    private final Cloud cloud = new Cloud();

    @AfterEach
    void close() {
        cloud.close();
    }

    @Test
    void it_is_the_same_command_and_the_event_says_by_which_api() {
        var answer = cloud.post("/connectors", creation("c", "DatagenSource", "quickstart", "ORDERS"));
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.header("Location")).isEqualTo(Cloud.BASE + "/connectors/c");
        var body = answer.json();
        assertThat(body.path("name").asText()).isEqualTo("c");
        assertThat(body.path("type").asText()).isEqualTo("source");
        assertThat(body.path("tasks").isEmpty()).isTrue();
        assertThat(body.path("offsets").isArray()).isTrue();
        assertThat(body.at("/config/connector.class").asText()).isEqualTo("DatagenSource");
        assertThat(body.at("/config/kafka.api.secret").asText()).isEqualTo(MASK);
        var stored = cloud.state(Fixture.LOCAL.connector("c"));
        assertThat(stored.config().values())
                .containsEntry("connector.class", Cloud.DATAGEN)
                .containsEntry("quickstart", "ORDERS")
                .doesNotContainKeys("cloud.provider", "kafka.api.secret");
        assertThat(stored.targetState()).isEqualTo(TargetState.RUNNING);
        assertThat(cloud.f.log.events().getLast().origin().dialect()).isEqualTo("confluent");
        assertThat(cloud.f.worker.asked())
                .anyMatch(asked -> asked.startsWith("validate default/local DatagenConnector")
                        && asked.contains("connector.class=" + Cloud.DATAGEN));
    }

    @Test
    void offsets_may_be_absent_null_or_none() {
        for (String none : new String[] {"", ",\"offsets\":null", ",\"offsets\":[]"}) {
            var answer = cloud.post(
                    "/connectors",
                    "{\"name\":\"c" + none.length() + "\",\"config\":{\"connector.class\":\"DatagenSource\"}" + none
                            + "}");
            assertThat(answer.status()).isEqualTo(201);
            assertThat(answer.json().path("offsets").isEmpty()).isTrue();
            var command = (CreateConnector) cloud.f.log.commands().getLast().command();
            assertThat(command.offsets()).isNull();
        }
    }

    @Test
    void what_is_not_known_is_ignored_and_scalars_are_texts() {
        var answer = cloud.post(
                "/connectors?foo=bar",
                "{\"name\":\"c\",\"initial_state\":\"STOPPED\",\"more\":{\"a\":[1]},"
                        + "\"config\":{\"connector.class\":\"DatagenSource\",\"tasks.max\":1,\"flag\":true}}");
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.json().at("/config/tasks.max").textValue()).isEqualTo("1");
        assertThat(answer.json().at("/config/flag").textValue()).isEqualTo("true");
        assertThat(cloud.state(Fixture.LOCAL.connector("c")).targetState()).isEqualTo(TargetState.RUNNING);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[]|The body must be an object",
                "{}|\"name\" is required",
                "{\"name\":\" \",\"config\":{}}|\"name\" is required",
                "{\"name\":\"c\"}|\"config\" is required",
                "{\"name\":\"c\",\"config\":null}|\"config\" is required",
                "{\"name\":\"c\",\"config\":[]}|from an array",
                "{\"name\":\"c\",\"config\":{\"a\":{}}}|from an object",
                "{\"name\":\"c\",\"config\":{}}|\"connector.class\" is required",
                "{\"name\":\"c\",\"config\":{\"connector.class\":\"\"}}|\"connector.class\" is required",
                "{\"name\":\"c\",\"config\":{\"confluent.connector.type\":\"CUSTOM\",\"connector.class\":\"x\"}}|\"confluent.custom.plugin.id\" is required",
                "{\"name\":\"c\",\"config\":{\"name\":\"d\",\"connector.class\":\"DatagenSource\"}}|doesn't match",
                "{\"name\":\"c\",\"config\":{\"connector.class\":\"DatagenSource\",\"a\":null}}|Null value",
                "{\"name\":\"c\",\"config\":{\"connector.class\":\"DatagenSource\"},\"offsets\":{}}|must be a list",
                "{\"name\":\"a\\u0001b\",\"config\":{\"connector.class\":\"NoSuch\"}}|control sequences",
                "{\"name\":\"c|no JSON"
            })
    void what_is_wrong_is_400_and_nothing_happens(String body, String message) {
        var answer = cloud.post("/connectors", body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.message()).contains(message);
        assertThat(answer.json().at("/error/message").asText()).isEqualTo(answer.message());
        assertThat(cloud.f.log.commands()).noneMatch(sent -> sent.command() instanceof CreateConnector);
    }

    @Test
    void what_the_worker_finds_wrong_is_400_in_its_words() {
        cloud.f.worker.answers(
                200,
                ScriptedDataPlane.SOURCE
                        .replace("\"error_count\":0", "\"error_count\":1")
                        .replace("\"errors\":[]", "\"errors\":[\"Missing quickstart\"]"));
        var answer = cloud.post("/connectors", creation("c", "DatagenSource"));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.message()).contains("contains the following 1 error(s)", "Missing quickstart");
    }

    @ParameterizedTest
    @ValueSource(strings = {"NoSuchSink", "com.example.Nothing", "BigQuerySink", "datagensource"})
    void a_class_that_the_workers_do_not_have_is_an_error_and_no_connector(String type) {
        var answer = cloud.post("/connectors", creation("c", type));
        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.json().path("error_code").asInt()).isEqualTo(500);
        assertThat(answer.message())
                .startsWith("Failed to find any class that implements Connector and which name matches ");
        assertThat(cloud.f.log.commands()).noneMatch(sent -> sent.command() instanceof CreateConnector);
    }

    @Test
    void a_managed_class_without_its_plugin_says_which_plugin_it_needs() {
        assertThat(cloud.post("/connectors", creation("c", "BigQuerySink")).message())
                .endsWith(
                        "matches com.wepay.kafka.connect.bigquery.BigQuerySinkConnector, which BigQuerySink stands for"
                                + " here: install that plugin on every worker");
        assertThat(cloud.post("/connectors", creation("c", "Nothing")).message())
                .contains("no line of the table", "confluent.classes.file");
    }

    @Test
    void the_name_of_a_connector_is_free_once_only() {
        cloud.created("c");
        var answer = cloud.post("/connectors", creation("c", "DatagenSource"));
        assertThat(answer.toString())
                .isEqualTo("409 {\"error_code\":409,\"message\":\"Connector c already exists\","
                        + "\"error\":{\"code\":409,\"message\":\"Connector c already exists\"}}");
    }

    @Test
    void whoever_asks_again_with_the_same_key_gets_the_same_answer() {
        String body = creation("c", "DatagenSource");
        var first = cloud.f.send("POST", Cloud.BASE + "/connectors", body, "Idempotency-Key", "k");
        var again = cloud.f.send("POST", Cloud.BASE + "/connectors", body, "Idempotency-Key", "k");
        assertThat(again.toString()).isEqualTo(first.toString());
    }

    @Test
    void a_secret_is_sealed_and_shown_as_sixteen_asterisks() {
        var answer = cloud.post("/connectors", creation("c", "DatagenSource", "db.password", "hunter2"));
        assertThat(answer.json().at("/config/db.password").asText()).isEqualTo(MASK);
        assertThat(Sealed.is(cloud.state(Fixture.LOCAL.connector("c")).config().get("db.password")))
                .isTrue();
    }

    @Test
    void asterisks_keep_nothing_here_and_are_what_was_given() {
        var answer = cloud.post("/connectors", creation("c", "DatagenSource", "db.password", MASK, "db.user", "****"));
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.json().at("/config/db.user").asText()).isEqualTo(MASK);
        var key = Fixture.LOCAL.connector("c");
        var config = cloud.state(key).config();
        assertThat(Fixture.SEALER.open(key, "db.password", config.get("db.password")))
                .isEqualTo(MASK);
        assertThat(Fixture.SEALER.open(key, "db.user", config.get("db.user"))).isEqualTo("****");
        assertThat(cloud.f.worker.asked()).anyMatch(asked -> asked.contains("db.user=****"));
    }

    @Test
    void while_no_worker_answers_it_is_accepted_unchecked_if_its_class_is_known_without_one() {
        cloud.f.worker.goesAway();
        var answer = cloud.post("/connectors", creation("c", "DatagenSource"));
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.header("Signalbox-Validation")).isEqualTo("deferred");
        assertThat(cloud.post("/connectors", creation("d", "FileStreamSource")).status())
                .isEqualTo(503);
    }

    @Test
    void a_busy_log_is_503_and_says_when_to_come_again() {
        cloud.f.log.breakWith(new CommandNotSentException("full", null));
        var answer = cloud.post("/connectors", creation("c", "DatagenSource"));
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isEqualTo("1");
        assertThat(answer.json().at("/error/code").asInt()).isEqualTo(503);
    }

    @Test
    void a_sinks_offsets_are_checked() {
        cloud.f.worker.answers(200, ScriptedDataPlane.SINK);
        var answer = cloud.post(
                "/connectors",
                "{\"name\":\"c\",\"config\":{\"connector.class\":\"GcsSink\"},\"offsets\":[{\"partition\":{},\"offset\":{}}]}");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.message()).contains("kafka_topic");
    }
}
