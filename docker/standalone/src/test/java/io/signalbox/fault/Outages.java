package io.signalbox.fault;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SynchronizedHistogram;

/** How long something could not be done, each time. */
final class Outages {

    private final Histogram nanos;

    Outages() {
        this(new SynchronizedHistogram(Duration.ofMinutes(5).toNanos(), 3));
    }

    /** @param nanos as they are now */
    Outages(Histogram nanos) {
        this.nanos = nanos;
    }

    void add(long fromNanos, long toNanos) {
        nanos.recordValue(Math.max(0, toNanos - fromNanos));
    }

    void add(Outages others) {
        nanos.add(others.nanos);
    }

    Duration max() {
        return Duration.ofNanos(nanos.getMaxValue());
    }

    Duration median() {
        return Duration.ofNanos(nanos.getValueAtPercentile(50));
    }

    long count() {
        return nanos.getTotalCount();
    }

    @Override
    public String toString() {
        return nanos.getTotalCount() == 0
                ? "none"
                : "p50 " + millis(50) + ", p99 " + millis(99) + ", max " + millis(100) + " ms of "
                        + nanos.getTotalCount();
    }

    private long millis(double percentile) {
        return TimeUnit.NANOSECONDS.toMillis(nanos.getValueAtPercentile(percentile));
    }
}
