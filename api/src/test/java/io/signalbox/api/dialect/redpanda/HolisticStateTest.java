package io.signalbox.api.dialect.redpanda;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.processor.domain.ConnectorStatus;
import io.signalbox.processor.domain.ConnectorType;
import io.signalbox.processor.domain.RunState;
import io.signalbox.processor.domain.TaskStatus;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of the contract, section 3. */
class HolisticStateTest {

    @ParameterizedTest
    @CsvSource({
        "RUNNING,RUNNING,HEALTHY",
        "RUNNING,RUNNING RUNNING,HEALTHY",
        "FAILED,RUNNING,UNHEALTHY",
        "RUNNING,'',UNHEALTHY",
        "RUNNING,FAILED FAILED,UNHEALTHY",
        "RUNNING,FAILED RUNNING,DEGRADED",
        "RUNNING,FAILED UNASSIGNED,DEGRADED",
        "PAUSED,PAUSED,PAUSED",
        "PAUSED,FAILED,PAUSED",
        "STOPPED,'',STOPPED",
        "RESTARTING,RUNNING,RESTARTING",
        "RUNNING,RUNNING RESTARTING,RESTARTING",
        "UNASSIGNED,'',UNASSIGNED",
        "RUNNING,RUNNING UNASSIGNED,UNASSIGNED",
        "DESTROYED,'',DESTROYED",
        "RUNNING,RUNNING PAUSED,UNKNOWN"
    })
    void the_first_that_fits_is_told(RunState connector, String tasks, HolisticState expected) {
        var status = status(connector, tasks, null);
        assertThat(HolisticState.of(status)).isEqualTo(expected);
        assertThat(HolisticState.of(null).word()).isEqualTo("CONNECTOR_HOLISTIC_STATE_UNASSIGNED");
    }

    @Test
    void problems_say_what_is_wrong_in_the_words_of_the_root_cause_or_in_general() {
        assertThat(Problem.of("c", status(RunState.RUNNING, "RUNNING", null))).isEmpty();
        assertThat(Problem.of("c", status(RunState.FAILED, "", "a.B: x\n\tat y\nCaused by: a.C: no such host")))
                .containsExactly(new Problem("Connector c is unhealthy", "a.C: no such host"));
        assertThat(Problem.of("c", status(RunState.FAILED, "", null)))
                .containsExactly(new Problem("Connector c is unhealthy", "Connector c is in state FAILED"));
        assertThat(Problem.of("c", status(RunState.RUNNING, "", null)))
                .containsExactly(new Problem("Connector c is unhealthy", "Connector c has no tasks"));
        assertThat(Problem.of("c", status(RunState.RUNNING, "FAILED", null)))
                .containsExactly(
                        new Problem("Connector c is unhealthy", "All 1 tasks of connector c failed"),
                        new Problem(
                                "Connector c task 0 failed",
                                "Task 0 is in state FAILED, and the worker does not say why"));
        assertThat(Problem.of("c", status(RunState.PAUSED, "PAUSED", "a.B: late")))
                .containsExactly(new Problem("Connector c has a trace", "a.B: late"));
    }

    private static ConnectorStatus status(RunState connector, String tasks, String trace) {
        List<TaskStatus> all = new ArrayList<>();
        for (String task : tasks.isEmpty() ? new String[0] : tasks.split(" ")) {
            all.add(new TaskStatus(all.size(), RunState.valueOf(task), "w:8083", "1", null));
        }
        return new ConnectorStatus(connector, "w:8083", "1", trace, ConnectorType.SOURCE, all);
    }
}
