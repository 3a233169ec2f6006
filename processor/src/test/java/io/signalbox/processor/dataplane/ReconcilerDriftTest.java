package io.signalbox.processor.dataplane;

import static io.signalbox.processor.dataplane.States.LOCAL;
import static io.signalbox.processor.dataplane.States.config;
import static io.signalbox.processor.dataplane.States.created;
import static io.signalbox.processor.dataplane.States.drifted;
import static io.signalbox.processor.dataplane.States.policies;
import static io.signalbox.processor.dataplane.States.seen;
import static io.signalbox.processor.dataplane.States.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.processor.domain.ClusterSpec.OnDrift;
import io.signalbox.processor.domain.ClusterSpec.Unmanaged;
import io.signalbox.processor.domain.Command.ReportAbsent;
import io.signalbox.processor.domain.Command.ReportDrift;
import io.signalbox.processor.domain.Command.ReportDriftOver;
import io.signalbox.processor.domain.Command.ReportFound;
import io.signalbox.processor.domain.Command.ReportStatus;
import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.Difference;
import io.signalbox.processor.domain.RunState;
import io.signalbox.processor.domain.TargetState;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the reconciler makes of what others do on its clusters. */
class ReconcilerDriftTest {

    private static final Difference PAUSED = Difference.NONE.withState(RunState.PAUSED);

    private final FakeWorker worker = new FakeWorker();
    private final ReconcilerBench bench = new ReconcilerBench();
    private final ConnectorState known =
            seen(created("c", TargetState.RUNNING), 1, status(RunState.RUNNING, RunState.RUNNING));

    @AfterEach
    void close() {
        bench.close();
        worker.close();
    }

    @Test
    void a_pause_is_told_put_back_by_one_write_and_told_to_be_over() {
        running(OnDrift.HEAL);
        worker.put("c", config("c", "1").values(), "PAUSED");
        var told = new ReportDrift("uid-c", 1, PAUSED);
        bench.awaitReport(told);
        bench.desire(drifted(known, PAUSED));
        bench.awaitReport(new ReportDriftOver("uid-c", 1, true));
        bench.desire(known);
        awaitLooks(5);
        assertThat(bench.count(told)).isEqualTo(1);
        assertThat(writes()).containsExactly("PUT /connectors/c/resume");
    }

    @Test
    void a_changed_config_is_told_without_its_values_and_put_back_by_one_write() {
        running(OnDrift.HEAL);
        worker.put("c", config("c", "meddled").values(), "RUNNING");
        var difference = Difference.between(known, config("c", "meddled"), known.status(), States.FINGERPRINT);
        bench.awaitReport(new ReportDrift("uid-c", 1, difference));
        bench.desire(drifted(known, difference));
        bench.awaitReport(new ReportDriftOver("uid-c", 1, true));
        assertThat(writes()).containsExactly("PUT /connectors/c/config");
        assertThat(bench.reports().toString()).doesNotContain("meddled");
    }

    @Test
    void nothing_is_put_back_before_the_log_says_that_it_drifted() {
        running(OnDrift.HEAL);
        worker.put("c", config("c", "of another owner").values(), "RUNNING");
        bench.await(() -> drifts() > 1);
        assertThat(writes()).isEmpty();
        bench.desire(drifted(known, bench.drifts().getFirst().difference()));
        bench.await(() -> "1".equals(worker.value("c")));
        assertThat(writes()).containsExactly("PUT /connectors/c/config");
    }

    @Test
    void a_deletion_is_told_and_put_back_by_one_write() {
        running(OnDrift.HEAL);
        worker.remove("c");
        var absent = new Difference(true, null, List.of(), 0);
        bench.awaitReport(new ReportDrift("uid-c", 1, absent));
        bench.desire(drifted(known, absent));
        bench.awaitReport(new ReportDriftOver("uid-c", 1, true));
        assertThat(writes()).containsExactly("POST /connectors");
    }

    @Test
    void what_is_only_to_be_reported_is_told_once_and_left_until_it_ends_by_itself() {
        running(OnDrift.REPORT);
        worker.put("c", config("c", "meddled").values(), "PAUSED");
        bench.await(() -> drifts() > 0);
        var told = bench.drifts().getLast();
        bench.desire(drifted(known, told.difference()));
        awaitLooks(10);
        worker.put("c", config("c", "1").values(), "RUNNING");
        bench.awaitReport(new ReportDriftOver("uid-c", 1, false));
        assertThat(writes()).isEmpty();
    }

    @Test
    void a_drift_that_the_log_knows_is_not_told_again_by_the_next_owner_but_healed() {
        worker.put("c", config("c", "1").values(), "PAUSED");
        start(OnDrift.HEAL, drifted(known, PAUSED));
        bench.awaitReport(new ReportDriftOver("uid-c", 1, true));
        assertThat(drifts()).isZero();
        assertThat(writes()).containsExactly("PUT /connectors/c/resume");
    }

