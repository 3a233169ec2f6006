package io.signalbox.processor.dataplane;

import static io.signalbox.processor.dataplane.States.LOCAL;
import static io.signalbox.processor.dataplane.States.config;
import static io.signalbox.processor.dataplane.States.created;
import static io.signalbox.processor.dataplane.States.seen;
import static io.signalbox.processor.dataplane.States.status;
import static io.signalbox.processor.dataplane.feed.FeedTopic.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.processor.dataplane.feed.FeedSource;
import io.signalbox.processor.dataplane.feed.FeedTopic;
import io.signalbox.processor.dataplane.feed.Feeds;
import io.signalbox.processor.domain.ClusterSpec;
import io.signalbox.processor.domain.ClusterSpec.OnDrift;
import io.signalbox.processor.domain.ClusterSpec.Unmanaged;
import io.signalbox.processor.domain.Command.ReportDrift;
import io.signalbox.processor.domain.Command.ReportFound;
import io.signalbox.processor.domain.Command.ReportStatus;
import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.ConnectorStatus;
import io.signalbox.processor.domain.RunState;
import io.signalbox.processor.domain.TargetState;
import io.signalbox.processor.domain.TaskStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the reconciler makes of what a cluster's own topics tell. */
class ReconcilerFeedTest {

    private static final String LOOK = "GET /connectors?expand=status";
    private static final long NEVER_MS = 600_000;
    private static final String RUNNING = status("RUNNING", "w:8083", 3);

    private final FakeWorker worker = new FakeWorker();
    private final ReconcilerBench bench = new ReconcilerBench();
    private final FeedTopic topic = new FeedTopic();
    private final ConnectorState known =
            seen(created("c", TargetState.RUNNING), 1, status(RunState.RUNNING, RunState.RUNNING));

    @AfterEach
    void close() {
        bench.close();
        worker.close();
    }

    @Test
    void a_change_is_told_without_a_look() {
        follow(NEVER_MS);
        topic.say("status-task-c-0", status("RUNNING", "elsewhere:8083", 4));
        // The worker says something else.
        bench.awaitReport(new ReportStatus("uid-c", null, onElsewhere()));
    }

    /** Each look takes a worker's time while it starts what it was asked for. */
    @Test
    void what_was_asked_for_is_looked_at_when_the_topic_says_that_it_is_there_or_after_a_while() {
        follow(NEVER_MS);
        Map<String, Long> first = new ConcurrentHashMap<>();
        worker.lie((method, path) -> {
            first.putIfAbsent(method + " " + path, System.nanoTime());
            return null;
        });
        bench.desire(created("silent", TargetState.RUNNING));
        bench.await(() -> reported("silent"));
        long waited = first.get("GET /connectors/silent/status") - first.get("POST /connectors");
        assertThat(Duration.ofNanos(waited)).isGreaterThan(Duration.ofSeconds(1));
        assertThat(worker.count("GET /connectors/silent/status")).isEqualTo(1);
    }

    private boolean reported(String name) {
        return bench.reports().stream()
                .anyMatch(report ->
                        report instanceof ReportStatus seen && seen.uid().equals("uid-" + name));
    }

    @Test
    void of_a_trace_the_worker_is_asked_until_it_knows_of_it() {
        follow(NEVER_MS);
        long asked = worker.count("GET /connectors/c");
        topic.say("status-task-c-0", status("FAILED", "w:8083", 3).replace("null", "\"why\""));
        bench.await(() -> worker.count("GET /connectors/c") > asked + 1);
        assertThat(bench.reports().toString()).doesNotContain("FAILED");
        worker.put("c", config("c", "1").values(), "FAILED");
        bench.awaitReport(new ReportStatus("uid-c", null, status(RunState.FAILED, RunState.FAILED)));
    }

    @Test
    void who_lets_go_too_late_is_not_heard() {
        follow(NEVER_MS);
        topic.say("status-task-c-0", status("UNASSIGNED", "old:8083", 2));
        topic.say("status-task-c-0", status("UNASSIGNED", "old:8083", 3));
        topic.sayElsewhere("status-connector-c", status("RUNNING", "elsewhere:8083", 4));
        bench.await(() -> !bench.reports().isEmpty());
        assertThat(bench.reports().toString())
                .contains("elsewhere:8083")
                .doesNotContain("UNASSIGNED")
                .doesNotContain("old:8083");
    }

    @Test
    void a_look_at_a_worker_that_lags_takes_nothing_back() {
        follow(20);
        topic.say("status-task-c-0", status("RUNNING", "elsewhere:8083", 4));
        bench.awaitReport(new ReportStatus("uid-c", null, onElsewhere()));
        long looks = worker.count(LOOK);
        bench.await(() -> worker.count(LOOK) > looks + 2);
        assertThat(bench.reports()).containsOnly(new ReportStatus("uid-c", null, onElsewhere()));
    }

