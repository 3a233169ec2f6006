package io.signalbox.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.fault.Search.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The checks are checked: what is good passes both, and what was broken on purpose is found, under its name. */
class CheckerTest {

    private static final int GOOD = 1_000;
    private static final int LONG = 20;
    private static final int LONG_STEPS = 1_000;
    private static final int BROKEN_BY_EACH = 100;
    private static final int AT_MOST_TRIED = 2_000;

    @Test
    void good_histories_pass_both_checks() {
        int operations = 0;
        int events = 0;
        int unknown = 0;
        int tookEffect = 0;
        for (int seed = 0; seed < GOOD; seed++) {
            Report report = Report.on(Simulation.run(seed), Report.BOUND);

            assertThat(report.findings()).as("seed %d", seed).isEmpty();
            assertThat(report.gaveUp()).as("seed %d", seed).isEmpty();
            operations += report.operations();
            events += report.events();
            unknown += report.unknown();
            tookEffect += report.tookEffect();
        }
        System.out.printf(
                "%d good histories: %d operations, %d events, %d unknown, of which %d took effect%n",
                GOOD, operations, events, unknown, tookEffect);
        assertThat(tookEffect).isPositive().isLessThan(unknown);
    }

    /** As long as a run under load is for one connector. */
    @Test
    void long_histories_with_many_unknown_results_are_within_the_bound() {
        int operations = 0;
        int unknown = 0;
        for (int seed = 0; seed < LONG; seed++) {
            Report report = Report.on(Simulation.run(seed, LONG_STEPS), Report.BOUND);

            assertThat(report.good()).as("seed %d: %s", seed, report).isTrue();
            operations += report.operations();
            unknown += report.unknown();
        }
        System.out.printf("%d long histories: %d operations, %d unknown%n", LONG, operations, unknown);
    }

    @ParameterizedTest
    @EnumSource
    void a_broken_history_is_found(Mutation mutation) {
        int broken = 0;
        int found = 0;
        for (int seed = 0; broken < BROKEN_BY_EACH; seed++) {
            assertThat(seed).as("seeds tried for %d histories", broken).isLessThan(AT_MOST_TRIED);
            History history = mutation.breakIn(new Scene(Simulation.run(seed), new Random(seed)));
            if (history == null) {
                continue;
            }
            broken++;
            Report report = Report.on(history, Report.BOUND);
            assertThat(report.findings())
                    .as("%s, seed %d", mutation, seed)
                    .extracting(Finding::flaw)
                    .contains(mutation.flaw());
            if (report.count(Flaw.NOT_LINEARIZABLE) > 0) {
                found++;
            } else if (mutation.searchable()) {
                throw new AssertionError(mutation + ", seed " + seed + ": the search finds nothing: " + report);
            }
        }
        System.out.printf(
                "%d broken by %s: all found as %s, %d of them by the search%n",
                broken, mutation, mutation.flaw(), found);
    }

    @Test
    void the_search_gives_up_at_its_bound_and_says_so() {
        History history = Simulation.run(1);
        List<Call> calls = Call.of(history.of(history.keys().getFirst()).operations(), new ArrayList<>());

        assertThat(Search.run(calls, 1)).isEqualTo(Verdict.GAVE_UP);
        assertThat(Report.on(history, 1).good()).isFalse();
        assertThat(Search.run(calls, Report.BOUND)).isEqualTo(Verdict.LINEARIZABLE);
    }
}
