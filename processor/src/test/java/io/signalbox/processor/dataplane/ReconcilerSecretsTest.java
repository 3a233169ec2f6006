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
import io.signalbox.processor.domain.Config;
import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.RunState;
import io.signalbox.processor.domain.TargetState;
import io.signalbox.processor.secrets.KeySets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The worker has secrets as they are, the log has them sealed, and what is told of the one to the other has neither. */
class ReconcilerSecretsTest {

    private static final String PLUGIN = "/connector-plugins/X/config";

    private final FakeWorker worker = new FakeWorker();
    private final ReconcilerBench bench = new ReconcilerBench();
    private final ConnectorState desired = reconfigured(created("c", TargetState.RUNNING), text("c", "hunter2"));
    private final ConnectorState known = seen(desired, 2, status(RunState.RUNNING, RunState.RUNNING));

    @AfterEach
    void close() {
        bench.close();
        worker.close();
    }

    @Test
    void the_worker_gets_the_secret_itself() {
        start(desired);
        bench.awaitGeneration(2);
        assertThat(worker.value("c")).isEqualTo("hunter2");
        bench.desire(reconfigured(known, text("c", "hunter3")));
        bench.await(() -> "hunter3".equals(worker.value("c")));
        bench.awaitGeneration(3);
        assertNothingTold();
    }

    @Test
    void a_secret_that_the_worker_has_is_not_written_again() {
        worker.put("c", config("c", "hunter2").values(), "RUNNING");
        start(desired);
        bench.awaitGeneration(2);
        awaitLooks(3);
        assertThat(worker.count("PUT /connectors/c/config")).isZero();
        assertThat(bench.drifts()).isEmpty();
    }

    @Test
    void a_secret_that_was_changed_on_the_worker_is_told_without_either_and_healed() {
        worker.put("c", config("c", "hunter2").values(), "RUNNING");
        start(known);
        awaitLooks(2);
        worker.put("c", config("c", "hunter666").values(), "RUNNING");
        bench.await(() -> !bench.drifts().isEmpty());
        var difference = bench.drifts().getLast().difference();
        assertThat(difference.config()).extracting("key").containsExactly("value");
        bench.desire(drifted(known, difference));
        bench.awaitReport(new ReportDriftOver("uid-c", 2, true));
        assertThat(worker.value("c")).isEqualTo("hunter2");
        assertNothingTold();
    }

    @Test
    void what_is_found_is_told_with_what_its_plugin_calls_a_password_sealed() {
        worker.lie((method, path) -> path.equals(PLUGIN)
                ? new FakeAnswer(200, "[{\"name\":\"value\",\"type\":\"PASSWORD\"}]", false, false)
                : null);
        isFoundAndToldSealed();
    }

    private void isFoundAndToldSealed() {
        worker.put("c", config("c", "hunter2").values(), "RUNNING");
        start();
        bench.awaitReport(new ReportFound(
                true,
                Config.of(Map.of("name", "c", "connector.class", "X", "value", text("c", "hunter2"))),
                TargetState.RUNNING,
                status(RunState.RUNNING, RunState.RUNNING)));
        assertNothingTold();
    }

    @Test
    void what_is_found_is_not_told_while_its_plugin_cannot_be_asked() {
        worker.lie((method, path) -> path.equals(PLUGIN) ? FakeAnswer.error(409, "rebalance") : null);
        worker.put("c", config("c", "hunter2").values(), "RUNNING");
        start();
        bench.await(() -> worker.count("GET " + PLUGIN) > 0);
        awaitLooks(5);
        assertThat(bench.reports()).isEmpty();
    }

    @Test
    void a_worker_that_cannot_tell_of_its_plugins_checks_what_is_found() {
        worker.lie((method, path) -> path.equals(PLUGIN)
                ? FakeAnswer.error(404, "HTTP 404 Not Found")
                : path.endsWith("/X/config/validate")
                        ? new FakeAnswer(
                                200,
                                "{\"configs\":[{\"definition\":{\"name\":\"value\",\"type\":\"PASSWORD\"},\"value\":{}}]}",
                                false,
                                false)
                        : null);
        isFoundAndToldSealed();
    }

