package io.signalbox.processor.dataplane;

import static io.signalbox.processor.dataplane.States.LOCAL;
import static io.signalbox.processor.dataplane.States.SEALER;
import static io.signalbox.processor.dataplane.States.config;
import static io.signalbox.processor.dataplane.States.created;
import static io.signalbox.processor.dataplane.States.drifted;
import static io.signalbox.processor.dataplane.States.policies;
import static io.signalbox.processor.dataplane.States.reconfigured;
import static io.signalbox.processor.dataplane.States.retargeted;
import static io.signalbox.processor.dataplane.States.seen;
import static io.signalbox.processor.dataplane.States.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.processor.domain.ClusterSpec.OnDrift;
import io.signalbox.processor.domain.ClusterSpec.Unmanaged;
import io.signalbox.processor.domain.Command.ReportDriftOver;
import io.signalbox.processor.domain.Command.ReportFound;
import io.signalbox.processor.domain.Command.ReportRefused;
import io.signalbox.processor.domain.Command.ReportStatus;
import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.RunState;
import io.signalbox.processor.domain.SecretId;
import io.signalbox.processor.domain.TargetState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The log has references, the worker has what they stand for, and hears of it when that is another one. */
class ReconcilerReferencesTest {

    private static final SecretId DB = SecretId.of(LOCAL, "db");
    private static final String REFERENCE = "${secretsManager:db:password}";
    private static final String PUT = "PUT /connectors/c/config";

    private final FakeWorker worker = new FakeWorker();
    private final ReconcilerBench bench = new ReconcilerBench();
    private final ConnectorState desired = reconfigured(created("c", TargetState.RUNNING), REFERENCE);
    private final ConnectorState known = seen(desired, 2, status(RunState.RUNNING, RunState.RUNNING));

    @AfterEach
    void close() {
        bench.close();
        worker.close();
    }

    private void store(String password) {
        bench.stored().put(SEALER, DB, "{\"password\":\"" + password + "\"}");
    }

    /** @param known in the topic from the beginning: what is not might be found first */
    private void start(OnDrift onDrift, ConnectorState... known) {
        bench.register(LOCAL, worker.url(), policies(Unmanaged.ADOPT, onDrift));
        bench.start(known);
    }

    private void awaitLooks(int more) {
        String look = "GET /connectors?expand=info";
        long before = worker.count(look);
        bench.await(() -> worker.count(look) >= before + more);
    }

    private void assertNothingTold() {
        assertThat(bench.reports().toString()).doesNotContain("hunter");
    }

    @Test
    void the_worker_gets_what_the_reference_stands_for_and_is_then_as_desired() {
        store("hunter2");
        start(OnDrift.HEAL, desired);
        bench.awaitGeneration(2);
        assertThat(worker.value("c")).isEqualTo("hunter2");
        bench.desire(known);
        awaitLooks(3);
        assertThat(worker.count(PUT)).isZero();
        assertThat(bench.drifts()).isEmpty();
        assertNothingTold();
    }

    @Test
    void so_it_does_where_the_reference_stands_in_a_text_that_is_sealed() {
        store("hunter2");
        start(OnDrift.HEAL);
        String jaas = SEALER.seal(LOCAL.connector("c"), "value", "user=ann password='" + REFERENCE + "'");
        var sealed = reconfigured(created("c", TargetState.RUNNING), jaas);
        bench.desire(sealed);
        bench.awaitGeneration(2);
        assertThat(worker.value("c")).isEqualTo("user=ann password='hunter2'");
        bench.desire(seen(sealed, 2, known.status()));
        awaitLooks(3);
        store("hunter3");
        bench.await(() -> "user=ann password='hunter3'".equals(worker.value("c")));
        assertThat(bench.drifts()).isEmpty();
        assertNothingTold();
    }

    @Test
    void a_secret_that_is_replaced_reaches_the_worker_and_is_no_drift_also_where_that_is_only_told() {
        store("hunter2");
        worker.put("c", config("c", "hunter2").values(), "RUNNING");
        start(OnDrift.REPORT, known);
        awaitLooks(2);
        store("hunter3");
        bench.await(() -> "hunter3".equals(worker.value("c")));
        awaitLooks(3);
        assertThat(worker.count(PUT)).isEqualTo(1);
        assertThat(bench.drifts()).isEmpty();
        assertNothingTold();
    }

    @Test
    void the_next_owner_does_what_was_left_undone() {
        store("hunter2");
        store("hunter3");
        store("hunter4");
        worker.put("c", config("c", "hunter2").values(), "RUNNING");
        start(OnDrift.REPORT, known);
        bench.await(() -> "hunter4".equals(worker.value("c")));
        awaitLooks(3);
        assertThat(worker.count(PUT)).isEqualTo(1);
        assertThat(bench.drifts()).isEmpty();
    }

    @Test
    void one_that_is_stopped_gets_it_with_its_next_state() {
        store("hunter2");
        worker.put("c", config("c", "hunter2").values(), "RUNNING");
        store("hunter3");
        start(OnDrift.HEAL, retargeted(known, TargetState.STOPPED));
        bench.await(() -> "STOPPED".equals(worker.state("c")) && "hunter3".equals(worker.value("c")));
        assertThat(bench.drifts()).isEmpty();
    }