    @Test
    void a_topic_that_says_something_else_than_the_workers_tells_nothing() {
        topic.with("status-connector-c", status("RUNNING", "another:8083", 9));
        begin(20, topic.source(false));
        long looks = worker.count(LOOK);
        bench.await(() -> worker.count(LOOK) > looks + 3);
        topic.say("status-connector-c", status("PAUSED", "another:8083", 9));
        worker.put("c", config("c", "1").values(), "FAILED");
        bench.awaitReport(new ReportStatus("uid-c", null, status(RunState.FAILED, RunState.FAILED)));
        assertThat(bench.feeds()).containsEntry(LOCAL, false);
        assertThat(bench.reports().toString()).doesNotContain("another:8083");
    }

    @Test
    void a_topic_that_falls_behind_is_believed_no_longer_and_looks_go_on() {
        follow(20);
        worker.put("c", config("c", "1").values(), "FAILED");
        bench.awaitReport(new ReportStatus("uid-c", null, status(RunState.FAILED, RunState.FAILED)));
        bench.await(() -> !bench.feeds().get(LOCAL));
        topic.sayElsewhere("status-connector-c", status("FAILED", "w:8083", 3));
        topic.say("status-task-c-0", status("FAILED", "w:8083", 3));
        bench.await(() -> bench.feeds().get(LOCAL));
    }

    @Test
    void without_a_topic_that_can_be_read_looks_go_on() {
        begin(
                20,
                new FeedSource(
                        FeedTopic.NAMES,
                        false,
                        topic -> {
                            throw new KafkaException("denied");
                        },
                        FeedTopic::noAdmin));
        worker.put("c", config("c", "1").values(), "FAILED");
        bench.awaitReport(new ReportStatus("uid-c", null, status(RunState.FAILED, RunState.FAILED)));
        assertThat(bench.feeds()).containsEntry(LOCAL, false);
    }

    @Test
    void topics_that_nobody_named_are_not_missed_and_are_believed_once_they_agree() {
        worker.remove("c");
        bench.feed(new Feeds(cluster -> List.of(topic.source(true)), Duration.ZERO));
        bench.register(LOCAL, worker.url(), policies(20));
        bench.start();
        bench.await(() -> worker.count(LOOK) > 3);
        assertThat(bench.feeds()).isEmpty();
        worker.put("c", config("c", "1").values(), "RUNNING");
        topic.sayElsewhere("status-connector-c", RUNNING);
        topic.say("status-task-c-0", RUNNING);
        bench.await(() -> bench.feeds().containsKey(LOCAL));
        assertThat(bench.feeds()).containsEntry(LOCAL, true);
    }

    @Test
    void what_somebody_writes_on_the_cluster_is_looked_at_at_once() {
        follow(NEVER_MS);
        worker.put("c", config("c", "meddled").values(), "RUNNING");
        topic.write("connector-c");
        bench.await(() -> bench.reports().stream().anyMatch(ReportDrift.class::isInstance));
        worker.put("new", config("new", "1").values(), "RUNNING");
        topic.write("connector-new");
        bench.await(() -> bench.reports().stream().anyMatch(ReportFound.class::isInstance));
    }

    @Test
    void a_cluster_that_is_followed_is_polled_more_seldom() {
        topic.with("status-connector-c", RUNNING).with("status-task-c-0", RUNNING);
        begin(20, new Feeds(cluster -> List.of(topic.source(false)), Duration.ofHours(1)));
        bench.await(() -> bench.feeds().getOrDefault(LOCAL, false));
        bench.await(() -> bench.outlook(known.key()).orElseThrow().lookInMs() > 60_000);
    }

    private void follow(long pollMs) {
        topic.with("status-connector-c", RUNNING).with("status-task-c-0", RUNNING);
        begin(pollMs, topic.source(false));
        bench.await(() -> bench.feeds().getOrDefault(LOCAL, false));
    }

    private void begin(long pollMs, FeedSource source) {
        begin(pollMs, new Feeds(cluster -> List.of(source), Duration.ZERO));
    }

    private void begin(long pollMs, Feeds feeds) {
        worker.put("c", config("c", "1").values(), "RUNNING");
        bench.feed(feeds);
        bench.register(LOCAL, worker.url(), policies(pollMs));
        bench.start(known);
        bench.await(() -> bench.outlook(known.key()).isPresent());
    }

    private static ClusterSpec.Policies policies(long pollMs) {
        return new ClusterSpec.Policies(pollMs, 4, true, Unmanaged.ADOPT, OnDrift.REPORT);
    }

    private static ConnectorStatus onElsewhere() {
        var before = status(RunState.RUNNING);
        var task = new TaskStatus(0, RunState.RUNNING, "elsewhere:8083", null, null);
        return new ConnectorStatus(
                before.state(), before.workerId(), before.version(), before.trace(), before.type(), List.of(task));
    }
}
