package io.signalbox.api.dialect.kafkaconnect;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.api.http.Fixture;
import io.signalbox.api.http.ScriptedDataPlane;
import io.signalbox.processor.domain.Command.AlterOffsets;
import io.signalbox.processor.domain.Command.CreateConnector;
import io.signalbox.processor.domain.Command.DeleteConnector;
import io.signalbox.processor.domain.Command.ReportOffsets;
import io.signalbox.processor.domain.Command.ReportOperation;
import io.signalbox.processor.domain.Command.ResetOffsets;
import io.signalbox.processor.domain.CommandOutcome.Stage;
import io.signalbox.processor.domain.ConnectorKey;
import io.signalbox.processor.domain.RunState;
import io.signalbox.processor.domain.TargetState;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OffsetsTest {

    private static final String OFFSETS = "[{\"partition\":{\"filename\":\"f\"},\"offset\":{\"position\":3}}]";
    private static final String BODY = "{\"offsets\":" + OFFSETS + "}";
    private static final String ALTERED = "The offsets for this connector have been altered successfully";
    private static final String PATH = "/connectors/c/offsets";

    private final Fixture f = Fixture.withClusters();

    @AfterEach
    void close() {
        f.close();
    }

    private ConnectorKey stopped() {
        var key = f.created("c");
        f.put("/connectors/c/stop", null);
        return key;
    }

    private void observed(ConnectorKey key, String uid) {
        f.log.tell(key, new ReportOffsets(uid, OFFSETS));
    }

    @Test
    void they_come_from_the_worker_at_either_base() {
        f.created("c");
        f.put(Fixture.OTHER + "/connectors/c/config", "{\"connector.class\":\"X\"}");
        f.worker.answers(200, BODY);
        for (String base : new String[] {"", Fixture.OTHER}) {
            var answer = f.get(base + PATH);
            assertThat(answer.toString()).isEqualTo("200 " + BODY);
            assertThat(answer.header("Age")).isNull();
        }
        assertThat(f.worker.asked()).endsWith("offsets default/local/c", "offsets lab/blue/c");
        assertThat(f.get("/connectors/d/offsets").toString())
                .isEqualTo("404 {\"error_code\":404,\"message\":\"Connector d not found\"}");
    }

    @Test
    void without_a_worker_they_are_what_was_last_read_and_how_long_ago() {
        var key = f.created("c");
        observed(key, f.log.find(key).orElseThrow().uid());
        f.clock.set(f.log.find(key).orElseThrow().updatedAt().plus(Duration.ofMillis(61_900)));
        f.worker.goesAway();
        var answer = f.get(PATH);
        assertThat(answer.toString()).isEqualTo("200 " + BODY);
        assertThat(answer.header("Age")).isEqualTo("61");
    }

    @Test
    void of_an_earlier_connector_of_that_name_nothing_is_shown() {
        var key = f.created("c");
        observed(key, f.log.find(key).orElseThrow().uid());
        f.delete("/connectors/c");
        assertThat(f.get(PATH).status()).isEqualTo(404);
        f.created("c");
        f.worker.goesAway();
        var answer = f.get(PATH);
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isEqualTo("1");
    }

    @Test
    void a_worker_that_has_yet_to_hear_of_it_has_none() {
        f.created("c");
        f.worker.answers(404, "{\"error_code\":404,\"message\":\"Connector c not found\"}");
        assertThat(f.get(PATH).toString()).isEqualTo("200 {\"offsets\":[]}");
    }

    @Test
    void a_change_answers_with_the_workers_words() {
        stopped();
        f.log.operationsEnd(Stage.APPLIED, null, ALTERED);
        assertThat(f.patch(PATH, " {\"offsets\" : " + OFFSETS + " } ").toString())
                .isEqualTo("200 {\"message\":\"" + ALTERED + "\"}");
        assertThat(f.log.commands()).anyMatch(sent -> sent.command().equals(new AlterOffsets(OFFSETS)));
        assertThat(f.delete(PATH).status()).isEqualTo(200);
        assertThat(f.log.commands()).anyMatch(sent -> sent.command().equals(new ResetOffsets()));
    }

    @ParameterizedTest
    @CsvSource({
        "400,no,400,no",
        "500,Negative offsets,500,Negative offsets",
        "404,Connector c not found,404,Connector c not found",
        "409,stale configuration,503,stale configuration",
        "502,bad gateway,503,bad gateway",
        "401,who are you,503,who are you",
        ",No answer within 30000 ms,504,The worker did not say whether the offsets were changed; they may be: No answer"
                + " within 30000 ms"
    })
    void a_failure_keeps_its_status_where_it_is_about_the_request(
            Integer status, String said, int answered, String message) {
        stopped();
        f.log.operationsEnd(Stage.FAILED, status, said);
        var answer = f.patch(PATH, BODY);
        assertThat(answer.status()).isEqualTo(answered);
        assertThat(answer.message()).isEqualTo(message);
        assertThat(answer.header("Retry-After")).isEqualTo(answered == 503 ? "1" : null);
    }

    @Test
    void whoever_asks_again_gets_the_same_answer_and_changes_nothing() {
        stopped();
        f.log.operationsEnd(Stage.FAILED, 500, "no");
        var first = f.send("PATCH", PATH, BODY, "Idempotency-Key", "k");
        int events = f.log.events().size();
        f.log.operationsEnd(Stage.APPLIED, null, ALTERED);
        assertThat(f.send("PATCH", PATH, BODY, "Idempotency-Key", "k").toString())
                .isEqualTo(first.toString());
        assertThat(f.log.events()).hasSize(events);
    }

    @Test
    void one_that_takes_too_long_is_unknown_and_says_how_to_learn_it() {
        stopped();
        f.log.operationsEnd(Stage.ACCEPTED);
        var answer = f.send("PATCH", PATH, BODY, "Idempotency-Key", "k");
        assertThat(answer.status()).isEqualTo(504);
        assertThat(answer.message()).contains("'Idempotency-Key: k'");
    }

    @Test
    void a_key_of_another_request_is_told_as_such() {
        f.created("c");
        f.send("PUT", "/connectors/c/stop", null, "Idempotency-Key", "k");
        assertThat(f.send("DELETE", PATH, null, "Idempotency-Key", "k").message())
                .isEqualTo("The Idempotency-Key was used before, for another request");
    }

    @Test
    void only_what_is_there_and_stopped_can_be_changed() {
        assertThat(f.patch(PATH, BODY).toString())
                .isEqualTo("404 {\"error_code\":404,\"message\":\"Connector c not found\"}");
        f.created("c");
        String notStopped = "400 {\"error_code\":400,\"message\":\"Connectors must be in the STOPPED state before their"
                + " offsets can be modified. This can be done for the specified connector by issuing a 'PUT' request"
                + " to the '/connectors/c/stop' endpoint\"}";
        assertThat(f.patch(PATH, BODY).toString()).isEqualTo(notStopped);
        assertThat(f.delete(PATH).toString()).isEqualTo(notStopped);
        f.put("/connectors/c/pause", null);
        assertThat(f.delete(PATH).toString()).isEqualTo(notStopped);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"offsets\":null}", "{\"offsets\":[]}"})
    void a_change_to_nothing_is_refused_before_the_connector_is_looked_for(String body) {
        assertThat(f.patch(PATH, body).toString())
                .isEqualTo("400 {\"error_code\":400,\"message\":\"Partitions / offsets need to be provided for an alter"
                        + " offsets request\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[]|Cannot construct offsets from this body",
                "{\"offsets\":{}}|Cannot deserialize value of 'offsets'",
                "{\"offsets\":[123]}|Cannot construct an offset from 123",
                "{\"offsets\":[null]}|Cannot construct an offset from null",
                "{\"foo\":1}|Unrecognized field \"foo\"",
                "{\"offsets\":[{\"partition\":{},\"foo\":1}]}|Unrecognized field \"foo\"",
                "{\"offsets\":[{\"partition\":[],\"offset\":{}}]}|Cannot deserialize value of 'partition'",
                "{\"offsets\":[{\"partition\":{},\"offset\":7}]}|Cannot deserialize value of 'offset'",
                "{\"offsets\":[{\"partition\":{\"a\":\"\\ud800\"}}]}|no valid Unicode",
                "{\"offsets\":[{\"partition\":{\"\\udc00\":1}}]}|no JSON",
                "{\"offsets\":[{|no JSON"
            })
    void what_has_another_shape_is_400(String body, String message) {
        stopped();
        var answer = f.patch(PATH, body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.message()).contains(message);
        assertThat(f.log.commands()).noneMatch(sent -> sent.command() instanceof AlterOffsets);
    }

    @Test
    void numbers_arrive_as_they_were_written() {
        stopped();
        f.log.operationsEnd(Stage.APPLIED, null, ALTERED);
        String numbers =
                "[{\"partition\":{\"a\":12345678901234567890123},\"offset\":{\"b\":0.12345678901234567890123}}]";
        f.patch(PATH, "{\"offsets\":" + numbers + "}");
        assertThat(f.log.commands().getLast().command()).isNotNull();
        assertThat(f.log.commands()).anyMatch(sent -> sent.command().equals(new AlterOffsets(numbers)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|The partition for a sink connector offset cannot be null or missing",
                "{\"partition\":null}|The partition for a sink connector offset cannot be null or missing",
                "{\"partition\":{\"kafka_topic\":\"t\"}}|must contain the keys 'kafka_topic' and 'kafka_partition'",
                "{\"partition\":{\"kafka_topic\":null,\"kafka_partition\":1}}|Kafka topic names must be valid strings and"
                        + " may not be null",
                "{\"partition\":{\"kafka_topic\":\"t\",\"kafka_partition\":null}}|Kafka partitions must be valid numbers and"
                        + " may not be null",
                "{\"partition\":{\"kafka_topic\":\"t\",\"kafka_partition\":\"x\"}}|'x'. Partition values for sink connectors"
                        + " need to be integers",
                "{\"partition\":{\"kafka_topic\":\"t\",\"kafka_partition\":1},\"offset\":{}}|should either be null or contain"
                        + " the key 'kafka_offset'",
                "{\"partition\":{\"kafka_topic\":\"t\",\"kafka_partition\":1},\"offset\":{\"kafka_offset\":1.5}}|'1.5'."
                        + " Offset values for sink connectors need to be integers",
                "{\"partition\":{\"kafka_topic\":\"t\",\"kafka_partition\":\"1\"},\"offset\":{\"kafka_offset\":\"7\"}}|",
                "{\"partition\":{\"kafka_topic\":\"t\",\"kafka_partition\":1},\"offset\":null}|"
            })
    void a_sinks_offsets_are_checked_in_the_workers_words(String entry, String message) {
        f.worker.answers(200, ScriptedDataPlane.SINK);
        stopped();
        f.log.operationsEnd(Stage.APPLIED, null, ALTERED);
        var answer = f.patch(PATH, "{\"offsets\":[" + entry + "]}");
        var created = f.post(
                "/connectors", "{\"name\":\"d\",\"config\":{\"connector.class\":\"X\"},\"offsets\":[" + entry + "]}");
        if (message == null) {
            assertThat(answer.status()).isEqualTo(200);
            assertThat(created.status()).isEqualTo(201);
        } else {
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.message()).contains(message);
            assertThat(created.message()).isEqualTo(answer.message());
        }
    }

    @Test
    void a_running_sink_is_not_stopped_before_anything_else() {
        f.worker.answers(200, ScriptedDataPlane.SINK);
        f.created("c");
        assertThat(f.patch(PATH, "{\"offsets\":[{}]}").message()).startsWith("Connectors must be in the STOPPED state");
    }

    @Test
    void a_connector_can_be_created_with_its_offsets() {
        var answer = f.post(
                "/connectors",
                "{\"name\":\"c\",\"initial_state\":\"paused\",\"offsets\":" + OFFSETS
                        + ",\"config\":{\"connector.class\":\"X\"}}");
        assertThat(answer.status()).isEqualTo(201);
        var command = (CreateConnector) f.log.commands().getLast().command();
        assertThat(command.offsets()).isEqualTo(OFFSETS);
        assertThat(command.initialState()).isEqualTo(TargetState.PAUSED);
    }

    @Test
    void without_its_offsets_it_stays_stopped_and_its_status_says_why() {
        f.post("/connectors", "{\"name\":\"c\",\"offsets\":" + OFFSETS + ",\"config\":{\"connector.class\":\"X\"}}");
        var key = Fixture.LOCAL.connector("c");
        f.observed(key, RunState.STOPPED);
        String uid = f.log.find(key).orElseThrow().uid();
        f.log.tell(key, new ReportOperation(uid, uid + "~offsets", false, "Negative offsets", 500, "[]"));
        var connector = f.get("/connectors/c/status").json().path("connector");
        assertThat(connector.path("state").asText()).isEqualTo("STOPPED");
        assertThat(connector.path("trace").asText()).endsWith("it stays stopped: Negative offsets");
        f.put("/connectors/c/resume", null);
        assertThat(f.get("/connectors/c/status").json().path("connector").has("trace"))
                .isFalse();
    }

    @Test
    void no_offsets_are_no_offsets() {
        for (String none : new String[] {"null", "[]"}) {
            var answer = f.post(
                    "/connectors", "{\"name\":\"c\",\"offsets\":" + none + ",\"config\":{\"connector.class\":\"X\"}}");
            assertThat(answer.status()).isEqualTo(201);
            assertThat(f.log.find(Fixture.LOCAL.connector("c")).orElseThrow().operations())
                    .isEmpty();
            f.log.tell(Fixture.LOCAL.connector("c"), new DeleteConnector());
        }
    }
}
