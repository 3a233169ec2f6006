package io.signalbox.processor.domain;

import static io.signalbox.processor.domain.Scenario.CONFIG;
import static io.signalbox.processor.domain.Scenario.created;
import static io.signalbox.processor.domain.Scenario.given;
import static io.signalbox.processor.domain.Scenario.running;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.processor.domain.Command.DeleteConnector;
import io.signalbox.processor.domain.Command.PutConfig;
import io.signalbox.processor.domain.Command.ReportDrift;
import io.signalbox.processor.domain.Command.ReportDriftOver;
import io.signalbox.processor.domain.Command.ReportStatus;
import io.signalbox.processor.domain.Event.ConnectorReconciled;
import io.signalbox.processor.domain.Event.DriftDetected;
import io.signalbox.processor.domain.Event.DriftHealed;
import io.signalbox.processor.domain.Event.DriftResolved;
import java.util.List;
import org.junit.jupiter.api.Test;

class DriftDeciderTest {

    private static final Difference PAUSED = Difference.NONE.withState(RunState.PAUSED);
    private static final Difference ABSENT = new Difference(true, null, List.of(), 0);

    private static Scenario running1() {
        return given(created(), new ConnectorReconciled(1));
    }

    @Test
    void each_drift_is_told_once_and_stays_in_the_state_until_it_is_over() {
        var scenario = running1()
                .when(new ReportDrift("u1", 1, PAUSED))
                .then(new DriftDetected(1, PAUSED))
                .when(new ReportDrift("u1", 1, PAUSED))
                .thenNothing();
        var drift = scenario.state().drift();
        assertThat(drift).isEqualTo(new Drift(1, PAUSED, scenario.state().updatedAt()));
        scenario.when(new ReportDrift("u1", 1, ABSENT))
                .then(new DriftDetected(1, ABSENT))
                .when(new ReportDriftOver("u1", 1, true))
                .then(new DriftHealed(1))
                .when(new ReportDriftOver("u1", 1, true))
                .thenNothing();
        assertThat(scenario.state().drift()).isNull();
        scenario.when(new ReportDrift("u1", 1, PAUSED)).then(new DriftDetected(1, PAUSED));
    }

    @Test
    void what_ended_by_itself_is_not_called_healed() {
        running1()
                .when(new ReportDrift("u1", 1, PAUSED))
                .when(new ReportDriftOver("u1", 1, false))
                .then(new DriftResolved(1));
    }

    @Test
    void only_the_present_generation_once_it_was_there_can_drift() {
        given(created()).when(new ReportDrift("u1", 1, PAUSED)).thenNothing();
        running1().when(new ReportDrift("another", 1, PAUSED)).thenNothing();
        running1().when(new ReportDrift("u1", 1, Difference.NONE)).thenNothing();
        running1()
                .when(new PutConfig(CONFIG.with("topic", "t"), ConnectorType.SOURCE, true))
                .when(new ReportDrift("u1", 1, PAUSED))
                .thenNothing()
                .when(new ReportDrift("u1", 2, PAUSED))
                .thenNothing();
    }

    @Test
    void another_desired_state_ends_a_drift_when_the_data_plane_has_it() {
        var scenario = running1()
                .when(new ReportDrift("u1", 1, PAUSED))
                .when(new PutConfig(CONFIG.with("topic", "t"), ConnectorType.SOURCE, true));
        assertThat(scenario.state().drift()).isNotNull();
        scenario.when(new ReportStatus("u1", 2L, running(0)))
                .then(
                        new ConnectorReconciled(2),
                        new DriftResolved(1),
                        new Event.ConnectorStateChanged(
                                null, RunState.RUNNING, "w:8083", "1.0", null, ConnectorType.SOURCE));
        assertThat(scenario.state().drift()).isNull();
    }

    @Test
    void what_is_deleted_no_longer_drifts() {
        var scenario = running1().when(new ReportDrift("u1", 1, PAUSED)).when(new DeleteConnector());
        assertThat(scenario.state().drift()).isNull();
        scenario.when(new ReportDriftOver("u1", 1, true)).thenNothing();
    }
}
