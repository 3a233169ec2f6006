package io.signalbox.processor.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whoever had to wait here would do so for an hour: the clock stands still. */
@Timeout(60)
class CommandPaceTest {

    private static final Duration HOUR = Duration.ofHours(1);

    private final AtomicLong clock = new AtomicLong();
    private final CommandPace pace = new CommandPace(clock::get, HOUR);

    @Test
    void what_was_taken_long_ago_holds_nobody_up() {
        clock.set(HOUR.toNanos());
        pace.await(0);
    }

    @Test
    void while_somebody_waits_nothing_is_left_in_the_log() {
        pace.hurry();
        pace.await(clock.get());
        clock.addAndGet(HOUR.toNanos() - 1);
        pace.await(clock.get());
    }

    @Test
    void who_hurries_for_others_does_not_slow_down_who_hurries_for_himself() {
        pace.hurry();
        pace.hurryForOthers();
        clock.addAndGet(HOUR.toNanos() - 1);
        pace.await(clock.get());
    }

    @Test
    void who_comes_to_wait_ends_the_pause() throws Exception {
        var pausing = new CountDownLatch(1);
        // Looks at the clock just before it pauses.
        var watched = new CommandPace(
                () -> {
                    if (Thread.currentThread().getName().equals("stream")) {
                        pausing.countDown();
                    }
                    return 0;
                },
                HOUR);
        try (var threads = Executors.newFixedThreadPool(
                1, Thread.ofPlatform().name("stream").factory())) {
            Future<?> paused = threads.submit(() -> watched.await(0));
            pausing.await();
            watched.hurryForOthers();
            paused.get();
        }
    }

    @Test
    void after_a_while_it_pauses_again() throws Exception {
        pace.hurry();
        clock.addAndGet(HOUR.toNanos());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> paused = threads.submit(() -> pace.await(clock.get()));
            while (!paused.isDone() && !pace.anyonePauses()) {
                Thread.onSpinWait();
            }
            assertThat(paused.isDone()).isFalse();
            pace.hurry();
            paused.get();
        }
    }
}