    @Test
    void a_lost_key_is_a_refusal_that_names_it_and_holds_up_no_other() {
        var lost = KeySets.fresh();
        start();
        bench.desire(
                reconfigured(created("c", TargetState.RUNNING), lost.seal(LOCAL.connector("c"), "value", "hunter2")));
        bench.desire(reconfigured(created("d", TargetState.RUNNING), text("d", "hunter2")));
        bench.await(() -> "hunter2".equals(worker.value("d")));
        bench.await(() -> bench.reports().stream()
                .anyMatch(report -> report instanceof ReportRefused refused
                        && refused.uid().equals("uid-c")
                        && refused.message().contains("key " + lost.primaryKeyId())));
        assertThat(worker.value("c")).isNull();
        assertNothingTold();
    }

    @Test
    void one_whose_key_is_lost_and_that_runs_is_left_alone() {
        var lost = KeySets.fresh();
        worker.put("c", config("c", "hunter2").values(), "RUNNING");
        start();
        bench.desire(seen(
                reconfigured(created("c", TargetState.RUNNING), lost.seal(LOCAL.connector("c"), "value", "hunter2")),
                2,
                known.status()));
        awaitLooks(5);
        assertThat(bench.drifts()).isEmpty();
        assertThat(worker.count("PUT /connectors/c/config")).isZero();
    }

    @Test
    void one_whose_key_is_lost_can_be_paused_stopped_and_resumed_but_not_configured() {
        var lost = KeySets.fresh();
        var running = seen(
                reconfigured(created("c", TargetState.RUNNING), lost.seal(LOCAL.connector("c"), "value", "hunter2")),
                2,
                known.status());
        worker.put("c", config("c", "hunter2").values(), "RUNNING");
        start(running);
        awaitLooks(1);
        var now = running;
        for (var target : List.of(TargetState.PAUSED, TargetState.STOPPED, TargetState.RUNNING)) {
            now = retargeted(now, target);
            bench.desire(now);
            bench.await(() -> target.name().equals(worker.state("c")));
            bench.awaitGeneration(now.generation());
        }
        bench.desire(reconfigured(now, lost.seal(LOCAL.connector("c"), "value", "hunter3")));
        bench.await(() -> bench.reports().stream().anyMatch(ReportRefused.class::isInstance));
        assertThat(worker.count("PUT /connectors/c/config")).isZero();
        assertNothingTold();
    }

    @Test
    void a_trace_is_told_without_the_secret_that_somebody_gave_to_the_worker_behind_us() {
        worker.put("c", config("c", "hunter2").values(), "RUNNING");
        bench.register(LOCAL, worker.url(), policies(Unmanaged.ADOPT, OnDrift.REPORT));
        bench.start();
        bench.desire(known);
        awaitLooks(2);
        meddled();
        bench.await(() -> traced(bench));
        assertNothingTold();
    }

    @Test
    void so_does_its_next_owner() {
        meddled();
        bench.register(LOCAL, worker.url(), policies(Unmanaged.ADOPT, OnDrift.REPORT));
        bench.start(seen(desired, 2, status(RunState.FAILED)));
        bench.await(() -> traced(bench));
        assertThat(bench.reports().toString()).doesNotContain("hunter");
    }

    private void meddled() {
        worker.put("c", config("c", "hunter666").values(), "FAILED");
        worker.lie((method, path) -> path.endsWith("/status") || path.endsWith("expand=status")
                ? new FakeAnswer(
                        200, failed(path.endsWith("expand=status")).replace("hunter2", "hunter666"), false, false)
                : null);
    }

    private static boolean traced(ReconcilerBench bench) {
        return bench.reports().stream()
                .anyMatch(report -> report instanceof ReportStatus seen
                        && "login as ******** failed".equals(seen.status().trace()));
    }

    @Test
    void long_words_of_a_worker_are_shortened_when_the_secrets_are_out() {
        start();
        worker.lie((method, path) -> method.equals("POST")
                ? FakeAnswer.error(400, "x".repeat(DriverException.LONGEST - 4) + "hunter2")
                : null);
        bench.desire(desired);
        bench.await(() -> bench.reports().stream()
                .anyMatch(report -> report instanceof ReportRefused refused
                        && refused.message().length() == DriverException.LONGEST
                        && refused.message().endsWith("x****")));
        assertThat(bench.reports().toString()).doesNotContain("hunt");
    }

