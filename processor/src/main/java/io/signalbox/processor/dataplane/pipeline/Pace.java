package io.signalbox.processor.dataplane.pipeline;

import io.signalbox.processor.dataplane.Timing.Range;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * How fast a conductor goes, and how patient it is.
 *
 * @param nanos a clock for durations
 * @param clock the wall's, which schedules go by
 * @param moving between two looks at a pipeline that is on its way somewhere
 * @param steady between two looks at one that is there
 * @param retry backoff after a failure
 * @param tries how often something is tried again before the run has failed
 * @param lastingTries the same for what is of no use until somebody changes something
 * @param settle how long what was restarted is left alone
 * @param well how long it has to run before earlier failures are forgotten
 * @param word how long something may take before the status says what is waited for
 * @param untold how long a source may run without a word of how far it is
 * @param operation how long an operation on a connector is waited for in one go
 * @param drain how long the sink of what is deleted may go on emptying the topics
 * @param commit how long a sink may leave what it wrote uncommitted, at first; then it is stopped for a moment, which makes it commit
 * @param hold how long a source may be kept stopped to be given the copy of a table
 * @param quiet how long nothing may be told of such a copy while the source runs
 * @param force how long a step of a deletion by force may take
 * @param backlog between two looks at how old what a sink has not read is
 * @param echo how long a report takes to come back at most
 */
public record Pace(
        LongSupplier nanos,
        InstantSource clock,
        Duration moving,
        Duration steady,
        Range retry,
        int tries,
        int lastingTries,
        Duration settle,
        Duration well,
        Duration word,
        Duration untold,
        Duration operation,
        Duration drain,
        Duration commit,
        Duration hold,
        Duration quiet,
        Duration force,
        Duration backlog,
        Duration echo) {

    /** What is used in production. */
    public static Pace of(LongSupplier nanos, InstantSource clock) {
        return new Pace(
                nanos,
                clock,
                Duration.ofMillis(250),
                Duration.ofSeconds(2),
                Range.ofMillis(1_000, 30_000),
                5,
                2,
                Duration.ofSeconds(3),
                Duration.ofMinutes(1),
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Duration.ofSeconds(3),
                Duration.ofSeconds(30),
                Duration.ofMinutes(5),
                Duration.ofSeconds(5),
                Duration.ofMinutes(1),
                Duration.ofSeconds(5));
    }

    /** Doubling, capped. */
    Duration backoff(int attempt) {
        double grown = retry.first().toMillis() * Math.pow(2, Math.min(attempt - 1, 30));
        return Duration.ofMillis(Math.round(Math.min(grown, retry.last().toMillis())));
    }
}
