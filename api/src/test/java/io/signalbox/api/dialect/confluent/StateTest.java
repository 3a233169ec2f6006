package io.signalbox.api.dialect.confluent;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.api.http.Fixture;
import io.signalbox.processor.domain.Command.PauseConnector;
import io.signalbox.processor.domain.Command.ReportRefused;
import io.signalbox.processor.domain.Command.ReportStatus;
import io.signalbox.processor.domain.Command.ResumeConnector;
import io.signalbox.processor.domain.ConnectorKey;
import io.signalbox.processor.domain.ConnectorStatus;
import io.signalbox.processor.domain.ConnectorType;
import io.signalbox.processor.domain.RunState;
import io.signalbox.processor.domain.TaskStatus;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StateTest {

    private static final TaskStatus RUNS = Fixture.task(0, RunState.RUNNING);
    private static final TaskStatus FAILED = Fixture.task(1, RunState.FAILED);

    private final Cloud cloud = new Cloud();

    @AfterEach
    void close() {
        cloud.close();
    }

    /** The worker does this, and is not known to have what is desired. */
    private void moves(ConnectorKey key, RunState state, TaskStatus... tasks) {
        cloud.f.log.tell(
                key,
                new ReportStatus(
                        cloud.state(key).uid(),
                        null,
                        new ConnectorStatus(state, "w:8083", null, null, ConnectorType.SOURCE, List.of(tasks))));
    }

    private State state(ConnectorKey key) {
        assertThat(cloud.status("c")).isEqualTo(State.of(cloud.state(key)).name());
        return State.of(cloud.state(key));
    }

    @Test
    void it_is_provisioning_until_it_first_runs() {
        var key = cloud.created("c");
        assertThat(state(key)).isEqualTo(State.PROVISIONING);
        moves(key, RunState.UNASSIGNED);
        assertThat(state(key)).isEqualTo(State.PROVISIONING);
        moves(key, RunState.RUNNING);
        assertThat(state(key)).isEqualTo(State.PROVISIONING);
        cloud.seen(key, RunState.RUNNING, RUNS);
        assertThat(state(key)).isEqualTo(State.RUNNING);
    }

    @ParameterizedTest
    @EnumSource(
            value = RunState.class,
            names = {"UNASSIGNED", "RESTARTING", "RUNNING"})
    void between_running_and_paused_there_is_nothing(RunState between) {
        var key = cloud.running("c");
        cloud.f.log.tell(key, new PauseConnector());
        assertThat(state(key)).isEqualTo(State.RUNNING);
        moves(key, between, RUNS);
        assertThat(state(key)).isEqualTo(State.RUNNING);
        moves(key, RunState.PAUSED, RUNS);
        assertThat(state(key)).isEqualTo(State.PAUSED);
        cloud.seen(key, RunState.PAUSED, Fixture.task(0, RunState.PAUSED));
        assertThat(state(key)).isEqualTo(State.PAUSED);
        cloud.f.log.tell(key, new ResumeConnector());
        assertThat(state(key)).isEqualTo(State.PAUSED);
        moves(key, between == RunState.RUNNING ? RunState.PAUSED : between, Fixture.task(0, RunState.PAUSED));
        assertThat(state(key)).isEqualTo(State.PAUSED);
        cloud.seen(key, RunState.RUNNING, RUNS);
        assertThat(state(key)).isEqualTo(State.RUNNING);
    }

    @Test
    void one_that_moves_is_shown_as_it_was() {
        var key = cloud.running("c");
        moves(key, RunState.UNASSIGNED);
        assertThat(state(key)).isEqualTo(State.RUNNING);
        cloud.f.log.tell(key, new PauseConnector());
        cloud.seen(key, RunState.PAUSED);
        moves(key, RunState.UNASSIGNED);
        assertThat(state(key)).isEqualTo(State.PAUSED);
        cloud.put("/connectors/c/config", Cloud.json(Cloud.config("c", "DatagenSource", "a", "1")));
        assertThat(state(key)).as("with another config").isEqualTo(State.PAUSED);
    }

    @Test
    void with_some_failed_tasks_it_is_degraded_and_with_all_failed() {
        var key = cloud.running("c");
        cloud.seen(key, RunState.RUNNING, RUNS, FAILED);
        assertThat(state(key)).isEqualTo(State.DEGRADED);
        var status = cloud.get("/connectors/c/status").json();
        assertThat(status.at("/connector/trace").asText()).isEqualTo("Task 1 failed: java.lang.Boom");
        assertThat(status.at("/tasks/0/msg").asText()).isEmpty();
        assertThat(status.at("/tasks/1/msg").asText()).isEqualTo("java.lang.Boom");
        assertThat(status.at("/errors_from_trace/0").asText()).isEqualTo("java.lang.Boom");
        cloud.seen(key, RunState.RUNNING, FAILED);
        assertThat(state(key)).isEqualTo(State.FAILED);
    }

    @Test
    void what_the_worker_refuses_is_failed_with_its_words() {
        var key = cloud.created("c");
        cloud.f.log.tell(key, new ReportRefused(cloud.state(key).uid(), 1, "w:8083", "topics: no\nkey: bad"));
        assertThat(state(key)).isEqualTo(State.FAILED);
        assertThat(cloud.get("/connectors/c/status")
                        .json()
                        .at("/connector/trace")
                        .asText())
                .isEqualTo("topics: no\nkey: bad");
    }

    @Test
    void one_that_is_stopped_by_another_api_is_paused() {
        var key = cloud.running("c");
        cloud.f.put("/connectors/c/stop", null);
        assertThat(state(key)).isEqualTo(State.RUNNING);
        cloud.seen(key, RunState.STOPPED);
        assertThat(state(key)).isEqualTo(State.PAUSED);
        cloud.put("/connectors/c/resume", null);
        assertThat(state(key)).isEqualTo(State.PAUSED);
    }

    @Test
    void one_that_is_created_with_offsets_is_provisioning_until_it_runs() {
        cloud.post(
                "/connectors",
                "{\"name\":\"c\",\"config\":{\"connector.class\":\"DatagenSource\"},\"offsets\":[{\"partition\":{\"p\":0},\"offset\":{\"o\":1}}]}");
        var key = Fixture.LOCAL.connector("c");
        assertThat(state(key)).isEqualTo(State.PROVISIONING);
        cloud.seen(key, RunState.STOPPED);
        assertThat(state(key)).isEqualTo(State.PROVISIONING);
        cloud.offsetsChanged(key, true, "altered", "[]");
        assertThat(state(key)).isEqualTo(State.PROVISIONING);
        cloud.seen(key, RunState.RUNNING, RUNS);
        assertThat(state(key)).isEqualTo(State.RUNNING);
    }

    @Test
    void one_whose_first_offsets_could_not_be_set_is_failed_and_says_why() {
        cloud.post(
                "/connectors",
                "{\"name\":\"c\",\"config\":{\"connector.class\":\"DatagenSource\"},\"offsets\":[{\"partition\":{\"p\":0},\"offset\":{\"o\":-1}}]}");
        var key = Fixture.LOCAL.connector("c");
        cloud.seen(key, RunState.STOPPED);
        cloud.offsetsChanged(key, false, "Negative offsets", "[]");
        assertThat(state(key)).isEqualTo(State.FAILED);
        assertThat(cloud.get("/connectors/c/status").body()).contains("Negative offsets");
    }
}
