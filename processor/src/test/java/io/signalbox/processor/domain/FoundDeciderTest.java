package io.signalbox.processor.domain;

import static io.signalbox.processor.domain.Scenario.CONFIG;
import static io.signalbox.processor.domain.Scenario.created;
import static io.signalbox.processor.domain.Scenario.given;
import static io.signalbox.processor.domain.Scenario.running;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.processor.domain.Command.CreateConnector;
import io.signalbox.processor.domain.Command.DeleteConnector;
import io.signalbox.processor.domain.Command.PutConfig;
import io.signalbox.processor.domain.Command.ReportAbsent;
import io.signalbox.processor.domain.Command.ReportFound;
import io.signalbox.processor.domain.Command.ReportStatus;
import io.signalbox.processor.domain.Event.ConnectorAdopted;
import io.signalbox.processor.domain.Event.ConnectorCreated;
import io.signalbox.processor.domain.Event.ConnectorDeleted;
import io.signalbox.processor.domain.Event.ConnectorDeletionRequested;
import io.signalbox.processor.domain.Event.ConnectorFound;
import io.signalbox.processor.domain.Event.ConnectorStateChanged;
import io.signalbox.processor.domain.Event.TaskStateChanged;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FoundDeciderTest {

    private static final ReportFound ADOPT = new ReportFound(true, CONFIG, TargetState.RUNNING, running(1));
    private static final ReportFound TELL = new ReportFound(false, CONFIG, TargetState.PAUSED, running(1));
    private static final ConnectorFound FOUND =
            new ConnectorFound("u1", CONFIG, TargetState.PAUSED, ConnectorType.SOURCE);
    private static final ConnectorStateChanged SEEN_RUNNING =
            new ConnectorStateChanged(null, RunState.RUNNING, "w:8083", "1.0", null, ConnectorType.SOURCE);
    private static final TaskStateChanged TASK_RUNNING =
            new TaskStateChanged(0, null, RunState.RUNNING, "w:8083", "1.0", null);

    @Test
    void what_nobody_declared_is_adopted_as_it_is_with_nothing_left_to_apply() {
        var scenario = given().when(ADOPT)
                .then(
                        new ConnectorAdopted("c1", CONFIG, TargetState.RUNNING, ConnectorType.SOURCE),
                        SEEN_RUNNING,
                        TASK_RUNNING);
        var state = scenario.state();
        assertThat(state.active()).isTrue();
        assertThat(state.adopted()).isTrue();
        assertThat(state.generation()).isEqualTo(1);
        assertThat(state.observedGeneration()).isEqualTo(1);
        assertThat(state.status()).isEqualTo(running(1));
        scenario.when(ADOPT).thenNothing().when(TELL).thenNothing();
        scenario.when(new ReportStatus("c1", 1L, running(1))).thenNothing();
    }

    @Test
    void a_config_without_its_name_gets_it() {
        var nameless = new ReportFound(
                true, Config.of(Map.of("connector.class", "FileStreamSource")), TargetState.RUNNING, running(0));
        assertThat(given().when(nameless).state().config()).isEqualTo(CONFIG);
    }

    @Test
    void what_is_known_or_on_its_way_out_is_not_found() {
        given(created()).when(ADOPT).thenNothing().when(TELL).thenNothing();
        given(created(), new ConnectorDeletionRequested())
                .when(ADOPT)
                .thenNothing()
                .after(Duration.ofHours(1))
                .when(ADOPT)
                .thenNothing();
    }

    @Test
    void what_was_just_deleted_does_not_come_back_to_life_through_a_worker_that_lags() {
        var scenario = given(created(), new ConnectorDeletionRequested(), new ConnectorDeleted("u1"));
        scenario.when(ADOPT).thenNothing().when(TELL).thenNothing();
        scenario.after(FoundDecider.MEMORY_OF_WORKERS.minusMillis(1))
                .when(ADOPT)
                .thenNothing();
        scenario.after(FoundDecider.MEMORY_OF_WORKERS)
                .when(ADOPT)
                .then(
                        new ConnectorAdopted("c4", CONFIG, TargetState.RUNNING, ConnectorType.SOURCE),
                        SEEN_RUNNING,
                        TASK_RUNNING);
        assertThat(scenario.state().revision()).isEqualTo(6);
    }

    @Test
    void what_is_only_to_be_told_is_told_once_and_is_not_ours() {
        var scenario = given().when(TELL)
                .then(new ConnectorFound("c1", CONFIG, TargetState.PAUSED, ConnectorType.SOURCE))
                .when(TELL)
                .thenNothing()
                .when(new ReportStatus("c1", 1L, running(1)))
                .thenNothing();
        assertThat(scenario.state().active()).isFalse();
        scenario.when(new DeleteConnector()).thenRejected(RejectionCode.NOT_FOUND);
        scenario.when(new ReportAbsent("another")).thenNothing();
        scenario.when(new ReportAbsent("c1")).then(new ConnectorDeleted("c1"));
    }

    @Test
    void what_was_found_is_adopted_when_the_policy_says_so() {
        given(FOUND)
                .when(ADOPT)
                .then(
                        new ConnectorAdopted("c1", CONFIG, TargetState.RUNNING, ConnectorType.SOURCE),
                        SEEN_RUNNING,
                        TASK_RUNNING);
    }

    @Test
    void what_was_found_is_taken_over_by_whoever_declares_it_and_never_removed_first() {
        given(FOUND)
                .when(new CreateConnector(CONFIG, TargetState.RUNNING, ConnectorType.SOURCE, true))
                .then(new ConnectorCreated("c1", CONFIG, TargetState.RUNNING, ConnectorType.SOURCE, true, null));
        given(FOUND)
                .when(new PutConfig(CONFIG, ConnectorType.SOURCE, true))
                .then(new ConnectorCreated("c1", CONFIG, TargetState.PAUSED, ConnectorType.SOURCE, true, null));
    }
}
