package io.signalbox.processor.dataplane;

import java.time.Duration;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * The reconciler's clock, its dice and its patience.
 *
 * @param nanos a monotonic clock, in nanoseconds
 * @param random evenly between 0 and 1
 * @param retry after a failure, growing to its cap
 * @param refused after the worker turned a config down, growing to its cap
 * @param away between two looks at a cluster that does not answer, growing to its cap
 * @param echo how long a report may take to come back through the log before it is repeated
 * @param resync between two comparisons of all configs, at least; longer where one takes long
 * @param again until what was asked for and is not seen is asked for again
 * @param settle how long a change is watched until its status is told as it is
 * @param firstTasks how long a running connector may take to have tasks; some never have any
 * @param removal how long a deleted connector's status may linger
 * @param offsets for reading a connector's offsets
 * @param gather changes of one cluster that follow each other more closely than this begin together
 * @param gatherAtMost how long a change may wait for others to come
 * @param operation how long a change of offsets is asked for again that a worker will not do yet
 * @param reseal between two connectors whose secrets are sealed anew: thousands of them must not crowd out what users ask for
 */
public record Timing(
        LongSupplier nanos,
        DoubleSupplier random,
        Range retry,
        Range refused,
        Range away,
        Duration echo,
        Duration resync,
        Duration again,
        Duration settle,
        Duration firstTasks,
        Duration removal,
        Duration offsets,
        Duration gather,
        Duration gatherAtMost,
        Duration operation,
        Duration reseal) {

    /** Where a backoff begins and where it ends. */
    public record Range(Duration first, Duration last) {
        public static Range ofMillis(long first, long last) {
            return new Range(Duration.ofMillis(first), Duration.ofMillis(last));
        }
    }

    /** What is used in production. */
    public static Timing of(LongSupplier nanos, DoubleSupplier random) {
        return new Timing(
                nanos,
                random,
                Range.ofMillis(100, 5_000),
                Range.ofMillis(5_000, 60_000),
                Range.ofMillis(250, 2_000),
                Duration.ofSeconds(5),
                Duration.ofSeconds(2),
                Duration.ofSeconds(30),
                Duration.ofSeconds(10),
                Duration.ofSeconds(3),
                Duration.ofSeconds(30),
                Duration.ofSeconds(3),
                Duration.ofMillis(150),
                Duration.ofSeconds(2),
                Duration.ofSeconds(20),
                Duration.ofMillis(20));
    }

    long now() {
        return nanos.getAsLong();
    }

    /** Capped, exponential, and between half and all of it, so that many do not come back as one. */
    Duration backoff(Range range, int failures) {
        double grown = range.first().toMillis() * Math.pow(2, Math.min(failures - 1, 30));
        double capped = Math.min(grown, range.last().toMillis());
        return Duration.ofMillis(Math.round(capped * (0.5 + random.getAsDouble() / 2)));
    }
}
