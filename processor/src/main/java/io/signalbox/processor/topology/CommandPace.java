package io.signalbox.processor.topology;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * How soon this process takes commands from the log. What comes closely together is left there for some milliseconds as long as nobody
 * waits for it: callers of this process were told ahead what becomes of it, and to take in each by itself costs half as much again. Whoever waits says so ({@link #hurry}).
 * Safe for use by many threads.
 */
public final class CommandPace {

    /** After what was taken in, what comes next may stay away for so long. */
    static final Duration GATHERED = Duration.ofMillis(10);

    /** Where callers of other processes wait, more of them are to come; of them nothing is known before their commands are here. */
    static final Duration OTHERS = Duration.ofSeconds(1);

    private final LongSupplier nanos;
    private final long gathered;
    private final AtomicLong hurriedUntil;

    /** How many wait here for what is in the log. */
    private final AtomicInteger hurrying = new AtomicInteger();

    /** Who pauses. */
    private final AtomicInteger pausing = new AtomicInteger();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition hurried = lock.newCondition();

    public CommandPace() {
        this(System::nanoTime, GATHERED);
    }

    CommandPace(LongSupplier nanos, Duration gathered) {
        this.nanos = nanos;
        this.gathered = gathered.toNanos();
        this.hurriedUntil = new AtomicLong(nanos.getAsLong());
    }

    /** For somebody here who may have to wait for what is in the log. */
    public Hurry hurry() {
        return new Hurry();
    }

    /** As long as one of these has begun and is not closed, nothing is left in the log. Safe for use by many threads. */
    public final class Hurry implements AutoCloseable {

        private boolean begun;
        private boolean closed;

        private Hurry() {}

        /** He has to wait. No-op when he is gone already. */
        public void begin() {
            synchronized (this) {
                if (begun || closed) {
                    return;
                }
                begun = true;
                hurrying.incrementAndGet();
            }
            wake();
        }

        /** He waits no longer, or never did. */
        @Override
        public synchronized void close() {
            if (begun && !closed) {
                hurrying.decrementAndGet();
            }
            closed = true;
        }
    }

    /** Somebody elsewhere waited for what was in the log. */
    public void hurryForOthers() {
        long until = nanos.getAsLong() + OTHERS.toNanos();
        hurriedUntil.accumulateAndGet(until, (now, then) -> then - now > 0 ? then : now);
        wake();
    }

    private void wake() {
        if (pausing.get() > 0) {
            lock.lock();
            try {
                hurried.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /**
     * Returns when it is time to take in more, or somebody waits.
     *
     * @param taken when something was taken in last, by the clock
     */
    void await(long taken) {
        if (left(taken) <= 0) {
            return;
        }
        // Before the look, so that whoever hurries after it sees that somebody pauses.
        pausing.incrementAndGet();
        lock.lock();
        try {
            for (long left = left(taken); left > 0; left = left(taken)) {
                hurried.await(left, TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
            pausing.decrementAndGet();
        }
    }

    /** In ns; nothing or less when it is time. */
    private long left(long taken) {
        return hurried() ? 0 : taken + gathered - nanos.getAsLong();
    }

    /** Whether somebody waits, here or elsewhere, so that nothing is left in the log. */
    public boolean hurried() {
        return hurrying.get() > 0 || hurriedUntil.get() - nanos.getAsLong() > 0;
    }

    /** In ns, by the clock of {@link #await}. */
    long now() {
        return nanos.getAsLong();
    }
}