    @Test
    void what_breaks_while_it_is_told_leaves_a_line() {
        var logger = (Logger) LogManager.getLogger(Finder.class);
        var lines = new Lines();
        lines.start();
        logger.addAppender(lines);
        try {
            worker.put("c", config("c", "1").values(), "RUNNING");
            bench.breakReports(new StackOverflowError());
            start();
            bench.await(() ->
                    lines.lines.stream().anyMatch(line -> line.startsWith("find cluster=default/local result=failed")));
        } finally {
            logger.removeAppender(lines);
        }
    }

    private static final class Lines extends AbstractAppender {
        private final List<String> lines = new CopyOnWriteArrayList<>();

        Lines() {
            super("lines", null, null, false, Property.EMPTY_ARRAY);
        }

        @Override
        public void append(LogEvent event) {
            lines.add(event.getMessage().getFormattedMessage());
        }
    }

    @Test
    void the_words_of_a_worker_are_told_without_the_secrets_that_they_quote() {
        start();
        worker.lie(
                (method, path) -> method.equals("POST") ? FakeAnswer.error(400, "Bad value hunter2 of value") : null);
        bench.desire(desired);
        bench.await(() -> bench.reports().stream()
                .anyMatch(report -> report instanceof ReportRefused refused
                        && refused.message().equals("Bad value ******** of value")));
        worker.put("c", config("c", "hunter2").values(), "FAILED");
        worker.lie((method, path) -> path.endsWith("/status") || path.endsWith("expand=status")
                ? new FakeAnswer(200, failed(path.endsWith("expand=status")), false, false)
                : null);
        bench.await(() -> bench.reports().stream()
                .anyMatch(report -> report instanceof ReportStatus seen
                        && seen.status().trace() != null
                        && seen.status().trace().equals("login as ******** failed")));
        assertNothingTold();
    }

    @Test
    void a_trace_outlives_the_secret_that_it_quotes() {
        worker.put("c", config("c", "hunter2").values(), "FAILED");
        worker.lie((method, path) -> {
            if (path.endsWith("/status") || path.endsWith("expand=status")) {
                return new FakeAnswer(200, failed(path.endsWith("expand=status")), false, false);
            }
            return method.equals("PUT") ? FakeAnswer.error(400, "refused") : null;
        });
        start(known);
        bench.await(() -> bench.reports().stream().anyMatch(ReportStatus.class::isInstance));
        bench.desire(reconfigured(known, text("c", "hunter3")));
        bench.await(() -> bench.reports().stream().anyMatch(ReportRefused.class::isInstance));
        awaitLooks(3);
        assertNothingTold();
    }

    private static String failed(boolean list) {
        String status = "{\"name\":\"c\",\"connector\":{\"state\":\"FAILED\",\"worker_id\":\"w:8083\","
                + "\"trace\":\"login as hunter2 failed\"},\"tasks\":[],\"type\":\"source\"}";
        return list ? "{\"c\":{\"status\":" + status + "}}" : status;
    }

    private static String text(String name, String secret) {
        return SEALER.seal(LOCAL.connector(name), "value", secret);
    }

    private void assertNothingTold() {
        assertThat(bench.reports().toString()).doesNotContain("hunter");
        assertThat(bench.reports().stream()
                        .filter(ReportFound.class::isInstance)
                        .map(ReportFound.class::cast)
                        .map(found -> found.config().values().toString()))
                .noneMatch(text -> text.contains("hunter"));
    }

    /** @param known in the topic from the beginning: what is not might be found first */
    private void start(ConnectorState... known) {
        bench.register(LOCAL, worker.url(), policies(Unmanaged.ADOPT, OnDrift.HEAL));
        bench.start(known);
    }

    private void awaitLooks(int more) {
        String look = "GET /connectors?expand=info";
        long before = worker.count(look);
        bench.await(() -> worker.count(look) >= before + more);
    }
}
