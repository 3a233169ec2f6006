package io.signalbox.processor.dataplane;

import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets changes of one cluster begin together when many come at once, because each may make the whole worker group
 * rebalance. One that comes alone begins at once; those that follow closely wait until no more come, or for the longest
 * time that any may wait. In a rush, a pause that is long beside those before it shows sooner that no more come.
 */
final class Gathering {

    /** How many make a rush: of fewer, the time between them says little. */
    static final int RUSH = 8;

    /** So many times as long as the one between those before it is a long pause; */
    private static final int LONG_PAUSE = 4;

    /** this part of the usual one is never long. */
    private static final int SHORTEST_PART = 4;

    private final Timing timing;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private long lastCame;
    private Wave gathering;

    Gathering(Timing timing) {
        this.timing = timing;
        lastCame = timing.now() - timing.gather().toNanos();
    }

    /**
     * Returns when the change may begin.
     *
     * @return those that begin together; empty when it came alone
     */
    Optional<Wave> join() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long now = timing.now();
            boolean alone =
                    gathering == null && now - lastCame >= timing.gather().toNanos();
            lastCame = now;
            if (alone) {
                return Optional.empty();
            }
            if (gathering == null) {
                gathering = new Wave(now);
            }
            Wave mine = gathering;
            mine.apart++;
            mine.came++;
            try {
                depart(mine);
            } catch (InterruptedException e) {
                mine.leave();
                throw e;
            }
            return Optional.of(mine);
        } finally {
            lock.unlock();
        }
    }

    private void depart(Wave mine) throws InterruptedException {
        while (gathering == mine) {
            long now = timing.now();
            long quiet = lastCame + mine.pause() - now;
            long left = Math.min(quiet, left(mine.firstCame, now));
            if (left > 0) {
                moved.awaitNanos(left);
            } else {
                gathering = null;
                moved.signalAll();
            }
        }
    }

    private long left(long since, long now) {
        return since + timing.gatherAtMost().toNanos() - now;
    }

    /** How many wait just now. */
    int waiting() {
        lock.lock();
        try {
            return lock.getWaitQueueLength(moved);
        } finally {
            lock.unlock();
        }
    }

    /** Changes that began together. Each either meets the others once more or leaves. */
    final class Wave {

        private final long firstCame;
        private int apart;
        private int came;
        private boolean meeting;
        private long firstMet;

        private Wave(long firstCame) {
            this.firstCame = firstCame;
        }

        /** After how long nobody else is expected, in ns. */
        private long pause() {
            long usual = timing.gather().toNanos();
            if (came < RUSH) {
                return usual;
            }
            long between = (lastCame - firstCame) / (came - 1);
            return Math.clamp(LONG_PAUSE * between, usual / SHORTEST_PART, usual);
        }

        /** Calls went before the change: returns when all have made theirs, or after the longest time that any may wait. */
        void meet() throws InterruptedException {
            lock.lock();
            try {
                if (!meeting) {
                    meeting = true;
                    firstMet = timing.now();
                }
                leave();
                for (long left = left(firstMet, timing.now());
                        apart > 0 && left > 0;
                        left = left(firstMet, timing.now())) {
                    moved.awaitNanos(left);
                }
            } finally {
                lock.unlock();
            }
        }

        /** The others need not wait for this one. */
        void leave() {
            lock.lock();
            try {
                if (--apart == 0) {
                    moved.signalAll();
                }
            } finally {
                lock.unlock();
            }
        }
    }
}
