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

    /** Before the first offset, and not the one before it. */
    private static final long NONE = -2;

    private final AtomicLong next = new AtomicLong(UNKNOWN);

    /** Which was taken up last; it may be done or not. */
    private volatile long begun = NONE;

    private volatile boolean closed;
    private final AtomicInteger waiting = new AtomicInteger();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();

    long next() {
        return next.get();
    }

    /** To be told before anything is changed for it. */
    void begins(long offset) {
        begun = offset;
    }

    /**
     * Whether the command before this one was processed, here and not only by whoever was here before, and nothing was begun
     * since.
     */
    boolean standsBefore(long offset) {
        return !closed && next.get() == offset && begun == offset - 1;
    }

    /** Whether this command, or one after it, was taken up, or never will be here. */
    boolean hasBegun(long offset) {
        return closed || begun >= offset;
    }

    /** Everything before this offset is processed. Costs next to nothing while nobody waits. */
    void reached(long offset) {
        next.accumulateAndGet(offset, Math::max);
        wake();
    }

    /** It will not go on: whoever waits has waited in vain. */
    void closed() {
        closed = true;
        wake();
    }

    private void wake() {
        if (waiting.get() > 0) {
            lock.lock();
            try {
                moved.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /** @return whether everything before this offset was processed in time, and before the end */
    boolean await(long offset, Duration patience) throws InterruptedException {
        if (next.get() >= offset) {
            return true;
        }
        // Before the look, so that whoever moves on after it sees that somebody waits.
        waiting.incrementAndGet();
        lock.lock();
        try {
            long left = patience.toNanos();
            while (next.get() < offset && !closed && left > 0) {
                left = moved.awaitNanos(left);
            }
            return next.get() >= offset;
        } finally {
            lock.unlock();
            waiting.decrementAndGet();
        }
    }
}
