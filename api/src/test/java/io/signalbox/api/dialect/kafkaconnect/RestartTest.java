package io.signalbox.api.dialect.kafkaconnect;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.api.http.Fixture;
import io.signalbox.processor.domain.CommandOutcome.Stage;
import io.signalbox.processor.domain.RunState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestartTest {

    private final Fixture f = Fixture.withClusters();

    @AfterEach
    void close() {
        f.close();
    }

    @ParameterizedTest
    @CsvSource({
        "RUNNING,includeTasks=true,RESTARTING RESTARTING RESTARTING",
        "RUNNING,onlyFailed=true,RUNNING RUNNING FAILED",
        "FAILED,onlyFailed=true,RESTARTING RUNNING FAILED",
        "RUNNING,includeTasks=true&onlyFailed=true,RUNNING RUNNING RESTARTING",
        "FAILED,includeTasks=TRUE&onlyFailed=true,RESTARTING RUNNING RESTARTING"
    })
    void a_planned_restart_answers_202_with_the_plan(RunState connector, String query, String states) {
        f.observed(f.created("c"), connector, Fixture.task(0, RunState.RUNNING), Fixture.task(1, RunState.FAILED));
        var answer = f.post("/connectors/c/restart?" + query, null);
        assertThat(answer.status()).isEqualTo(202);
        var json = answer.json();
        assertThat(json.path("connector").path("state").asText() + " "
                        + json.path("tasks").path(0).path("state").asText() + " "
                        + json.path("tasks").path(1).path("state").asText())
                .isEqualTo(states);
        assertThat(json.path("tasks").path(1).path("trace").asText()).isEqualTo("java.lang.Boom");
        assertThat(json.path("type").asText()).isEqualTo("source");
    }

    @ParameterizedTest
    @CsvSource({"''", "?includeTasks=yes", "?includeTasks=1&onlyFailed=", "?onlyFailed=false"})
    void a_plain_restart_is_204_when_it_is_done(String query) {
        f.created("c");
        var answer = f.post("/connectors/c/restart" + query, null);
        assertThat(answer.toString()).isEqualTo("204 ");
        assertThat(answer.header("Signalbox-Operation")).isNull();
    }

    @Test
    void a_restart_that_fails_is_500_in_connects_words() {
        f.observed(f.created("c"), RunState.RUNNING, Fixture.task(0, RunState.RUNNING));
        f.log.operationsEnd(Stage.FAILED);
        assertThat(f.post("/connectors/c/restart", null).toString())
                .isEqualTo("500 {\"error_code\":500,\"message\":\"Failed to start connector: c\"}");
        assertThat(f.post("/connectors/c/tasks/0/restart", null).toString())
                .isEqualTo("500 {\"error_code\":500,\"message\":\"Failed to start task: c-0\"}");
    }

    @Test
    void what_is_not_there_cannot_be_restarted() {
        assertThat(f.post("/connectors/c/restart", null).message()).isEqualTo("Unknown connector: c");
        assertThat(f.post("/connectors/c/restart?includeTasks=true", null).message())
                .isEqualTo("Unknown connector: c");
        assertThat(f.post("/connectors/c/tasks/0/restart", null).message()).isEqualTo("Unknown connector: c");
        assertThat(f.post("/connectors/c/tasks/x/restart", null).message()).isEqualTo("HTTP 404 Not Found");
        f.created("c");
        assertThat(f.post("/connectors/c/tasks/7/restart", null).toString())
                .isEqualTo("404 {\"error_code\":404,\"message\":\"Unknown task: c-7\"}");
        assertThat(f.post("/connectors/c/restart?onlyFailed=true", null).toString())
                .isEqualTo("404 {\"error_code\":404,\"message\":\"Status for connector c not found\"}");
    }

    @Test
    void a_task_restart_is_204() {
        f.observed(f.created("c"), RunState.RUNNING, Fixture.task(0, RunState.FAILED));
        assertThat(f.post("/connectors/c/tasks/0/restart", null).status()).isEqualTo(204);
    }

    @Test
    void a_key_that_was_used_for_another_request_is_no_key_for_a_restart() {
        f.send("PUT", "/connectors/c/config", "{\"connector.class\":\"X\"}", "Idempotency-Key", "k");
        f.observed(Fixture.LOCAL.connector("c"), RunState.RUNNING);
        assertThat(f.send("POST", "/connectors/c/restart?includeTasks=true", null, "Idempotency-Key", "k")
                        .status())
                .isEqualTo(400);
    }
}
