package io.signalbox.processor.dataplane;

import static io.signalbox.processor.dataplane.States.created;
import static io.signalbox.processor.dataplane.States.seen;
import static io.signalbox.processor.dataplane.States.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.processor.domain.Command.Observation;
import io.signalbox.processor.domain.Command.ReportStatus;
import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.RunState;
import io.signalbox.processor.domain.TargetState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ReporterTest {

    private final AtomicLong clock = new AtomicLong();
    private final List<Observation> reports = new ArrayList<>();
    private final ConnectorState desired = created("c", TargetState.RUNNING);
    private boolean sinkFails;
    private final Reporter reporter = new Reporter(desired.key(), (key, report) -> take(report), timing());

    @Test
    void the_same_is_told_once_and_again_only_if_it_does_not_come_back() {
        reporter.status(desired, 1, status(RunState.RUNNING));
        reporter.status(desired, 1, status(RunState.RUNNING));
        assertThat(reports).containsExactly(new ReportStatus("uid-c", 1L, status(RunState.RUNNING)));
        clock.addAndGet(Duration.ofSeconds(6).toNanos());
        reporter.status(desired, 1, status(RunState.RUNNING));
        assertThat(reports).hasSize(2);
        clock.addAndGet(Duration.ofSeconds(6).toNanos());
        reporter.status(seen(desired, 1, status(RunState.RUNNING)), 1, status(RunState.RUNNING));
        assertThat(reports).hasSize(2);
    }

    @Test
    void a_state_that_goes_and_comes_back_before_the_echo_is_told_both_ways() {
        var known = seen(desired, 1, status(RunState.RUNNING));
        reporter.status(known, 1, status(RunState.FAILED));
        reporter.status(known, 1, status(RunState.RUNNING));
        assertThat(reports)
                .containsExactly(
                        new ReportStatus("uid-c", null, status(RunState.FAILED)),
                        new ReportStatus("uid-c", null, status(RunState.RUNNING)));
    }

    @Test
    void what_the_sink_did_not_take_is_told_again() {
        sinkFails = true;
        assertThatThrownBy(() -> reporter.absent("uid-c")).isInstanceOf(IllegalStateException.class);
        sinkFails = false;
        reporter.absent("uid-c");
        reporter.absent("uid-c");
        assertThat(reports).hasSize(1);
    }

    @Test
    void coming_to_rest_is_noticed_once() {
        var known = seen(desired, 1, status(RunState.RUNNING));
        assertThat(reporter.status(known, 1, status(RunState.STOPPED))).isTrue();
        assertThat(reporter.status(known, 1, status(RunState.STOPPED))).isFalse();
        reporter.offsets(known, "[]");
        clock.addAndGet(Duration.ofMinutes(1).toNanos());
        reporter.offsets(known, "[]");
        assertThat(reports).hasSize(2);
    }

    @Test
    void backoff_grows_to_its_cap() {
        var timing = timing();
        assertThat(timing.backoff(timing.retry(), 1)).isEqualTo(Duration.ofMillis(75));
        assertThat(timing.backoff(timing.retry(), 2)).isEqualTo(Duration.ofMillis(150));
        assertThat(timing.backoff(timing.retry(), 1_000)).isEqualTo(Duration.ofMillis(3_750));
    }

    private Timing timing() {
        return Timing.of(clock::get, () -> 0.5);
    }

    private void take(Observation report) {
        if (sinkFails) {
            throw new IllegalStateException("the log is away");
        }
        reports.add(report);
    }
}
