package io.signalbox.processor.dataplane;

import static io.signalbox.processor.dataplane.States.LOCAL;
import static io.signalbox.processor.dataplane.States.config;
import static io.signalbox.processor.dataplane.States.created;
import static io.signalbox.processor.dataplane.States.reconfigured;
import static io.signalbox.processor.dataplane.States.seen;
import static io.signalbox.processor.dataplane.States.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.processor.domain.Command.ReportResealed;
import io.signalbox.processor.domain.Config;
import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.RunState;
import io.signalbox.processor.domain.TargetState;
import io.signalbox.processor.secrets.KeySets;
import io.signalbox.processor.secrets.Sealer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** After a rotation the owner of a connector seals its secrets anew, of its own accord and once; the worker never hears of it. */
class ReconcilerResealTest {

    private final FakeWorker worker = new FakeWorker();

    @TempDir
    Path directory;

    private Sealer old;
    private Sealer both;
    private Sealer renewed;
    private ReconcilerBench bench;

    @BeforeEach
    void rotate() throws Exception {
        Path file = directory.resolve("keyset.json");
        KeySets.create(file);
        old = KeySets.load(file, "");
        KeySets.add(file);
        both = KeySets.load(file, "");
        KeySets.promote(file);
        renewed = KeySets.load(file, "");
    }

    @AfterEach
    void close() {
        bench.close();
        worker.close();
    }

    @Test
    void what_an_earlier_key_sealed_is_told_with_its_new_text_and_the_worker_is_left_alone() {
        worker.put("c", config("c", "hunter2").values(), "RUNNING");
        start(renewed);
        bench.desire(running("c", old));
        bench.awaitReport(resealed("c", old));
        bench.desire(later(running("c", renewed)));
        awaitLooks(3);
        assertThat(resealed()).hasSize(1);
        assertThat(worker.count("PUT /connectors/c/config")).isZero();
        assertThat(bench.drifts()).isEmpty();
        assertThat(bench.secrets()).isEqualTo(Map.of(renewed.primaryKeyId(), 1L));
        assertThat(bench.reports().toString()).doesNotContain("hunter2");
    }

    @Test
    void while_the_log_has_not_said_so_it_is_not_told_again() {
        worker.put("c", config("c", "hunter2").values(), "RUNNING");
        start(renewed);
        var first = running("c", old);
        bench.desire(first);
        bench.awaitReport(resealed("c", old));
        bench.desire(seen(first, 2, status(RunState.RUNNING)));
        bench.desire(running("d", old));
        bench.awaitReport(resealed("d", old));
        assertThat(resealed()).hasSize(2);
    }

    @Test
    void a_replica_whose_key_set_is_older_seals_nothing_back() {
        start(both);
        bench.desire(running("new", renewed));
        bench.desire(running("old", old));
        bench.await(() ->
                bench.secrets().values().stream().mapToLong(Long::longValue).sum() == 2);
        awaitLooks(3);
        assertThat(resealed()).isEmpty();
    }

    @Test
    void what_does_not_open_is_left_and_holds_up_no_other() {
        start(renewed);
        String copied = old.seal(LOCAL.connector("other"), "value", "hunter2");
        bench.desire(reconfigured(created("c", TargetState.RUNNING), copied));
        bench.desire(reconfigured(
                created("lost", TargetState.RUNNING),
                KeySets.fresh().seal(LOCAL.connector("lost"), "value", "hunter2")));
        bench.desire(running("d", old));
        bench.awaitReport(resealed("d", old));
        awaitLooks(5);
        assertThat(resealed()).containsExactly(resealed("d", old));
    }

    @Test
    void a_report_that_is_not_taken_is_made_again() {
        start(renewed, false);
        bench.failNextReports(2);
        bench.desire(running("c", old));
        bench.desire(running("d", old));
        bench.awaitReport(resealed("c", old));
        bench.awaitReport(resealed("d", old));
        assertThat(resealed()).hasSize(2);
    }

    /** It needs nothing but the log: a cluster that is away, or not registered, is no reason to wait. */
    @Test
    void many_come_one_after_another_with_a_pause_between() {
        start(renewed, false);
        long began = System.nanoTime();
        List<String> names = List.of("a", "b", "c", "d", "e");
        names.forEach(name -> bench.desire(running(name, old)));
        names.forEach(name -> bench.awaitReport(resealed(name, old)));
        assertThat(System.nanoTime() - began)
                .isGreaterThanOrEqualTo(ReconcilerBench.RESEAL.multipliedBy(4).toNanos());
        assertThat(resealed()).hasSize(5);
    }

    @Test
    void what_comes_back_by_a_rollback_is_sealed_anew_again() {
        start(renewed, false);
        bench.desire(running("c", old));
        bench.awaitReport(resealed("c", old));
        bench.desire(later(running("c", renewed)));
        bench.await(() -> bench.secrets().equals(Map.of(renewed.primaryKeyId(), 1L)));
        bench.desire(later(later(running("c", old))));
        bench.await(() -> resealed().size() == 2);
    }

    private void start(Sealer sealer) {
        start(sealer, true);
    }

    private void start(Sealer sealer, boolean registered) {
        bench = new ReconcilerBench(sealer);
        if (registered) {
            bench.register(LOCAL, worker.url());
        }
        bench.start();
    }

    private static ConnectorState running(String name, Sealer sealer) {
        var desired = reconfigured(created(name, TargetState.RUNNING), text(name, sealer));
        return seen(desired, 2, status(RunState.RUNNING, RunState.RUNNING));
    }

    /** The same at the next revision. */
    private static ConnectorState later(ConnectorState state) {
        return seen(state, state.observedGeneration(), state.status());
    }

    private static String text(String name, Sealer sealer) {
        return sealer.seal(LOCAL.connector(name), "value", "hunter2");
    }

    private ReportResealed resealed(String name, Sealer before) {
        return new ReportResealed(
                "uid-" + name,
                Config.of(Map.of("value", text(name, before))),
                Config.of(Map.of("value", text(name, renewed))));
    }

    private List<ReportResealed> resealed() {
        return bench.reports().stream()
                .filter(ReportResealed.class::isInstance)
                .map(ReportResealed.class::cast)
                .toList();
    }

    private void awaitLooks(int more) {
        String look = "GET /connectors?expand=info";
        long before = worker.count(look);
        bench.await(() -> worker.count(look) >= before + more);
    }
}
