package io.signalbox.api.dialect.confluent;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.api.http.Fixture;
import io.signalbox.api.http.ScriptedDataPlane;
import io.signalbox.processor.domain.Command.AlterOffsets;
import io.signalbox.processor.domain.Command.ReportOffsets;
import io.signalbox.processor.domain.Command.ResetOffsets;
import io.signalbox.processor.domain.RunState;
import io.signalbox.processor.domain.TargetState;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OffsetsTest {

    private static final String FIVE = "[{\"partition\":{\"p\":0},\"offset\":{\"o\":5}}]";
    private static final String NINE = "[{\"partition\":{\"p\":0},\"offset\":{\"o\":9}}]";
    private static final String PATCH = "{\"type\":\"PATCH\",\"offsets\":" + NINE + "}";
    private static final String DELETE = "{\"type\":\"DELETE\"}";
    private static final String REQUEST = "/connectors/c/offsets/request";

    private final Cloud cloud = new Cloud();

    @AfterEach
    void close() {
        cloud.close();
    }

    @Test
    void they_come_from_the_worker_with_the_time_of_now() {
        cloud.running("c");
        cloud.f.worker.answersTo("offsets", 200, "{\"offsets\":" + FIVE + "}");
        var body = cloud.get("/connectors/c/offsets").json();
        assertThat(body.path("offsets").toString()).isEqualTo(FIVE);
        assertThat(body.path("name").asText()).isEqualTo("c");
        assertThat(body.at("/metadata/observed_at").asText()).isEqualTo("2026-01-01T00:00:00Z");
    }

    @Test
    void without_a_worker_they_are_what_was_last_read_and_of_then() {
        var key = cloud.running("c");
        cloud.f.log.tell(key, new ReportOffsets(cloud.state(key).uid(), FIVE));
        cloud.f.worker.answersTo("offsets", 503, "{}");
        cloud.f.log.pass(Duration.ofHours(1));
        cloud.f.worker.goesAway();
        var body = cloud.get("/connectors/c/offsets").json();
        assertThat(body.path("offsets").toString()).isEqualTo(FIVE);
        assertThat(body.at("/metadata/observed_at").asText())
                .isEqualTo(cloud.state(key).updatedAt().toString());
    }

    @Test
    void what_was_just_created_has_none() {
        cloud.created("c");
        cloud.f.worker.answersTo("offsets", 404, "{}");
        assertThat(cloud.get("/connectors/c/offsets").json().path("offsets").toString())
                .isEqualTo("[]");
    }

    @Test
    void a_change_holds_a_running_connector_and_is_polled_until_it_is_applied() {
        var key = cloud.running("c");
        var answer = cloud.post(REQUEST, PATCH);
        assertThat(answer.status()).isEqualTo(202);
        var request = answer.json();
        assertThat(request.path("id").asText()).isEqualTo(cloud.id("c"));
        assertThat(request.path("name").asText()).isEqualTo("c");
        assertThat(request.path("type").asText()).isEqualTo("PATCH");
        assertThat(request.path("offsets").toString()).isEqualTo(NINE);
        assertThat(cloud.f.log.commands()).anyMatch(sent -> sent.command().equals(new AlterOffsets(NINE, true)));
        assertThat(cloud.state(key).targetState()).isEqualTo(TargetState.STOPPED);

        var pending = cloud.get(REQUEST + "/status").json();
        assertThat(pending.path("request")).isEqualTo(request);
        assertThat(pending.path("status").toString()).isEqualTo("{\"phase\":\"PENDING\"}");
        assertThat(pending.path("previous_offsets").toString()).isEqualTo("[]");
        assertThat(pending.path("applied_at").isNull()).isTrue();

        cloud.seen(key, RunState.STOPPED);
        assertThat(cloud.status("c")).isEqualTo("PAUSED");
        cloud.offsetsChanged(key, true, "altered", FIVE);
        var applied = cloud.get(REQUEST + "/status").json();
        assertThat(applied.path("request")).isEqualTo(request);
        assertThat(applied.path("status").toString()).isEqualTo("{\"phase\":\"APPLIED\",\"message\":\"altered\"}");
        assertThat(applied.path("previous_offsets").toString()).isEqualTo(FIVE);
        assertThat(applied.path("applied_at").asText()).matches("\\d{4}-\\d\\d-\\d\\dT.*Z");
        assertThat(cloud.state(key).targetState()).isEqualTo(TargetState.RUNNING);
        assertThat(cloud.status("c")).isEqualTo("PAUSED");
        cloud.seen(key, RunState.RUNNING, Fixture.task(0, RunState.RUNNING));
        assertThat(cloud.status("c")).isEqualTo("RUNNING");
    }

    @Test
    void a_change_that_fails_says_why_and_the_connector_goes_on() {
        var key = cloud.running("c");
        cloud.post(REQUEST, PATCH);
        cloud.offsetsChanged(key, false, "Negative offsets", FIVE);
        var failed = cloud.get(REQUEST + "/status").json();
        assertThat(failed.path("status").toString())
                .isEqualTo("{\"phase\":\"FAILED\",\"message\":\"Negative offsets\"}");
        assertThat(failed.path("previous_offsets").toString()).isEqualTo("[]");
        assertThat(failed.path("applied_at").isNull()).isTrue();
        assertThat(cloud.state(key).targetState()).isEqualTo(TargetState.RUNNING);
    }

    @Test
    void the_status_is_that_of_the_last_change_whoever_asked_for_it() {
        var key = cloud.running("c");
        cloud.post(REQUEST, PATCH);
        cloud.offsetsChanged(key, true, "altered", FIVE);
        cloud.f.put("/connectors/c/stop", null);
        cloud.f.delete("/connectors/c/offsets");
        var status = cloud.get(REQUEST + "/status").json();
        assertThat(status.at("/request/type").asText()).isEqualTo("DELETE");
        assertThat(status.at("/request/offsets").toString()).isEqualTo("[]");
        assertThat(status.at("/status/phase").asText()).isEqualTo("APPLIED");
        assertThat(status.path("previous_offsets").toString()).isEqualTo("[]");
    }

    @Test
    void a_deletion_forgets_all_or_what_it_lists() {
        var key = cloud.running("c");
        assertThat(cloud.post(REQUEST, DELETE).json().path("offsets").toString())
                .isEqualTo("[]");
        assertThat(cloud.f.log.commands()).anyMatch(sent -> sent.command().equals(new ResetOffsets(true)));
        cloud.offsetsChanged(key, true, "reset", NINE);
        assertThat(cloud.get(REQUEST + "/status").json().at("/request/type").asText())
                .isEqualTo("DELETE");
        cloud.post(REQUEST, "{\"type\":\"DELETE\",\"offsets\":" + NINE + "}");
        String forgotten = "[{\"partition\":{\"p\":0},\"offset\":null}]";
        assertThat(cloud.f.log.commands()).anyMatch(sent -> sent.command().equals(new AlterOffsets(forgotten, true)));
        assertThat(cloud.get(REQUEST + "/status").json().at("/request/type").asText())
                .isEqualTo("DELETE");
    }

    @Test
    void one_change_at_a_time() {
        cloud.running("c");
        cloud.post(REQUEST, PATCH);
        var answer = cloud.post(REQUEST, DELETE);
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.message()).contains("is under way");
    }

    @Test
    void a_paused_connector_is_paused_again_and_a_stopped_one_stays_so() {
        var key = cloud.running("c");
        cloud.put("/connectors/c/pause", null);
        cloud.post(REQUEST, PATCH);
        cloud.offsetsChanged(key, true, "altered", FIVE);
        assertThat(cloud.state(key).targetState()).isEqualTo(TargetState.PAUSED);
        cloud.f.put("/connectors/c/stop", null);
        cloud.post(REQUEST, PATCH);
        cloud.offsetsChanged(key, true, "altered", FIVE);
        assertThat(cloud.state(key).targetState()).isEqualTo(TargetState.STOPPED);
    }

    @Test
    void where_nobody_asked_for_a_change_there_is_no_status_of_one() {
        cloud.running("c");
        var answer = cloud.get(REQUEST + "/status");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.message())
                .isEqualTo("resource not found: nobody asked for a change of the offsets of connector c");
    }

    @Test
    void a_change_is_found_behind_many_other_events() {
        var key = cloud.running("c");
        cloud.post(REQUEST, PATCH);
        cloud.offsetsChanged(key, true, "altered", FIVE);
        for (int i = 0; i < 120; i++) {
            cloud.put("/connectors/c/" + (i % 2 == 0 ? "pause" : "resume"), null);
        }
        assertThat(cloud.get(REQUEST + "/status").json().at("/status/phase").asText())
                .isEqualTo("APPLIED");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[]|The body must be an object",
                "{}|\"type\" must be PATCH or DELETE",
                "{\"type\":\"patch\"}|\"type\" must be PATCH or DELETE",
                "{\"type\":\"PATCH\"}|A PATCH needs \"offsets\"",
                "{\"type\":\"PATCH\",\"offsets\":[]}|A PATCH needs \"offsets\"",
                "{\"type\":\"PATCH\",\"offsets\":{}}|must be a list",
                "{\"type\":\"PATCH\",\"offsets\":[1]}|Cannot construct an offset"
            })
    void what_is_wrong_is_400_and_nothing_happens(String body, String message) {
        cloud.running("c");
        int before = cloud.f.log.commands().size();
        var answer = cloud.post(REQUEST, body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.message()).contains(message);
        assertThat(cloud.f.log.commands()).hasSize(before);
    }

    @Test
    void a_sinks_are_checked_and_numbers_arrive_as_they_were_written() {
        cloud.f.worker.answers(200, ScriptedDataPlane.SINK);
        cloud.post("/connectors", Cloud.creation("s", "GcsSink"));
        assertThat(cloud.post("/connectors/s/offsets/request", PATCH).message()).contains("kafka_topic");
        String exact = "[{\"partition\":{\"a\":12345678901234567890123},\"offset\":{\"b\":0.12345678901234567890123}}]";
        cloud.f.worker.answers(200, ScriptedDataPlane.SOURCE);
        cloud.running("c");
        cloud.post(REQUEST, "{\"type\":\"PATCH\",\"more\":1,\"offsets\":" + exact + "}");
        assertThat(cloud.get(REQUEST + "/status").body()).contains("\"offsets\":" + exact);
    }
}
