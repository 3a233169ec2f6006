package io.signalbox.processor.topology;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** How far one partition of the command topic is processed here, and a place to wait until it is far enough. */
final class Progress {

    /** Nothing was processed since the partition was opened: what was before is not known here. */
    static final long UNKNOWN = -1;

    private final AtomicLong next = new AtomicLong(UNKNOWN);
    private final AtomicInteger waiting = new AtomicInteger();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();

    long next() {
        return next.get();
    }

    /** Everything before this offset is processed. Costs next to nothing while nobody waits. */
    void reached(long offset) {
        next.accumulateAndGet(offset, Math::max);
        if (waiting.get() > 0) {
            lock.lock();
            try {
                moved.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /** @return whether everything before this offset was processed in time */
    boolean await(long offset, Duration patience) throws InterruptedException {
        if (next.get() >= offset) {
            return true;
        }
        // Before the look, so that whoever moves on after it sees that somebody waits.
        waiting.incrementAndGet();
        lock.lock();
        try {
            long left = patience.toNanos();
            while (next.get() < offset && left > 0) {
                left = moved.awaitNanos(left);
            }
            return next.get() >= offset;
        } finally {
            lock.unlock();
            waiting.decrementAndGet();
        }
    }
}
