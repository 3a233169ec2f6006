package io.signalbox.processor.dataplane;

import static io.signalbox.processor.dataplane.States.LOCAL;
import static io.signalbox.processor.dataplane.States.config;
import static io.signalbox.processor.dataplane.States.created;
import static io.signalbox.processor.dataplane.States.retargeted;
import static io.signalbox.processor.dataplane.States.seen;
import static io.signalbox.processor.dataplane.States.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.processor.domain.ClusterKey;
import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.RunState;
import io.signalbox.processor.domain.TargetState;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The reconciler when clusters, the log or the group come and go. */
class ReconcilerClusterTest {

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
    void what_is_not_declared_is_left_alone() {
        worker.put("stranger", config("stranger", "1").values(), "RUNNING");
        running();
        awaitResyncs(2);
        assertThat(worker.requests()).noneMatch(request -> request.contains("stranger"));
    }

    @Test
    void nothing_is_lost_while_the_worker_is_away() {
        running();
        int port = worker.port();
        worker.close();
        bench.desire(retargeted(known, TargetState.PAUSED));
        IntStream.range(0, 10).forEach(i -> bench.desire(created("n" + i, TargetState.RUNNING)));
        bench.await(() -> bench.unreachable() > 3);
        try (var back = new FakeWorker(port)) {
            back.put("c", config("c", "1").values(), "RUNNING");
            bench.await(() -> "PAUSED".equals(back.state("c"))
                    && IntStream.range(0, 10).allMatch(i -> "RUNNING".equals(back.state("n" + i))));
        }
    }

    @Test
    void a_cluster_that_hangs_or_is_not_registered_slows_no_other() {
        try (var hung = new FakeWorker()) {
            hung.lie((method, path) -> FakeAnswer.never());
            var other = new ClusterKey("default", "hung");
            var late = new ClusterKey("default", "late");
            bench.register(LOCAL, worker.url());
            bench.register(other, hung.url());
            bench.start();
            IntStream.range(0, 20).forEach(i -> bench.desire(created(other, "h" + i, TargetState.RUNNING)));
            bench.desire(created(late, "l", TargetState.RUNNING));
            IntStream.range(0, 20).forEach(i -> bench.desire(created("c" + i, TargetState.RUNNING)));
            bench.await(() -> IntStream.range(0, 20).allMatch(i -> worker.state("c" + i) != null));
            bench.registerLater(late, worker.url());
            bench.await(() -> worker.state("l") != null);
        }
    }

    @Test
    void a_report_that_was_not_taken_is_told_again() {
        bench.failNextReports(3);
        start();
        bench.desire(desired);
        bench.awaitGeneration(1);
    }

    @Test
    void a_revoked_partition_is_left_to_its_next_owner() {
        running();
        bench.revoke();
        bench.await(() -> bench.connectors() == 0);
        worker.remove("c");
        bench.assign();
        bench.desire(known);
        bench.echoDrift(known);
        bench.await(() -> worker.state("c") != null);
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
