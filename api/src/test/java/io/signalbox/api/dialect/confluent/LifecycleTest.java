package io.signalbox.api.dialect.confluent;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.api.http.Fixture;
import io.signalbox.processor.domain.Command.PauseConnector;
import io.signalbox.processor.domain.Command.RestartConnector;
import io.signalbox.processor.domain.Command.ResumeConnector;
import io.signalbox.processor.domain.RunState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LifecycleTest {

    private final Cloud cloud = new Cloud();

    @AfterEach
    void close() {
        cloud.close();
    }

    @Test
    void pause_resume_and_restart_are_202_without_a_body() {
        cloud.running("c");
        for (var answer : new Fixture.Reply[] {
            cloud.put("/connectors/c/pause", null),
            cloud.put("/connectors/c/resume", null),
            cloud.post("/connectors/c/restart", null)
        }) {
            assertThat(answer.toString()).isEqualTo("202 ");
            assertThat(answer.header("Content-Type")).isNull();
        }
        assertThat(cloud.f.log.commands())
                .extracting(sent -> (Object) sent.command())
                .endsWith(new PauseConnector(), new ResumeConnector(), new RestartConnector(true, false));
    }

    @Test
    void a_resume_of_what_is_not_paused_is_no_news() {
        cloud.running("c");
        int events = cloud.f.log.events().size();
        assertThat(cloud.put("/connectors/c/resume", null).status()).isEqualTo(202);
        assertThat(cloud.f.log.events()).hasSize(events);
    }

    @Test
    void what_does_not_run_cannot_be_restarted() {
        var key = cloud.created("c");
        assertThat(cloud.post("/connectors/c/restart", null).message()).startsWith("Connector c is PROVISIONING");
        cloud.put("/connectors/c/pause", null);
        cloud.seen(key, RunState.PAUSED);
        var answer = cloud.post("/connectors/c/restart", null);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.message()).startsWith("Connector c is PAUSED");
    }

    @Test
    void what_failed_can_be_restarted() {
        var key = cloud.running("c");
        cloud.seen(key, RunState.RUNNING, Fixture.task(0, RunState.FAILED));
        assertThat(cloud.post("/connectors/c/restart", null).status()).isEqualTo(202);
    }

    @Test
    void a_deletion_says_that_there_was_no_error() {
        cloud.running("c");
        var answer = cloud.delete("/connectors/c");
        assertThat(answer.toString()).isEqualTo("200 {\"error\":null}");
        assertThat(cloud.get("/connectors/c").status()).isEqualTo(404);
        assertThat(cloud.delete("/connectors/c").status()).isEqualTo(404);
        assertThat(cloud.f.get("/connectors/c").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({
        "GET,",
        "GET,/config",
        "GET,/status",
        "GET,/tasks",
        "GET,/offsets",
        "GET,/offsets/request/status",
        "GET,/error-recommendations",
        "PUT,/pause",
        "PUT,/resume",
        "POST,/restart",
        "POST,/offsets/request",
        "DELETE,"
    })
    void what_is_not_there_is_404(String method, String path) {
        String body = "POST".equals(method) ? "{\"type\":\"DELETE\"}" : null;
        for (String cluster : new String[] {"default/clusters/local", "default/clusters/lkc-1"}) {
            var answer = cloud.f.send(
                    method, "/connect/v1/environments/" + cluster + "/connectors/c" + (path == null ? "" : path), body);
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.json().path("error_code").asInt()).isEqualTo(404);
            assertThat(answer.json().at("/error/message").asText()).isEqualTo(answer.message());
        }
    }
}
