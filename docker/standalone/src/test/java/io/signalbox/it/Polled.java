package io.signalbox.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.awaitility.Awaitility;

/** Looks at something all the time, in a thread of its own, and remembers what it saw: each value once in a row. */
final class Polled implements AutoCloseable {

    /** A hundred times as often as any client polls, and without taking the machine from what is looked at. */
    private static final long PAUSE_NANOS = 2_000_000;

    /** A test that failed before it asked what was seen leaves it to itself. */
    private static final Duration LONGEST = Duration.ofMinutes(2);

    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private volatile boolean stopped;
    private volatile RuntimeException failed;

    /** Returns when it was looked at once. */
    Polled(Supplier<String> what) {
        seen.add(what.get());
        thread = Thread.ofVirtual().start(() -> look(what));
    }

    private void look(Supplier<String> what) {
        long end = System.nanoTime() + LONGEST.toNanos();
        try {
            while (!stopped) {
                if (System.nanoTime() - end > 0) {
                    throw new IllegalStateException("Nobody asked what was seen for " + LONGEST);
                }
                String now = what.get();
                if (!seen.getLast().equals(now)) {
                    seen.add(now);
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        } catch (RuntimeException e) {
            failed = e;
        }
    }

    /** @return all that was seen, from the beginning until the last one is this */
    List<String> until(String last) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .failFast("it cannot be looked at", () -> failed != null)
                .untilAsserted(() -> assertThat(seen).last().isEqualTo(last));
        close();
        if (failed != null) {
            throw new AssertionError(failed);
        }
        return List.copyOf(seen);
    }

    @Override
    public void close() {
        stopped = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