    @Test
    void a_drift_that_is_reported_is_healed_when_the_policy_changes() {
        running(OnDrift.REPORT);
        worker.put("c", config("c", "1").values(), "STOPPED");
        var stopped = Difference.NONE.withState(RunState.STOPPED);
        bench.awaitReport(new ReportDrift("uid-c", 1, stopped));
        bench.desire(drifted(known, stopped));
        bench.policies(LOCAL, worker.url(), policies(Unmanaged.ADOPT, OnDrift.HEAL));
        bench.awaitReport(new ReportDriftOver("uid-c", 1, true));
        assertThat(drifts()).isEqualTo(1);
    }

    @Test
    void states_that_do_not_show_a_target_and_lists_that_are_short_are_no_drift() {
        running(OnDrift.HEAL);
        for (String state : List.of("UNASSIGNED", "FAILED", "RESTARTING")) {
            worker.put("c", config("c", "1").values(), state);
            bench.await(() -> bench.reports().stream()
                    .anyMatch(report -> report instanceof ReportStatus seen
                            && seen.status().state().name().equals(state)));
            awaitLooks(2);
        }
        worker.put("c", config("c", "1").values(), "RUNNING");
        worker.lie((method, path) -> path.startsWith("/connectors?") ? new FakeAnswer(200, "{}", false, false) : null);
        long before = worker.count("GET /connectors/c");
        bench.await(() -> worker.count("GET /connectors/c") > before);
        awaitLooks(5);
        assertThat(drifts()).isZero();
        assertThat(writes()).isEmpty();
    }

    @Test
    void what_nobody_declared_is_told_with_what_it_is_seen_to_do() {
        worker.put("found", config("found", "1").values(), "PAUSED");
        worker.put("failed", config("failed", "1").values(), "FAILED");
        worker.put("moving", config("moving", "1").values(), "UNASSIGNED");
        worker.put("x".repeat(256), Map.of("name", "x"), "RUNNING");
        start(OnDrift.HEAL);
        bench.awaitReport(new ReportFound(
                true, config("found", "1"), TargetState.PAUSED, status(RunState.PAUSED, RunState.PAUSED)));
        bench.awaitReport(new ReportFound(
                true, config("failed", "1"), TargetState.RUNNING, status(RunState.FAILED, RunState.FAILED)));
        awaitLooks(3);
        worker.put("moving", config("moving", "1").values(), "STOPPED");
        bench.awaitReport(new ReportFound(true, config("moving", "1"), TargetState.STOPPED, status(RunState.STOPPED)));
        assertThat(writes()).isEmpty();
    }

    @Test
    void what_is_in_a_partition_of_another_replica_is_not_told() {
        worker.put("c", config("c", "1").values(), "RUNNING");
        worker.put("found", config("found", "1").values(), "RUNNING");
        start(OnDrift.HEAL, known);
        bench.awaitReport(found());
        bench.revoke();
        bench.await(() -> bench.connectors() == 0);
        int told = bench.reports().size();
        assertThat(worker.requests()).isNotEmpty();
        bench.assign();
        bench.desire(known);
        bench.await(() -> bench.count(found()) > 1);
        assertThat(bench.reports().subList(0, told))
                .noneMatch(report ->
                        report instanceof ReportFound seen && seen.config().equals(config("c", "1")));
    }

    @Test
    void what_was_found_is_left_until_it_is_gone_or_the_policy_changes() {
        worker.put("found", config("found", "1").values(), "RUNNING");
        worker.put("leaving", config("leaving", "1").values(), "RUNNING");
        bench.register(LOCAL, worker.url(), policies(Unmanaged.REPORT, OnDrift.HEAL));
        bench.start();
        bench.awaitReport(new ReportFound(
                false, config("found", "1"), TargetState.RUNNING, status(RunState.RUNNING, RunState.RUNNING)));
        bench.desire(States.found("found"));
        bench.desire(States.found("leaving"));
        bench.await(() -> bench.connectors() == 2);
        long told = bench.reports().size();
        awaitLooks(6);
        assertThat(bench.reports()).hasSize((int) told);
        worker.remove("leaving");
        bench.awaitReport(new ReportAbsent("uid-leaving"));
        bench.policies(LOCAL, worker.url(), policies(Unmanaged.ADOPT, OnDrift.HEAL));
        bench.awaitReport(found());
        assertThat(writes()).isEmpty();
    }

    private static ReportFound found() {
        return new ReportFound(
                true, config("found", "1"), TargetState.RUNNING, status(RunState.RUNNING, RunState.RUNNING));
    }

    private long drifts() {
        return bench.drifts().size();
    }

    private List<String> writes() {
        return worker.requests().stream()
                .filter(request -> !request.startsWith("GET "))
                .toList();
    }

    /** @param known in the topic from the beginning: what is not might be found first */
    private void start(OnDrift drift, ConnectorState... known) {
        bench.register(LOCAL, worker.url(), policies(Unmanaged.ADOPT, drift));
        bench.start(known);
    }

    private void awaitLooks(int more) {
        String look = "GET /connectors?expand=info";
        long before = worker.count(look);
        bench.await(() -> worker.count(look) >= before + more);
    }

    /** The connector runs, and the log knows it. */
    private void running(OnDrift drift) {
        worker.put("c", config("c", "1").values(), "RUNNING");
        start(drift);
        bench.desire(known);
        bench.await(() -> worker.count("GET /connectors/c") > 0);
    }
}
