package io.signalbox.api.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.api.query.DataPlane;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** One answer of a worker, asked for again when it is old, and good for as long as no worker answers. */
final class LastKnown {

    private static final long FRESH_NANOS = 30_000_000_000L;
    private static final long AGAIN_NANOS = 5_000_000_000L;

    private final Supplier<DataPlane.Reply> source;
    private final LongSupplier nanoClock;
    private final ReentrantLock asking = new ReentrantLock();
    private volatile JsonNode value;
    private volatile long askAgainAt;

    /** @param nanoClock as {@link System#nanoTime()} */
    LastKnown(Supplier<DataPlane.Reply> source, LongSupplier nanoClock) {
        this.source = source;
        this.nanoClock = nanoClock;
        askAgainAt = nanoClock.getAsLong();
    }

    /** @return empty when no worker ever answered; waits for a worker only if nothing is known */
    Optional<JsonNode> get() {
        if (due()) {
            if (value == null) {
                asking.lock();
            }
            if (asking.isHeldByCurrentThread() || asking.tryLock()) {
                try {
                    if (due()) {
                        ask();
                    }
                } finally {
                    asking.unlock();
                }
            }
        }
        return Optional.ofNullable(value);
    }

    private boolean due() {
        return nanoClock.getAsLong() - askAgainAt >= 0;
    }

    private void ask() {
        boolean answered = false;
        try {
            var reply = source.get();
            if (reply.status() == 200) {
                value = reply.body();
                answered = true;
            }
        } catch (DataPlane.AwayException e) {
            // What is known stays known; whoever asks next within a few seconds need not wait for the same silence.
            answered = false;
        } finally {
            askAgainAt = nanoClock.getAsLong() + (answered ? FRESH_NANOS : AGAIN_NANOS);
        }
    }
}
