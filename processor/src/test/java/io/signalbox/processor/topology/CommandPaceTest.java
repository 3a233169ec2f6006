package io.signalbox.processor.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
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
    void as_long_as_somebody_waits_nothing_is_left_in_the_log() throws Exception {
        var first = pace.hurry();
        var second = pace.hurry();
        first.begin();
        first.begin();
        second.begin();
        pace.await(clock.get());
        clock.addAndGet(10 * HOUR.toNanos());
        pace.await(clock.get());
        first.close();
        first.close();
        pace.await(clock.get());
        second.close();
        assertPauses();
    }

    @Test
    void where_others_waited_nothing_is_left_for_a_while() throws Exception {
        pace.hurryForOthers();
        clock.addAndGet(CommandPace.OTHERS.toNanos() - 1);
        pace.await(clock.get());
        clock.addAndGet(1);
        assertPauses();
    }

    @Test
    void who_had_not_to_wait_or_is_gone_holds_nobody_up() throws Exception {
        var never = pace.hurry();
        var late = pace.hurry();
        late.close();
        late.begin();
        assertPauses();
        never.close();
        assertPauses();
    }

    @Test
    void who_comes_to_wait_ends_the_pause() throws Exception {
        try (var waiting = pace.hurry()) {
            assertEnds(waiting::begin);
        }
        assertEnds(pace::hurryForOthers);
    }

    private void assertPauses() throws InterruptedException {
        assertEnds(pace::hurryForOthers);
        clock.addAndGet(CommandPace.OTHERS.toNanos());
    }

    /** That there is a pause until this is done, and no longer. */
    private void assertEnds(Runnable wakes) throws InterruptedException {
        var stream = Thread.ofPlatform().start(() -> pace.await(clock.get()));
        // Not only about to: whoever sleeps has to be woken.
        while (stream.isAlive() && stream.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        assertThat(stream.isAlive()).isTrue();
        wakes.run();
        stream.join();
    }
}
