package io.signalbox.processor.dataplane;

import static io.signalbox.processor.dataplane.States.SEALER;
import static io.signalbox.processor.dataplane.States.created;
import static io.signalbox.processor.dataplane.States.engine;
import static io.signalbox.processor.dataplane.States.reconfigured;
import static io.signalbox.processor.dataplane.States.seen;
import static io.signalbox.processor.dataplane.States.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.processor.domain.Command.Observation;
import io.signalbox.processor.domain.Command.ReportStatus;
import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.ConnectorStatus;
import io.signalbox.processor.domain.ConnectorType;
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
    private final Reporter reporter = new Reporter(desired.key(), engine((key, report) -> take(report), timing()));

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
    void a_long_trace_is_shortened_when_the_secrets_are_out() {
        var secret = reconfigured(desired, SEALER.seal(desired.key(), "value", "hunter2"));
        var trace = "x".repeat(Traces.LONGEST - 4) + "hunter2";
        reporter.status(secret, 2, Traces.each(failed("boom"), any -> trace));
        assertThat(told().trace()).startsWith("xxx").contains("x****\n… ").doesNotContain("hunt");
        assertThat(reporter.quotes(secret, Traces.each(failed("boom"), any -> trace)))
                .isFalse();
    }

    @Test
    void of_a_trace_that_is_news_the_rest_of_the_status_can_be_told() {
        reporter.status(desired, 1, failed("boom"));
        assertThat(reporter.quotes(desired, failed("boom"))).isFalse();
        assertThat(reporter.quotes(desired, failed("bang"))).isTrue();
        assertThat(reporter.withheld(desired, failed("bang"))).isEqualTo(failed(null));
        assertThat(reporter.withheld(desired, failed("boom"))).isEqualTo(failed("boom"));
    }

    private static ConnectorStatus failed(String trace) {
        return new ConnectorStatus(RunState.FAILED, "w:8083", null, trace, ConnectorType.SOURCE, List.of());
    }

    private ConnectorStatus told() {
        return ((ReportStatus) reports.getLast()).status();
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
