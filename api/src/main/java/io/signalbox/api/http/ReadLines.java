package io.signalbox.api.http;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * How many lines of the log a second reads that went well may have: a caller in a loop would fill a disk with them within a day, and nobody
 * would find a line that matters. What is left out is counted. Safe for use by many threads.
 */
final class ReadLines {

    private static final long SECOND = 1_000_000_000L;

    private final int most;
    private final AtomicLong second = new AtomicLong(Long.MIN_VALUE);
    private final AtomicInteger taken = new AtomicInteger();
    private final LongAdder leftOut = new LongAdder();

    /** @param most 0 for none */
    ReadLines(int most) {
        this.most = most;
    }

    /**
     * @param nanos of the process' own clock
     * @return whether this read has a line
     */
    boolean take(long nanos) {
        long now = Math.floorDiv(nanos, SECOND);
        long before = second.get();
        if (now != before && second.compareAndSet(before, now)) {
            taken.set(0);
        }
        // A look first, so that a thousand threads that have no line do not write to the same place.
        if (taken.get() < most && taken.incrementAndGet() <= most) {
            return true;
        }
        leftOut.increment();
        return false;
    }

    /**
     * @param nanos as for {@link #take}
     * @return how many had none since the last call that told; 0 as long as the second that they were in goes on
     */
    long leftOut(long nanos) {
        return Math.floorDiv(nanos, SECOND) == second.get() ? 0 : leftOut.sumThenReset();
    }
}