    @Test
    void what_somebody_else_wrote_there_is_drift_and_put_back() {
        store("hunter2");
        worker.put("c", config("c", "hunter666").values(), "RUNNING");
        start(OnDrift.HEAL, known);
        bench.await(() -> !bench.drifts().isEmpty());
        var difference = bench.drifts().getLast().difference();
        assertThat(difference.config()).extracting("key").containsExactly("value");
        bench.desire(drifted(known, difference));
        bench.awaitReport(new ReportDriftOver("uid-c", 2, true));
        assertThat(worker.value("c")).isEqualTo("hunter2");
        assertNothingTold();
    }

    @Test
    void what_is_not_there_is_refused_by_name_and_tried_again_when_it_comes() {
        start(OnDrift.HEAL, desired);
        bench.await(() -> refused("\"value\": there is no secret \"db\" in cluster default/local"));
        assertThat(worker.value("c")).isNull();
        bench.stored().put(SEALER, DB, "{\"user\":\"ann\"}");
        bench.await(() -> refused("\"value\": the secret \"db\" of cluster default/local has no key \"password\""));
        store("hunter2");
        bench.awaitGeneration(2);
        assertThat(worker.value("c")).isEqualTo("hunter2");
        assertNothingTold();
    }

    private boolean refused(String message) {
        return bench.reports().stream()
                .anyMatch(report -> report instanceof ReportRefused refused
                        && refused.message().equals(message));
    }

    @Test
    void one_that_runs_goes_on_when_the_secret_is_deleted() {
        store("hunter2");
        worker.put("c", config("c", "hunter2").values(), "RUNNING");
        start(OnDrift.HEAL, known);
        awaitLooks(2);
        bench.stored().delete(DB);
        awaitLooks(3);
        assertThat(worker.count(PUT)).isZero();
        assertThat(bench.drifts()).isEmpty();
        bench.desire(reconfigured(known, "x" + REFERENCE));
        bench.await(() -> refused("\"value\": there is no secret \"db\" in cluster default/local"));
        assertThat(worker.value("c")).isEqualTo("hunter2");
    }

    @Test
    void while_the_stored_secrets_are_being_read_it_waits_and_is_not_refused() {
        store("hunter2");
        bench.stored().unread(true);
        start(OnDrift.HEAL, desired);
        bench.await(() -> bench.outlook(desired.key())
                .filter(outlook -> outlook.failures() > 1)
                .isPresent());
        assertThat(bench.reports()).isEmpty();
        bench.stored().unread(false);
        bench.awaitGeneration(2);
        assertThat(worker.value("c")).isEqualTo("hunter2");
    }

    @Test
    void a_trace_is_told_without_what_the_reference_stands_for_and_stood_for() {
        store("hunter2");
        store("hunter3");
        worker.put("c", config("c", "hunter3").values(), "FAILED");
        String trace = "login with hunter3 failed, as did hunter2";
        String status = "{\"name\":\"c\",\"connector\":{\"state\":\"FAILED\",\"worker_id\":\"w:8083\",\"trace\":\""
                + trace + "\"},\"tasks\":[],\"type\":\"source\"}";
        worker.lie((method, path) -> path.endsWith("/status")
                ? new FakeAnswer(200, status, false, false)
                : path.endsWith("expand=status")
                        ? new FakeAnswer(200, "{\"c\":{\"status\":" + status + "}}", false, false)
                        : null);
        start(OnDrift.HEAL, known);
        bench.await(() -> bench.reports().stream()
                .anyMatch(report -> report instanceof ReportStatus told
                        && "login with ******** failed, as did ********"
                                .equals(told.status().trace())));
        assertNothingTold();
    }

    @Test
    void what_runs_with_a_reference_of_its_workers_own_is_left_as_it_is() {
        store("hunter2");
        worker.put("c", config("c", REFERENCE).values(), "RUNNING");
        start(OnDrift.HEAL, known);
        awaitLooks(4);
        assertThat(worker.count(PUT)).isZero();
        assertThat(bench.drifts()).isEmpty();
    }

    /** As after a release: what was written there is found there again. */
    @Test
    void what_is_found_with_a_stored_secret_in_it_is_told_sealed_whatever_the_setting_is_called() {
        store("hunter22");
        worker.put("c", config("c", "by hunter22").values(), "RUNNING");
        start(OnDrift.HEAL);
        bench.await(() -> bench.reports().stream().anyMatch(ReportFound.class::isInstance));
        var found = bench.reports().stream()
                .filter(ReportFound.class::isInstance)
                .map(ReportFound.class::cast)
                .findFirst()
                .orElseThrow();
        assertThat(found.config().get("value")).isEqualTo(SEALER.seal(LOCAL.connector("c"), "value", "by hunter22"));
        assertThat(found.config().get("connector.class")).isEqualTo("X");
    }

    @Test
    void where_workers_resolve_references_they_get_them() {
        store("hunter2");
        bench.resolveNothing();
        start(OnDrift.HEAL, desired);
        bench.awaitGeneration(2);
        assertThat(worker.value("c")).isEqualTo(REFERENCE);
    }
}
