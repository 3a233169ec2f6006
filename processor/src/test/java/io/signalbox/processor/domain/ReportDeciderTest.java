package io.signalbox.processor.domain;

import static io.signalbox.processor.domain.Scenario.CONFIG;
import static io.signalbox.processor.domain.Scenario.created;
import static io.signalbox.processor.domain.Scenario.given;
import static io.signalbox.processor.domain.Scenario.running;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.processor.domain.Command.ReportOperation;
import io.signalbox.processor.domain.Command.ReportRefused;
import io.signalbox.processor.domain.Command.ReportStatus;
import io.signalbox.processor.domain.Event.ConnectorReconciled;
import io.signalbox.processor.domain.Event.ConnectorRefused;
import io.signalbox.processor.domain.Event.ConnectorStateChanged;
import io.signalbox.processor.domain.Event.RestartFinished;
import io.signalbox.processor.domain.Event.RestartRequested;
import io.signalbox.processor.domain.Event.TaskFailed;
import io.signalbox.processor.domain.Event.TaskRemoved;
import io.signalbox.processor.domain.Event.TaskStateChanged;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportDeciderTest {

    private static final ConnectorStateChanged SEEN_RUNNING =
            new ConnectorStateChanged(null, RunState.RUNNING, "w:8083", "1.0", null, ConnectorType.SOURCE);

    private static TaskStateChanged taskRunning(int task) {
        return new TaskStateChanged(task, null, RunState.RUNNING, "w:8083", "1.0", null);
    }

    @Test
    void the_first_status_tells_everything_and_the_same_again_nothing() {
        given(created())
                .when(new ReportStatus("u1", 1L, running(2)))
                .then(new ConnectorReconciled(1), SEEN_RUNNING, taskRunning(0), taskRunning(1))
                .when(new ReportStatus("u1", 1L, running(2)))
                .thenNothing()
                .when(new ReportStatus("u1", null, running(2)))
                .thenNothing();
    }

    @Test
    void a_failing_task_is_an_event_of_its_own_with_its_trace() {
        var failed = new ConnectorStatus(
                RunState.RUNNING,
                "w:8083",
                "1.0",
                null,
                ConnectorType.SOURCE,
                List.of(new TaskStatus(0, RunState.FAILED, "w:8083", "1.0", "boom")));
        var state = given(created(), SEEN_RUNNING, taskRunning(0))
                .when(new ReportStatus("u1", null, failed))
                .then(new TaskFailed(0, RunState.RUNNING, "w:8083", "1.0", "boom"))
                .state();
        assertThat(state.status().tasks()).containsExactly(failed.tasks().get(0));
    }

    @Test
    void a_task_that_is_gone_is_removed() {
        given(created(), SEEN_RUNNING, taskRunning(0), taskRunning(1))
                .when(new ReportStatus("u1", null, running(1)))
                .then(new TaskRemoved(1));
    }

    @Test
    void a_report_about_an_earlier_incarnation_is_ignored() {
        given(created()).when(new ReportStatus("another", 1L, running(1))).thenNothing();
        given(created()).when(new ReportRefused("another", 1, "w:8083", "no")).thenNothing();
        given(created()).when(new Command.ReportAbsent("another")).thenNothing();
    }

    @Test
    void being_absent_while_wanted_is_for_the_reconciler_to_mend() {
        given(created()).when(new Command.ReportAbsent("u1")).thenNothing();
    }

    @Test
    void a_refusal_is_told_once_and_ends_with_the_next_generation() {
        var scenario = given(created())
                .when(new ReportRefused("u1", 1, "w:8083", "no such class"))
                .then(new ConnectorRefused(1, "w:8083", "no such class"))
                .when(new ReportRefused("u1", 1, "w:8083", "no such class"))
                .thenNothing();
        assertThat(scenario.state().applyError()).isEqualTo(new ApplyError(1, "w:8083", "no such class"));
        scenario.when(new Command.PutConfig(CONFIG.with("topic", "t"), ConnectorType.SOURCE, true));
        assertThat(scenario.state().applyError()).isNull();
        scenario.when(new ReportRefused("u1", 1, "w:8083", "no such class")).thenNothing();
    }

    @Test
    void a_late_report_of_an_earlier_generation_does_not_end_a_refusal_and_nothing_goes_back() {
        var refused = new ReportRefused("u1", 3, "w:8083", "no such class");
        var error = new ApplyError(3, "w:8083", "no such class");
        var scenario = given(created(), SEEN_RUNNING, new Event.ConnectorPaused(), new Event.ConnectorResumed())
                .when(refused)
                .when(new ReportStatus("u1", 2L, running(0)))
                .then(new ConnectorReconciled(2));
        assertThat(scenario.state().applyError()).isEqualTo(error);
        scenario.when(new ReportStatus("u1", 1L, running(0))).thenNothing();
        assertThat(scenario.state().observedGeneration()).isEqualTo(2);
        scenario.when(new ReportStatus("u1", 3L, running(0))).then(new ConnectorReconciled(3));
        assertThat(scenario.state().applyError()).isNull();
        scenario.when(refused).when(new ReportStatus("u1", 2L, running(0))).thenNothing();
        assertThat(scenario.state().observedGeneration()).isEqualTo(3);
        assertThat(scenario.state().applyError()).isEqualTo(error);
    }

    @Test
    void a_generation_that_does_not_exist_yet_cannot_have_been_reached() {
        var state = given(created())
                .when(new ReportStatus("u1", 7L, running(0)))
                .then(SEEN_RUNNING)
                .state();
        assertThat(state.observedGeneration()).isZero();
    }

    @Test
    void an_operation_finishes_once() {
        var scenario = given(created(), new RestartRequested("op", null, true, false))
                .when(new ReportOperation("u1", "op", false, "worker says no"))
                .then(new RestartFinished("op", false, "worker says no"))
                .when(new ReportOperation("u1", "op", true, null))
                .thenNothing();
        assertThat(scenario.state().operations()).isEmpty();
    }

    @Test
    void the_offsets_before_a_deletion_are_kept() {
        given(created(), new Event.ConnectorDeletionRequested())
                .when(new Command.ReportOffsets("u1", "[]"))
                .then(new Event.OffsetsObserved("[]"));
    }

    @Test
    void the_known_type_is_the_observed_one_where_there_is_one() {
        var unknown = new Event.ConnectorCreated("u1", CONFIG, TargetState.RUNNING, ConnectorType.UNKNOWN, false, null);
        var scenario = given(unknown);
        assertThat(scenario.state().knownType()).isEqualTo(ConnectorType.UNKNOWN);
        scenario.when(new ReportStatus("u1", 1L, running(0)));
        assertThat(scenario.state().knownType()).isEqualTo(ConnectorType.SOURCE);
    }
}
