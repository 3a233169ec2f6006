package io.signalbox.processor.dataplane;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets changes of one cluster begin together when many come at once, because each may make the whole worker group
 * rebalance. One that comes alone begins at once; those that follow closely wait until no more come, or for the longest
 * time that any may wait.
 */
final class Gathering {

    private final Timing timing;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition departed = lock.newCondition();
    private long lastCame;
    private long firstCame;
    private boolean gathering;
    private int wave;

    Gathering(Timing timing) {
        this.timing = timing;
        lastCame = timing.now() - timing.gather().toNanos();
    }

    /**
     * Returns when the change may begin.
     *
     * @return false when it came alone
     */
    boolean join() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long now = timing.now();
            boolean alone = !gathering && now - lastCame >= timing.gather().toNanos();
            lastCame = now;
            if (alone) {
                return false;
            }
            if (!gathering) {
                gathering = true;
                firstCame = now;
                wave++;
            }
            int mine = wave;
            while (gathering && wave == mine) {
                long left = left();
                if (left > 0) {
                    departed.awaitNanos(left);
                } else {
                    gathering = false;
                    departed.signalAll();
                }
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** How many wait just now. */
    int waiting() {
        lock.lock();
        try {
            return lock.getWaitQueueLength(departed);
        } finally {
            lock.unlock();
        }
    }

    private long left() {
        long now = timing.now();
        long quiet = lastCame + timing.gather().toNanos() - now;
        long longest = firstCame + timing.gatherAtMost().toNanos() - now;
        return Math.min(quiet, longest);
    }
}
