package io.signalbox.processor.dataplane;

import static io.signalbox.processor.dataplane.FakeAnswer.error;
import static io.signalbox.processor.dataplane.FakeAnswer.errorAfterApplying;
import static io.signalbox.processor.dataplane.States.LOCAL;
import static io.signalbox.processor.dataplane.States.asked;
import static io.signalbox.processor.dataplane.States.config;
import static io.signalbox.processor.dataplane.States.created;
import static io.signalbox.processor.dataplane.States.deleting;
import static io.signalbox.processor.dataplane.States.reconfigured;
import static io.signalbox.processor.dataplane.States.replacing;
import static io.signalbox.processor.dataplane.States.restart;
import static io.signalbox.processor.dataplane.States.retargeted;
import static io.signalbox.processor.dataplane.States.seen;
import static io.signalbox.processor.dataplane.States.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.processor.domain.ClusterSpec;
import io.signalbox.processor.domain.Command.ReportAbsent;
import io.signalbox.processor.domain.Command.ReportOffsets;
import io.signalbox.processor.domain.Command.ReportOperation;
import io.signalbox.processor.domain.Command.ReportRefused;
import io.signalbox.processor.domain.Command.ReportStatus;
import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.RunState;
import io.signalbox.processor.domain.TargetState;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The reconciler against a worker that does not always tell the truth. */
class ReconcilerTest {

    private static final int MANY = 20;
    private static final String ONE_OF_MANY = "/connectors/c[0-9]+";

    private final FakeWorker worker = new FakeWorker();
    private final ReconcilerBench bench = new ReconcilerBench();
    private final ConnectorState desired = created("c", TargetState.RUNNING);
    /** The same, applied and known to the log. */
    private final ConnectorState known = seen(desired, 1, status(RunState.RUNNING, RunState.RUNNING));

    @AfterEach
    void close() {
        bench.close();
        worker.close();
    }

    @Test
    void what_is_declared_is_created_in_its_initial_state_and_confirmed() {
        start();
        bench.desire(created("c", TargetState.PAUSED));
        bench.awaitReport(new ReportStatus("uid-c", 1L, status(RunState.PAUSED, RunState.PAUSED)));
        assertThat(worker.state("c")).isEqualTo("PAUSED");
        assertThat(worker.count("POST /connectors")).isEqualTo(1);
    }

    @Test
    void every_change_is_applied_and_confirmed_by_its_generation() {
        running();
        var reconfigured = reconfigured(known, "2");
        bench.desire(reconfigured);
        bench.await(() -> "2".equals(worker.value("c")));
        bench.awaitGeneration(2);
        var paused = retargeted(seen(reconfigured, 2, known.status()), TargetState.PAUSED);
        bench.desire(paused);
        bench.awaitReport(new ReportStatus("uid-c", 3L, status(RunState.PAUSED, RunState.PAUSED)));
        bench.awaitReport(new ReportOffsets(
                "uid-c", "[{\"partition\":{\"a\":1},\"offset\":{}},{\"partition\":{\"b\":1},\"offset\":{}}]"));
        bench.desire(retargeted(seen(paused, 3, status(RunState.PAUSED, RunState.PAUSED)), TargetState.STOPPED));
        bench.awaitReport(new ReportStatus("uid-c", 4L, status(RunState.STOPPED)));
    }

    @Test
    void a_409_is_retried_until_the_worker_is_ready() {
        var left = new AtomicInteger(5);
        worker.lie(
                (method, path) -> method.equals("POST") && left.getAndDecrement() > 0 ? error(409, "rebalance") : null);
        start();
        bench.desire(desired);
        bench.awaitGeneration(1);
        assertThat(worker.count("POST /connectors")).isEqualTo(6);
    }

    @Test
    void a_500_after_applying_is_not_applied_again() {
        worker.lie((method, path) -> method.equals("POST") ? errorAfterApplying(500) : null);
        start();
        bench.desire(desired);
        bench.awaitGeneration(1);
        assertThat(worker.count("POST /connectors")).isEqualTo(1);
        assertThat(worker.count("PUT /connectors/c/config")).isZero();
    }

