package io.signalbox.processor.dataplane;

import static io.signalbox.processor.dataplane.FakeAnswer.error;
import static io.signalbox.processor.dataplane.States.LOCAL;
import static io.signalbox.processor.dataplane.States.alterOffsets;
import static io.signalbox.processor.dataplane.States.asked;
import static io.signalbox.processor.dataplane.States.config;
import static io.signalbox.processor.dataplane.States.created;
import static io.signalbox.processor.dataplane.States.resetOffsets;
import static io.signalbox.processor.dataplane.States.retargeted;
import static io.signalbox.processor.dataplane.States.seen;
import static io.signalbox.processor.dataplane.States.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.processor.domain.Command.Observation;
import io.signalbox.processor.domain.Command.ReportOffsets;
import io.signalbox.processor.domain.Command.ReportOperation;
import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.RunState;
import io.signalbox.processor.domain.TargetState;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Changes of offsets against a worker that is not ready yet, refuses, or lies. */
class OffsetsChangeTest {

    private static final String BEFORE =
            "[{\"partition\":{\"a\":1},\"offset\":{}},{\"partition\":{\"b\":1},\"offset\":{}}]";
    private static final String AFTER = "[{\"partition\":{\"a\":1},\"offset\":{\"position\":7}}]";
    private static final String ALTERED = "The offsets for this connector have been altered successfully";
    private static final String PATCH = "PATCH /connectors/c/offsets";
    private static final String ZOMBIES = "Failed to alter consumer group offsets for connector c either because its"
            + " tasks haven't stopped completely yet or there are zombie sink tasks";

    private final FakeWorker worker = new FakeWorker();
    private final ReconcilerBench bench = new ReconcilerBench();
    private final ConnectorState stopped = seen(created("c", TargetState.STOPPED), 1, status(RunState.STOPPED));

    @AfterEach
    void close() {
        bench.close();
        worker.close();
    }

    @Test
    void offsets_are_altered_once_and_the_report_holds_what_was_there_before() {
        stopped();
        bench.desire(asked(stopped, alterOffsets("op", AFTER, null)));
        var report = new ReportOperation("uid-c", "op", true, ALTERED, null, BEFORE);
        bench.awaitReport(report);
        assertThat(worker.offsets("c")).isEqualTo(AFTER);
        bench.await(() -> bench.count(report) > 1);
        assertThat(worker.count(PATCH)).isEqualTo(1);
    }

    @Test
    void the_offsets_before_are_in_the_log_before_anything_is_changed_and_those_after_it_follow() {
        stopped();
        bench.desire(asked(stopped, alterOffsets("op", AFTER, null)));
        bench.awaitReport(new ReportOffsets("uid-c", AFTER));
        List<Observation> told = bench.reports().stream()
                .filter(report -> report instanceof ReportOffsets || report instanceof ReportOperation)
                .distinct()
                .toList();
        assertThat(told)
                .containsExactly(
                        new ReportOffsets("uid-c", BEFORE),
                        new ReportOperation("uid-c", "op", true, ALTERED, null, BEFORE),
                        new ReportOffsets("uid-c", AFTER));
    }

