package io.signalbox.processor.dataplane;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class GatheringTest {

    private final AtomicLong clock = new AtomicLong();
    private final Gathering gathering = new Gathering(Timing.of(clock::get, () -> 0.5));

    @Test
    void one_that_comes_alone_begins_at_once() throws Exception {
        assertThat(gathering.join()).isEmpty();
        clock.addAndGet(gather().toNanos());
        assertThat(gathering.join()).isEmpty();
        assertThat(clock.get()).isEqualTo(gather().toNanos());
    }

    @Test
    void those_that_follow_closely_begin_together_when_no_more_come() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            gathering.join();
            List<Future<Optional<Gathering.Wave>>> followers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                clock.addAndGet(gather().dividedBy(2).toNanos());
                followers.add(threads.submit(this::join));
                awaitWaiting(i + 1);
            }
            assertThat(followers).noneMatch(Future::isDone);
            clock.addAndGet(gather().toNanos());
            for (var follower : followers) {
                assertThat(follower.get(5_000, MILLISECONDS)).isPresent();
            }
        }
    }

    @Test
    void in_a_rush_a_shorter_pause_shows_that_no_more_come() throws Exception {
        assertGone(1, gather().dividedBy(4));
        clock.addAndGet(longest().toNanos());
        assertGone(15, Duration.ofMillis(60));
    }

    /** @param pause after so long those have gone that came with these milliseconds between them */
    private void assertGone(long betweenMs, Duration pause) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            gathering.join();
            List<Future<Optional<Gathering.Wave>>> followers = new ArrayList<>();
            for (int i = 0; i < Gathering.RUSH; i++) {
                clock.addAndGet(MILLISECONDS.toNanos(betweenMs));
                followers.add(threads.submit(this::join));
                awaitWaiting(i + 1);
            }
            assertThat(followers).noneMatch(Future::isDone);
            clock.addAndGet(pause.toNanos());
            for (var follower : followers) {
                assertThat(follower.get(5_000, MILLISECONDS)).isPresent();
            }
        }
    }

    @Test
    void nobody_waits_longer_than_the_longest_time_however_many_come() throws Exception {
        var threads = Executors.newVirtualThreadPerTaskExecutor();
        try {
            gathering.join();
            Future<?> first = threads.submit(this::join);
            awaitWaiting(1);
            int came = 1;
            long step = gather().dividedBy(2).toNanos();
            for (long waited = 0; waited + step < longest().toNanos(); waited += step) {
                clock.addAndGet(step);
                threads.submit(this::join);
                awaitWaiting(++came);
            }
            assertThat(first.isDone()).isFalse();
            clock.addAndGet(step);
            first.get(5_000, MILLISECONDS);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void those_that_began_together_wait_for_each_other_once_more() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var waves = began(threads, 3);
            var first = threads.submit(() -> meet(waves.get(0)));
            var second = threads.submit(() -> meet(waves.get(1)));
            awaitWaiting(2);
            assertThat(first).isNotDone();
            assertThat(second).isNotDone();
            waves.get(2).meet();
            first.get(5_000, MILLISECONDS);
            second.get(5_000, MILLISECONDS);
        }
    }

    @Test
    void nobody_waits_for_those_that_leave() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var waves = began(threads, 2);
            var first = threads.submit(() -> meet(waves.get(0)));
            awaitWaiting(1);
            assertThat(first).isNotDone();
            waves.get(1).leave();
            first.get(5_000, MILLISECONDS);
        }
    }

    @Test
    void nobody_waits_longer_than_the_longest_time_for_one_that_does_not_come() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var waves = began(threads, 2);
            var first = threads.submit(() -> meet(waves.get(0)));
            awaitWaiting(1);
            clock.addAndGet(longest().toNanos());
            first.get(5_000, MILLISECONDS);
            waves.get(1).meet();
        }
    }

    private List<Gathering.Wave> began(ExecutorService threads, int count) throws Exception {
        gathering.join();
        List<Future<Optional<Gathering.Wave>>> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(threads.submit(this::join));
            awaitWaiting(i + 1);
        }
        clock.addAndGet(gather().toNanos());
        List<Gathering.Wave> waves = new ArrayList<>();
        for (var one : all) {
            waves.add(one.get(5_000, MILLISECONDS).orElseThrow());
        }
        return waves;
    }

    private static Object meet(Gathering.Wave wave) throws InterruptedException {
        wave.meet();
        return wave;
    }

    private void awaitWaiting(int count) {
        Awaitility.await().until(() -> gathering.waiting() == count);
    }

    private Optional<Gathering.Wave> join() throws InterruptedException {
        return gathering.join();
    }

    private static Duration gather() {
        return Timing.of(System::nanoTime, () -> 0).gather();
    }

    private static Duration longest() {
        return Timing.of(System::nanoTime, () -> 0).gatherAtMost();
    }
}
