package io.signalbox.processor.dataplane;

import static io.signalbox.processor.dataplane.States.status;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.processor.dataplane.DriverException.Kind;
import io.signalbox.processor.domain.ConnectorStatus;
import io.signalbox.processor.domain.RunState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class StatusLooksTest {

    private static final ConnectorStatus ALONE = status(RunState.RUNNING, RunState.RUNNING);
    private static final ConnectorStatus LISTED = status(RunState.PAUSED, RunState.PAUSED);

    private final Asked worker = new Asked();
    private final StatusLooks looks = new StatusLooks(worker, Timing.of(System::nanoTime, () -> 0.5));
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void close() {
        worker.singles.countDown();
        worker.lists.countDown();
        threads.shutdownNow();
    }

    @Test
    void one_is_asked_for_by_itself() throws Exception {
        worker.singles.countDown();
        assertThat(looks.of("a")).contains(ALONE);
        assertThat(looks.of("a")).contains(ALONE);
        assertThat(worker.listed.get()).isZero();
    }

    @Test
    void those_beyond_a_few_share_a_list() throws Exception {
        worker.lists.countDown();
        var few = ask(StatusLooks.FEW);
        var more = ask(50);
        for (Future<Optional<ConnectorStatus>> each : more) {
            assertThat(each.get(10, SECONDS)).contains(LISTED);
        }
        assertThat(few).noneMatch(Future::isDone);
        assertThat(worker.listed.get()).isLessThan(50);
        assertThat(looks.of("nobody")).isEmpty();
    }

    @Test
    void who_comes_while_a_list_is_under_way_gets_the_next_one() throws Exception {
        ask(StatusLooks.FEW);
        var first = ask(1);
        Awaitility.await().until(() -> worker.listed.get() == 1);
        var later = ask(10);
        Awaitility.await().until(() -> worker.waiting.get() == StatusLooks.FEW + 1);
        worker.lists.countDown();
        first.getFirst().get(10, SECONDS);
        for (Future<Optional<ConnectorStatus>> each : later) {
            each.get(10, SECONDS);
        }
        assertThat(worker.listed.get()).isGreaterThan(1);
    }

    @Test
    void those_beyond_a_few_in_a_moment_share_a_list_however_quick_the_worker_is() throws Exception {
        var now = new AtomicLong();
        var moments = new StatusLooks(worker, Timing.of(now::get, () -> 0.5));
        worker.singles.countDown();
        worker.lists.countDown();
        for (int i = 0; i < StatusLooks.FEW; i++) {
            assertThat(moments.of("a")).contains(ALONE);
        }
        assertThat(moments.of("a")).contains(LISTED);
        now.addAndGet(StatusLooks.SHORTEST_PAUSE.toNanos() - 1);
        assertThat(moments.of("a")).contains(LISTED);
        now.addAndGet(1);
        assertThat(moments.of("a")).contains(ALONE);
    }

    @Test
    void in_a_large_cluster_a_list_is_dearer_than_dozens() throws Exception {
        worker.connectors = 3_200;
        worker.lists.countDown();
        ask(99);
        Awaitility.await().until(() -> worker.waiting.get() == 99);
        assertThat(worker.listed.get()).isZero();
    }

    @Test
    void a_list_that_took_long_does_not_hold_up_the_next_one() throws Exception {
        var clock = new AtomicLong();
        worker.lists.countDown();
        worker.meanwhile = () -> clock.addAndGet(SECONDS.toNanos(60));
        var slow = new StatusLooks(worker, Timing.of(clock::get, () -> 0.5));
        ask(slow, StatusLooks.FEW);
        for (int i = 0; i < 2; i++) {
            assertThat(ask(slow, 1).getFirst().get(10, SECONDS)).contains(LISTED);
        }
    }

    @Test
    void who_breaks_off_before_his_list_began_leaves_nobody_waiting() throws Exception {
        ask(StatusLooks.FEW);
        var first = ask(1).getFirst();
        Awaitility.await().until(() -> worker.listed.get() == 1);
        var leader = ask(1).getFirst();
        Awaitility.await().until(() -> looks.queued() == 1);
        var sharing = ask(5);
        leader.cancel(true);
        worker.lists.countDown();
        assertThat(first.get(10, SECONDS)).contains(LISTED);
        for (Future<Optional<ConnectorStatus>> each : sharing) {
            Awaitility.await().until(each::isDone);
            // Whoever had come before the leader left is told to ask again.
            assertThat(each.state() == Future.State.SUCCESS
                            || each.exceptionNow() instanceof DriverException failure && failure.kind() == Kind.BROKEN)
                    .isTrue();
        }
    }

    @Test
    void a_list_that_fails_fails_for_all_who_share_it() throws Exception {
        worker.failure = new DriverException(Kind.UNREACHABLE, 0, null, "away");
        worker.lists.countDown();
        ask(StatusLooks.FEW);
        for (Future<Optional<ConnectorStatus>> each : ask(10)) {
            assertThatThrownBy(() -> each.get(10, SECONDS)).hasCause(worker.failure);
        }
    }

    private List<Future<Optional<ConnectorStatus>>> ask(int count) {
        return ask(looks, count);
    }

    private List<Future<Optional<ConnectorStatus>>> ask(StatusLooks looks, int count) {
        int before = worker.waiting.get();
        List<Future<Optional<ConnectorStatus>>> asked = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            asked.add(threads.submit(() -> looks.of("a")));
        }
        if (before < StatusLooks.FEW) {
            Awaitility.await().until(() -> worker.waiting.get() >= Math.min(before + count, StatusLooks.FEW));
        }
        return asked;
    }

    /** Answers when it may. */
    private static final class Asked implements StatusLooks.Worker {
        private final CountDownLatch singles = new CountDownLatch(1);
        private final CountDownLatch lists = new CountDownLatch(1);
        private final AtomicInteger waiting = new AtomicInteger();
        private final AtomicInteger listed = new AtomicInteger();
        private volatile DriverException failure;
        private volatile Runnable meanwhile = () -> {};
        private volatile int connectors = 10;

        @Override
        public Optional<ConnectorStatus> one(String connector) {
            await(singles);
            return Optional.of(ALONE);
        }

        @Override
        public Map<String, ConnectorStatus> all() {
            listed.incrementAndGet();
            await(lists);
            meanwhile.run();
            if (failure != null) {
                throw failure;
            }
            return Map.of("a", LISTED);
        }

        @Override
        public int connectors() {
            return connectors;
        }

        private void await(CountDownLatch latch) {
            waiting.incrementAndGet();
            try {
                latch.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                waiting.decrementAndGet();
            }
        }
    }
}