    @Test
    void half_an_answer_is_read_again() {
        var left = new AtomicInteger(3);
        worker.lie((method, path) -> path.equals("/connectors/c") && left.getAndDecrement() > 0
                ? new FakeAnswer(200, "{\"name\":\"c\",\"conf", false, false)
                : null);
        start();
        bench.desire(desired);
        bench.awaitGeneration(1);
    }

    @Test
    void a_refused_config_is_told_and_the_next_one_is_tried_at_once() {
        worker.lie((method, path) -> method.equals("PUT")
                        && path.endsWith("/config")
                        && !worker.requests().isEmpty()
                ? error(400, "Value is bad")
                : null);
        running();
        var bad = reconfigured(known, "bad");
        bench.desire(bad);
        bench.awaitReport(new ReportRefused("uid-c", 2, "127.0.0.1:" + worker.port(), "Value is bad"));
        worker.truth();
        bench.desire(reconfigured(bad, "good"));
        bench.awaitGeneration(3);
        assertThat(worker.value("c")).isEqualTo("good");
    }

    @Test
    void a_connector_is_deleted_until_nothing_of_it_is_seen() {
        worker.linger(true);
        running();
        bench.desire(deleting(known));
        bench.await(() -> worker.state("c") == null);
        bench.await(() -> worker.count("GET /connectors/c/status") > 3);
        assertThat(bench.reports()).doesNotContain(new ReportAbsent("uid-c"));
        worker.linger(false);
        bench.awaitReport(new ReportAbsent("uid-c"));
        bench.forget(known.key());
        bench.await(() -> bench.connectors() == 0);
    }

    @Test
    void many_are_deleted_together_after_all_were_looked_at_together() {
        var all = manyRunning();
        answerTogether("/offsets");
        all.forEach(state -> bench.desire(deleting(state)));
        for (var state : all) {
            bench.awaitReport(new ReportAbsent(state.uid()));
        }
        var requests = List.copyOf(worker.requests());
        int lastRead = lastOf(requests, "GET .*/offsets");
        assertThat(requests.subList(0, lastRead)).noneMatch(request -> request.startsWith("DELETE"));
        assertThat(bench.reports()).filteredOn(ReportOffsets.class::isInstance).hasSize(MANY);
    }

    @Test
    void many_are_stopped_together_after_all_were_looked_at_together() {
        var all = manyRunning();
        answerTogether("/stop");
        all.forEach(state -> bench.desire(retargeted(state, TargetState.STOPPED)));
        for (var state : all) {
            bench.awaitReport(new ReportStatus(state.uid(), 2L, status(RunState.STOPPED)));
        }
    }

    /** No look is answered before all have come, nor anything else whose path ends so. */
    private void answerTogether(String end) {
        var looks = new Together(MANY);
        var others = new Together(MANY);
        worker.lie((method, path) -> {
            if (path.matches(ONE_OF_MANY) && method.equals("GET")) {
                looks.meet(path);
            } else if (path.endsWith(end)) {
                others.meet(path);
            }
            return null;
        });
    }

    /** A worker tells statuses while everything else waits for it. */
    @Test
    void a_status_does_not_wait_for_other_looks() {
        var end = new CountDownLatch(1);
        worker.lie((method, path) -> {
            if (path.endsWith("/offsets")) {
                await(end);
            }
            return null;
        });
        var all = manyRunning();
        all.forEach(state -> bench.desire(retargeted(state, TargetState.PAUSED)));
        for (var state : all) {
            bench.awaitReport(new ReportStatus(state.uid(), 2L, status(RunState.PAUSED, RunState.PAUSED)));
        }
        bench.await(() -> reads() > 0);
        bench.desire(desired);
        bench.awaitReport(new ReportStatus("uid-c", 1L, status(RunState.RUNNING, RunState.RUNNING)));
        assertThat(reads()).isLessThan(MANY);
        end.countDown();
    }

    private long reads() {
        return worker.requests().stream()
                .filter(request -> request.endsWith("/offsets"))
                .count();
    }

    /** Connectors that run as they should, each looked at once. */
    private List<ConnectorState> manyRunning() {
        bench.register(LOCAL, worker.url(), ClusterSpec.Policies.DEFAULT);
        bench.start();
        var all = IntStream.range(0, MANY)
                .mapToObj(i -> seen(created("c" + i, TargetState.RUNNING), 1, known.status()))
                .toList();
        for (var state : all) {
            worker.put(
                    state.key().connector(),
                    config(state.key().connector(), "1").values(),
                    "RUNNING");
            bench.desire(state);
        }
        bench.await(() -> all.stream()
                .allMatch(state -> worker.count("GET /connectors/" + state.key().connector()) > 0));
        return all;
    }