    @Test
    void offsets_are_reset() {
        stopped();
        bench.desire(asked(stopped, resetOffsets("op")));
        bench.awaitReport(new ReportOperation(
                "uid-c", "op", true, "The offsets for this connector have been reset successfully", null, BEFORE));
        assertThat(worker.offsets("c")).isEqualTo("[]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "409|Cannot complete request momentarily due to stale configuration",
                "400|" + FakeWorker.NOT_STOPPED,
                "500|" + ZOMBIES,
                "500|Request timed out. The worker is currently ensuring membership",
                "500|Failed to complete zombie fencing because a new set of task configs was generated",
                "500|Request cannot be completed because a rebalance is expected",
                "404|Connector c not found",
                "503|busy"
            })
    void what_a_worker_will_not_do_yet_is_asked_for_again(int status, String message) {
        var left = new AtomicInteger(3);
        worker.lie(
                (method, path) -> method.equals("PATCH") && left.getAndDecrement() > 0 ? error(status, message) : null);
        stopped();
        bench.desire(asked(stopped, alterOffsets("op", AFTER, null)));
        bench.awaitReport(new ReportOperation("uid-c", "op", true, ALTERED, null, BEFORE));
        assertThat(worker.count(PATCH)).isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource({"400,The partition for a sink connector offset cannot be null or missing", "500,Negative offsets"})
    void what_it_refuses_is_told_at_once_in_its_words_and_under_its_status(int status, String message) {
        worker.lie((method, path) -> method.equals("PATCH") ? error(status, message) : null);
        stopped();
        bench.desire(asked(stopped, alterOffsets("op", AFTER, null)));
        bench.awaitReport(new ReportOperation("uid-c", "op", false, message, status, BEFORE));
        assertThat(worker.count(PATCH)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {409, 500})
    void what_it_will_never_do_is_told_when_the_time_is_over(int status) {
        worker.lie((method, path) -> method.equals("PATCH") ? error(status, ZOMBIES) : null);
        stopped();
        bench.desire(asked(stopped, alterOffsets("op", AFTER, null)));
        bench.awaitReport(new ReportOperation("uid-c", "op", false, ZOMBIES, status, BEFORE));
        assertThat(worker.count(PATCH)).isGreaterThan(3);
    }

    @Test
    void an_answer_that_was_lost_does_not_make_the_new_offsets_those_before() {
        var left = new AtomicInteger(1);
        worker.lie((method, path) ->
                method.equals("PATCH") && left.getAndDecrement() > 0 ? FakeAnswer.errorAfterApplying(500) : null);
        stopped();
        bench.desire(asked(stopped, alterOffsets("op", AFTER, null)));
        bench.awaitReport(new ReportOperation("uid-c", "op", true, ALTERED, null, BEFORE));
        assertThat(worker.count(PATCH)).isEqualTo(2);
    }

    @Test
    void offsets_that_cannot_be_read_are_not_changed() {
        worker.lie((method, path) ->
                method.equals("GET") && path.endsWith("/offsets") ? error(500, "Request timed out") : null);
        stopped();
        bench.desire(asked(stopped, alterOffsets("op", AFTER, null)));
        bench.awaitReport(new ReportOperation("uid-c", "op", false, "Request timed out", 500, null));
        assertThat(worker.count(PATCH)).isZero();
    }

    @Test
    void what_is_created_with_offsets_is_stopped_until_they_are_set() {
        bench.register(LOCAL, worker.url());
        bench.start();
        var held = asked(created("c", TargetState.STOPPED), alterOffsets("uid-c~offsets", AFTER, TargetState.RUNNING));
        bench.desire(held);
        bench.awaitReport(new ReportOperation("uid-c", "uid-c~offsets", true, ALTERED, null, BEFORE));
        assertThat(worker.state("c")).isEqualTo("STOPPED");
        assertThat(worker.offsets("c")).isEqualTo(AFTER);
        bench.desire(retargeted(held, TargetState.RUNNING));
        bench.await(() -> "RUNNING".equals(worker.state("c")));
    }

    @Test
    void what_a_replica_left_half_done_another_one_finishes() {
        // It is there and stopped, and the log does not know yet.
        stopped();
        bench.desire(
                asked(created("c", TargetState.STOPPED), alterOffsets("uid-c~offsets", AFTER, TargetState.RUNNING)));
        bench.awaitReport(new ReportOperation("uid-c", "uid-c~offsets", true, ALTERED, null, BEFORE));
        assertThat(worker.offsets("c")).isEqualTo(AFTER);
    }

    @Test
    void while_its_config_is_refused_the_offsets_of_a_creation_wait() {
        worker.lie((method, path) -> method.equals("POST") ? error(400, "Value is bad") : null);
        bench.register(LOCAL, worker.url());
        bench.start();
        bench.desire(
                asked(created("c", TargetState.STOPPED), alterOffsets("uid-c~offsets", AFTER, TargetState.RUNNING)));
        bench.await(() ->
                bench.reports().stream().anyMatch(report -> report.toString().contains("Value is bad")));
        assertThat(worker.count(PATCH)).isZero();
        assertThat(bench.reports()).noneMatch(report -> report instanceof ReportOperation);
    }

    private void stopped() {
        worker.put("c", config("c", "1").values(), "STOPPED");
        bench.register(LOCAL, worker.url());
        bench.start();
    }
}
