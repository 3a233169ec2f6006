package io.signalbox.processor.dataplane;

import static io.signalbox.processor.dataplane.Differences.Verdict.ASK;
import static io.signalbox.processor.dataplane.Differences.Verdict.DRIFT;
import static io.signalbox.processor.dataplane.Differences.Verdict.NONE;
import static io.signalbox.processor.dataplane.Differences.Verdict.OVER;
import static io.signalbox.processor.dataplane.Differences.Verdict.WAIT;
import static io.signalbox.processor.dataplane.States.config;
import static io.signalbox.processor.dataplane.States.created;
import static io.signalbox.processor.dataplane.States.drifted;
import static io.signalbox.processor.dataplane.States.seen;
import static io.signalbox.processor.dataplane.States.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.processor.domain.Command.Observation;
import io.signalbox.processor.domain.Config;
import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.Difference;
import io.signalbox.processor.domain.RunState;
import io.signalbox.processor.domain.TargetState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DifferencesTest {

    private final AtomicLong clock = new AtomicLong();
    private final Timing timing = Timing.of(clock::get, () -> 0.5);
    private final List<Observation> sent = new ArrayList<>();
    private final ConnectorState known =
            seen(created("c", TargetState.RUNNING), 1, status(RunState.RUNNING, RunState.RUNNING));
    private final Reporter reports =
            new Reporter(known.key(), States.engine((key, report) -> sent.add(report), timing));
    private final Differences differences = new Differences(reports, timing);
    private final Difference meddled = differs(config("c", "2"), RunState.RUNNING);
    private final Difference paused = differs(config("c", "1"), RunState.PAUSED);
    private final Difference absent = differs(null, null);

    @Test
    void a_change_of_others_is_drift_once_and_asked_for_again_only_much_later() {
        assertThat(judge(meddled, null)).isEqualTo(DRIFT);
        reports.drifted(known, meddled);
        assertThat(judge(meddled, null)).as("the log does not say so yet").isEqualTo(WAIT);
        var told = drifted(known, meddled);
        assertThat(differences.judge(told, meddled, null, true)).isEqualTo(ASK);
        differences.asked(Step.PUT_CONFIG);
        for (int second = 0; second < 30; second++) {
            assertThat(differences.judge(told, meddled, null, true)).isEqualTo(WAIT);
            pass(1);
        }
        assertThat(differences.judge(told, meddled, null, true)).isEqualTo(ASK);
        assertThat(differences.judge(told, Difference.NONE, null, true)).isEqualTo(OVER);
        reports.driftOver(told, true);
        assertThat(differences.judge(told, Difference.NONE, null, true)).isEqualTo(NONE);
        assertThat(sent).hasSize(2);
    }

    @Test
    void our_own_config_that_a_worker_does_not_show_yet_is_no_drift_for_a_while() {
        differences.asked(Step.PUT_CONFIG);
        assertThat(judge(meddled, null)).isEqualTo(WAIT);
        assertThat(judge(absent, null)).isEqualTo(WAIT);
        pass(11);
        assertThat(judge(meddled, null)).isEqualTo(DRIFT);
    }

    @Test
    void once_ours_was_seen_anything_else_is_drift() {
        differences.asked(Step.PUT_CONFIG);
        assertThat(judge(Difference.NONE, null)).isEqualTo(NONE);
        assertThat(judge(meddled, null)).isEqualTo(DRIFT);
    }

    @Test
    void a_target_that_was_asked_for_and_is_never_seen_is_asked_for_again_and_no_drift() {
        differences.asked(Step.RESUME);
        assertThat(judge(paused, TargetState.RUNNING)).isEqualTo(WAIT);
        pass(31);
        assertThat(judge(paused, TargetState.RUNNING)).isEqualTo(ASK);
        assertThat(judge(paused, null)).isEqualTo(DRIFT);
    }

    @Test
    void while_our_state_is_on_its_way_a_changed_config_is_drift_of_the_config_only() {
        var both = differs(config("c", "2"), RunState.PAUSED);
        assertThat(judge(both, TargetState.RUNNING)).isEqualTo(DRIFT);
        assertThat(differences.theirs(both, known, TargetState.RUNNING)).isEqualTo(meddled);
    }

    @Test
    void a_write_that_failed_has_another_try_at_once() {
        var told = drifted(known, paused);
        differences.asked(Step.RESUME);
        assertThat(differences.judge(told, paused, null, true)).isEqualTo(WAIT);
        differences.asking();
        assertThat(differences.judge(told, paused, null, true)).isEqualTo(ASK);
        assertThat(differences.judge(told, paused, TargetState.RUNNING, true)).isEqualTo(ASK);
    }

    @Test
    void what_is_only_to_be_told_is_never_asked_for() {
        var told = drifted(known, paused);
        pass(3_600);
        assertThat(differences.judge(told, paused, null, false)).isEqualTo(WAIT);
        assertThat(differences.judge(told, paused, null, true)).isEqualTo(ASK);
    }

    private Differences.Verdict judge(Difference difference, TargetState underway) {
        return differences.judge(known, difference, underway, true);
    }

    private Difference differs(Config config, RunState state) {
        return Difference.between(known, config, state == null ? null : status(state), States.FINGERPRINT);
    }

    private void pass(int seconds) {
        clock.addAndGet(Duration.ofSeconds(seconds).toNanos());
    }
}