    /** Nobody goes on before all others have come, whose names differ. */
    private record Together(Set<String> came, CountDownLatch missing) {

        Together(int count) {
            this(ConcurrentHashMap.newKeySet(), new CountDownLatch(count));
        }

        void meet(String name) {
            if (came.add(name)) {
                missing.countDown();
            }
            await(missing);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static int lastOf(List<String> requests, String pattern) {
        return IntStream.range(0, requests.size())
                .filter(i -> requests.get(i).matches(pattern))
                .max()
                .orElseThrow();
    }

    @Test
    void an_earlier_incarnation_is_removed_before_the_new_one_is_created() {
        worker.put("c", config("c", "old").values(), "RUNNING");
        start();
        var replacing = replacing(desired, "old-uid");
        bench.desire(replacing);
        bench.awaitReport(new ReportAbsent("old-uid"));
        assertThat(worker.count("POST /connectors")).isZero();
        bench.desire(replacing(replacing, null));
        bench.awaitGeneration(1);
        assertThat(worker.value("c")).isEqualTo("1");
    }

    @Test
    void a_restart_is_run_once_however_late_its_report_comes_back() {
        var left = new AtomicInteger(2);
        worker.lie((method, path) ->
                path.contains("/restart") && left.getAndDecrement() > 0 ? error(409, "rebalance") : null);
        running();
        var first = asked(known, restart("op-1"));
        bench.desire(first);
        bench.awaitReport(new ReportOperation("uid-c", "op-1", true, null));
        bench.desire(asked(first, restart("op-1"), restart("op-2")));
        bench.awaitReport(new ReportOperation("uid-c", "op-2", true, null));
        // The first report is repeated, the restart is not.
        bench.await(() -> bench.count(new ReportOperation("uid-c", "op-1", true, null)) > 1);
        assertThat(worker.count("POST /connectors/c/restart?includeTasks=true&onlyFailed=false"))
                .isEqualTo(4);
    }

    @Test
    void a_restart_that_keeps_failing_is_told_to_have_failed() {
        worker.lie((method, path) -> path.contains("/restart") ? error(500, "Failed to start") : null);
        running();
        bench.desire(asked(known, restart("op-1")));
        bench.awaitReport(new ReportOperation("uid-c", "op-1", false, "Failed to start"));
    }

    @Test
    void a_failed_connector_is_told_a_new_target_once() {
        worker.put("c", config("c", "1").values(), "FAILED");
        start();
        var failed = seen(desired, 1, status(RunState.FAILED, RunState.FAILED));
        bench.desire(retargeted(failed, TargetState.PAUSED));
        bench.awaitGeneration(2);
        awaitResyncs(2);
        assertThat(worker.count("PUT /connectors/c/pause")).isEqualTo(1);
    }

    @Test
    void what_changes_by_itself_is_told_and_what_others_changed_is_put_back() {
        running();
        worker.put("c", config("c", "1").values(), "FAILED");
        bench.awaitReport(new ReportStatus("uid-c", null, status(RunState.FAILED, RunState.FAILED)));
        worker.put("c", config("c", "meddled").values(), "PAUSED");
        var drifted = bench.echoDrift(known);
        bench.await(() -> "1".equals(worker.value("c")) && "RUNNING".equals(worker.state("c")));
        worker.remove("c");
        bench.echoDrift(drifted);
        bench.await(() -> "RUNNING".equals(worker.state("c")));
    }

    private void start() {
        bench.register(LOCAL, worker.url());
        bench.start();
    }

    private void awaitResyncs(int more) {
        String resync = "GET /connectors?expand=info";
        long before = worker.count(resync);
        bench.await(() -> worker.count(resync) >= before + more);
    }

    /** The connector runs, and the log knows it. */
    private void running() {
        worker.put("c", config("c", "1").values(), "RUNNING");
        start();
        bench.desire(known);
        bench.await(() -> worker.count("GET /connectors/c") > 0);
    }
}
