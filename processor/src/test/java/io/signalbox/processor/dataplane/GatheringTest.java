package io.signalbox.processor.dataplane;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
        assertThat(gathering.join()).isFalse();
        clock.addAndGet(gather().toNanos());
        assertThat(gathering.join()).isFalse();
        assertThat(clock.get()).isEqualTo(gather().toNanos());
    }

    @Test
    void those_that_follow_closely_begin_together_when_no_more_come() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            gathering.join();
            List<Future<Boolean>> followers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                clock.addAndGet(gather().dividedBy(2).toNanos());
                followers.add(threads.submit(this::join));
                awaitWaiting(i + 1);
            }
            assertThat(followers).noneMatch(Future::isDone);
            clock.addAndGet(gather().toNanos());
            for (Future<Boolean> follower : followers) {
                assertThat(follower.get(5_000, MILLISECONDS)).isTrue();
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

    private void awaitWaiting(int count) {
        Awaitility.await().until(() -> gathering.waiting() == count);
    }

    private boolean join() throws InterruptedException {
        return gathering.join();
    }

    private static Duration gather() {
        return Timing.of(System::nanoTime, () -> 0).gather();
    }

    private static Duration longest() {
        return Timing.of(System::nanoTime, () -> 0).gatherAtMost();
    }
}
