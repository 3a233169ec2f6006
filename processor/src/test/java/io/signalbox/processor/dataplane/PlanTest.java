package io.signalbox.processor.dataplane;

import static io.signalbox.processor.dataplane.States.config;
import static io.signalbox.processor.dataplane.States.created;
import static io.signalbox.processor.dataplane.States.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.processor.domain.RunState;
import io.signalbox.processor.domain.TargetState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PlanTest {

    @Test
    void what_is_absent_is_created_whatever_status_lingers() {
        var lingering = new Observed(null, status(RunState.RUNNING));
        assertThat(Plan.steps(created("c", TargetState.STOPPED), lingering, false, null))
                .containsExactly(Step.CREATE);
        assertThat(Plan.steps(created("c", TargetState.RUNNING), Observed.ABSENT, true, null))
                .containsExactly(Step.CREATE);
    }

    @ParameterizedTest
    @EnumSource(TargetState.class)
    void what_is_as_desired_is_left_alone(TargetState target) {
        assertThat(steps(target, "1", RunState.valueOf(target.name()), false)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "RUNNING,PAUSED,RESUME", "RUNNING,STOPPED,RESUME", "PAUSED,RUNNING,PAUSE",
        "PAUSED,STOPPED,PAUSE", "STOPPED,RUNNING,STOP", "STOPPED,PAUSED,STOP"
    })
    void another_state_is_asked_for_even_when_it_was_confirmed(TargetState target, RunState seen, Step step) {
        assertThat(steps(target, "1", seen, true)).containsExactly(step);
    }

    @Test
    void another_config_is_put() {
        assertThat(steps(TargetState.RUNNING, "2", RunState.RUNNING, true)).containsExactly(Step.PUT_CONFIG);
    }

    @Test
    void a_connector_is_quietened_before_and_let_run_after_its_config_changes() {
        assertThat(steps(TargetState.STOPPED, "2", RunState.RUNNING, false))
                .containsExactly(Step.STOP, Step.PUT_CONFIG);
        assertThat(steps(TargetState.RUNNING, "2", RunState.STOPPED, false))
                .containsExactly(Step.PUT_CONFIG, Step.RESUME);
    }

    @Test
    void a_failed_connector_is_asked_once_because_it_never_shows_its_target() {
        assertThat(steps(TargetState.PAUSED, "1", RunState.FAILED, false)).containsExactly(Step.PAUSE);
        assertThat(steps(TargetState.PAUSED, "1", RunState.FAILED, true)).isEmpty();
    }

    @Test
    void a_target_that_is_still_on_its_way_is_overruled() {
        var observed = new Observed(config("c", "1"), status(RunState.RUNNING));
        var desired = created("c", TargetState.RUNNING);
        assertThat(Plan.steps(desired, observed, false, TargetState.PAUSED)).containsExactly(Step.RESUME);
        assertThat(Plan.steps(desired, observed, false, TargetState.RUNNING)).isEmpty();
    }

    @Test
    void a_change_has_settled_when_the_tasks_followed() {
        assertThat(Settled.settled(TargetState.RUNNING, status(RunState.RUNNING), true))
                .isFalse();
        assertThat(Settled.settled(TargetState.RUNNING, status(RunState.RUNNING), false))
                .isTrue();
        assertThat(Settled.settled(TargetState.RUNNING, status(RunState.RUNNING, RunState.UNASSIGNED), false))
                .isFalse();
        assertThat(Settled.settled(
                        TargetState.RUNNING, status(RunState.RUNNING, RunState.RUNNING, RunState.FAILED), true))
                .isTrue();
        assertThat(Settled.settled(TargetState.STOPPED, status(RunState.STOPPED, RunState.RUNNING), true))
                .isFalse();
        assertThat(Settled.settled(TargetState.PAUSED, status(RunState.PAUSED, RunState.PAUSED), true))
                .isTrue();
        assertThat(Settled.settled(TargetState.PAUSED, status(RunState.FAILED), true))
                .isTrue();
    }

    private static java.util.List<Step> steps(TargetState target, String value, RunState seen, boolean confirmed) {
        return Plan.steps(created("c", target), new Observed(config("c", value), status(seen)), confirmed, null);
    }
}
