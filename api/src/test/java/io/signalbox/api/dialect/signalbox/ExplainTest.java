package io.signalbox.api.dialect.signalbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.api.http.Fixture;
import io.signalbox.api.query.Outlooks;
import io.signalbox.processor.dataplane.DriverException.Kind;
import io.signalbox.processor.dataplane.Outlook;
import io.signalbox.processor.dataplane.Outlook.Answering;
import io.signalbox.processor.dataplane.Outlook.Doing;
import io.signalbox.processor.dataplane.Outlook.Problem;
import io.signalbox.processor.domain.ClusterSpec;
import io.signalbox.processor.domain.Command.DeregisterCluster;
import io.signalbox.processor.domain.Command.ReportAbsent;
import io.signalbox.processor.domain.Command.ReportDrift;
import io.signalbox.processor.domain.Command.ReportFound;
import io.signalbox.processor.domain.Command.ReportRefused;
import io.signalbox.processor.domain.CommandOutcome.Stage;
import io.signalbox.processor.domain.Config;
import io.signalbox.processor.domain.ConfigDifference;
import io.signalbox.processor.domain.ConnectorKey;
import io.signalbox.processor.domain.ConnectorStatus;
import io.signalbox.processor.domain.ConnectorType;
import io.signalbox.processor.domain.Difference;
import io.signalbox.processor.domain.RunState;
import io.signalbox.processor.domain.TargetState;
import io.signalbox.processor.domain.TaskStatus;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each situation staged, and what whoever is on call is told of it. */
class ExplainTest {

    private static final String CONNECTORS = "/signalbox/v1/environments/default/clusters/local/connectors/";
    private static final Outlook RESTING =
            new Outlook(Doing.RESTING, 0, null, null, null, Answering.WELL, null, null, 900L);

    private final Fixture f = Fixture.withClusters();

    @AfterEach
    void close() {
        f.close();
    }

    @Test
    void a_class_that_no_worker_has() {
        refused("Failed to find any class that implements Connector and which name matches org.example.Nowhere");
        expect("BAD_CLASS", "The cluster refused what is desired (generation 1).", "GET /connector-plugins");
    }

    @Test
    void a_permission_that_is_missing_for_a_task_or_at_the_worker() {
        running(task(
                0,
                RunState.FAILED,
                "org.apache.kafka.connect.errors.ConnectException: Unrecoverable\n\tat x\n"
                        + "Caused by: org.apache.kafka.common.errors.TopicAuthorizationException: Not authorized to access"
                        + " topics: [orders]\n"));
        var told = expect("PERMISSION", "1 of 1 tasks failed: 0 on w:8083.", "Grant the permission that is named");
        assertThat(told.path("root_cause").asText())
                .isEqualTo(
                        "org.apache.kafka.common.errors.TopicAuthorizationException: Not authorized to access topics:"
                                + " [orders]");
        assertThat(told.path("todo").asText()).endsWith("POST …/restart?includeTasks=true&onlyFailed=true.");
    }

    @Test
    void a_worker_that_is_away() {
        running(task(0, RunState.RUNNING, null));
        outlook(new Outlook(
                Doing.WAITING,
                0,
                null,
                null,
                null,
                Answering.AWAY,
                90_000L,
                new Problem(Kind.UNREACHABLE, 0, null, "Connection refused"),
                1_500L));
        var told = expect(
                "CLUSTER_AWAY",
                "No worker of the cluster answers since 2025-12-31T23:58:30Z; what is shown was seen before that.",
                "Check the workers at http://worker:8083");
        assertThat(told.path("root_cause").asText()).isEqualTo("Connection refused");
        assertThat(told.path("next").asText())
                .isEqualTo("The reconciler waits for the cluster, and looks again in 1.5 s; then it goes on at once.");
        assertThat(situations(told)).containsExactly("CLUSTER_AWAY", "RUNNING");
    }

    @Test
    void one_that_was_paused_by_somebody_who_asked_for_it() {
        var key = running(task(0, RunState.RUNNING, null));
        f.put("/connectors/c/pause", null);
        expect(
                "NOT_APPLIED_YET",
                "What is desired (generation 2) is not on the cluster yet, which has generation 1.",
                null);
        f.observed(key, RunState.PAUSED, Fixture.task(0, RunState.PAUSED));
        var told =
                expect("PAUSED_AS_ASKED", "It is PAUSED because that is what was asked for, last by", "PUT …/resume");
        assertThat(told.path("last_command").path("type").asText()).isEqualTo("ConnectorPaused");
        assertThat(told.path("last_command").path("actor").asText()).isEqualTo("anonymous@127.0.0.1");
        assertThat(told.path("summary").asText()).contains("anonymous@127.0.0.1 at 2026-01-01T");
    }

    @Test
    void one_that_was_changed_behind_our_back() {
        var key = running(task(0, RunState.RUNNING, null));
        var keys = List.of(new ConfigDifference("file", "0a", null));
        f.log.tell(key, new ReportDrift("id-1", 1, new Difference(false, RunState.PAUSED, keys, 7)));
        expect(
                "DRIFT",
                "Somebody changed it on the cluster behind Signalbox's back: it is PAUSED where RUNNING is desired, and 8"
                        + " keys of its config differ (file, …); seen at 2026-",
                "It is being put back.");
        f.register(Fixture.LOCAL, policies(ClusterSpec.OnDrift.REPORT));
        expect("DRIFT", "Somebody changed it", "It stays so, for the cluster's policy \"drift\" is \"report\".");
    }

    @Test
    void one_that_was_deleted_on_the_worker() {
        var key = running(task(0, RunState.RUNNING, null));
        f.log.tell(key, new ReportDrift("id-1", 1, new Difference(true, null, List.of(), 0)));
        expect("DELETED_ON_CLUSTER", "Somebody deleted it on the cluster; seen at 2026-", "It is being put back.");
    }

    @Test
    void tasks_that_failed() {
        running(
                task(0, RunState.RUNNING, null),
                task(1, RunState.FAILED, "A: a\nCaused by: org.postgresql.PSQLException: relation x does not exist\n"),
                task(2, RunState.FAILED, "B: b"));
        var told = expect("TASK_FAILED", "2 of 3 tasks failed: 1 on w:8083, 2 on w:8083.", "Read the worker's log");
        assertThat(told.path("root_cause").asText())
                .isEqualTo("org.postgresql.PSQLException: relation x does not exist");
        assertThat(told.path("observed").path("tasks").size()).isEqualTo(3);
    }

    @Test
    void workers_that_share_out_their_work_anew() {
        var key = running(task(0, RunState.UNASSIGNED, null));
        expect(
                "REBALANCING",
                "The workers are sharing out their work anew: the connector is RUNNING, and 1 of",
                "Wait");
        f.observed(key, RunState.RUNNING, Fixture.task(0, RunState.RUNNING));
        f.put("/connectors/c/stop", null);
        outlook(new Outlook(
                Doing.RETRYING,
                3,
                1_200L,
                5_000L,
                new Problem(Kind.BUSY, 409, "w:8083", "Cannot complete request momentarily due to stale configuration"),
                Answering.WELL,
                null,
                null,
                100L));
        var told = expect(
                "REBALANCING", "The workers are sharing out their work anew and take no changes (HTTP 409).", "Wait");
        assertThat(situations(told)).containsExactly("REBALANCING", "NOT_APPLIED_YET");
        assertThat(told.path("root_cause").asText()).startsWith("Cannot complete request momentarily");
    }

    @Test
    void a_limit_outside_of_signalbox() {
        running(task(
                0,
                RunState.FAILED,
                "X: x\nCaused by: org.apache.kafka.common.errors.ThrottlingQuotaExceededException: The throttling quota has"
                        + " been exceeded.\n"));
        expect("QUOTA", "1 of 1 tasks failed", "A limit outside of Signalbox is reached");
    }

    @Test
    void a_config_that_the_worker_finds_wrong() {
        refused("Connector configuration is invalid and contains the following 1 error(s):\nMissing required"
                + " configuration \"file\" which has no default value.");
        var told = expect("INVALID_CONFIG", "The cluster refused what is desired", "Correct the config");
        assertThat(told.path("root_cause").asText()).contains("Missing required configuration \"file\"");
    }

    @Test
    void a_worker_that_fails_at_it_and_is_asked_again() {
        f.created("c");
        outlook(new Outlook(
                Doing.RETRYING,
                4,
                2_340L,
                5_000L,
                new Problem(Kind.BROKEN, 500, "w:8083", "Boom"),
                Answering.WELL,
                null,
                null,
                100L));
        var told = expect(
                "APPLY_FAILING",
                "The last 4 attempts to apply it failed; the worker answered HTTP 500.",
                "Read the worker's");
        assertThat(told.path("next").asText())
                .isEqualTo(
                        "The reconciler tries again in 2.3 s: 4 attempts have failed, and it waits longer after each, up"
                                + " to 5.0 s.");
        var reconciler = told.path("reconciler");
        assertThat(reconciler.path("next_in_ms").asInt()).isEqualTo(2_340);
        assertThat(reconciler.path("next_at").asText()).isEqualTo("2026-01-01T00:00:02.340Z");
        assertThat(reconciler.path("longest_backoff_ms").asInt()).isEqualTo(5_000);
        assertThat(reconciler.path("problem").path("message").asText()).isEqualTo("Boom");
    }

    @Test
    void one_that_runs_and_one_that_has_no_tasks() {
        running(task(0, RunState.RUNNING, null));
        outlook(RESTING);
        var told = expect("RUNNING", "The connector runs, and 1 of its 1 tasks do.", null);
        assertThat(told.path("next").asText())
                .isEqualTo("The reconciler has nothing to do, and looks at the cluster again in 0.9 s.");
        running();
        expect("RUNNING_WITHOUT_TASKS", "The connector runs, but has no tasks.", "look into the worker's log");
    }

    @Test
    void what_nobody_knows_is_said_to_be_unknown() {
        running(task(0, RunState.RUNNING, null));
        f.outlook(Outlooks.Found.unknown("1 of the replicas did not answer"));
        var told = told();
        assertThat(told.path("next").asText())
                .isEqualTo("It is not known what comes next: 1 of the replicas did not answer.");
        assertThat(told.path("reconciler").toString())
                .isEqualTo("{\"known\":false,\"replica\":null,\"why_unknown\":\"1 of the replicas did not answer\"}");
    }

    @Test
    void a_restart_that_is_under_way_and_one_on_its_way_out_and_a_cluster_that_is_forgotten() {
        var key = running(task(0, RunState.RUNNING, null));
        f.log.operationsEnd(Stage.ACCEPTED);
        f.post("/connectors/c/restart", null);
        expect("OPERATION_PENDING", "A restart that was asked for at 2026-", null);
        f.delete("/connectors/c");
        expect("DELETING", "It is being deleted, last by anonymous@127.0.0.1", null);
        f.log.tell(key, new ReportAbsent("id-1"));
        assertThat(f.get(CONNECTORS + "c/explain").status()).isEqualTo(404);
        running(task(0, RunState.RUNNING, null));
        f.log.tell(Fixture.LOCAL, new DeregisterCluster());
        assertThat(f.get(CONNECTORS + "c/explain").json().path("situation").asText())
                .isEqualTo("CLUSTER_NOT_REGISTERED");
    }

    @Test
    void one_that_was_only_found() {
        var config = Config.of(Map.of("connector.class", "X"));
        var status = new ConnectorStatus(RunState.RUNNING, "w:8083", null, null, ConnectorType.SINK, List.of());
        f.log.tell(Fixture.LOCAL.connector("c"), new ReportFound(false, config, TargetState.RUNNING, status));
        expect("FOUND_ONLY", "It was found on the cluster and nobody has declared it here", "To take it over");
    }

    private ConnectorKey running(TaskStatus... tasks) {
        var key = f.log.find(Fixture.LOCAL.connector("c"))
                .filter(state -> state.active())
                .map(state -> state.key())
                .orElseGet(() -> f.created("c"));
        f.observed(key, RunState.RUNNING, tasks);
        return key;
    }

    private void refused(String words) {
        var key = f.created("c");
        f.log.tell(key, new ReportRefused(f.log.find(key).orElseThrow().uid(), 1, "w:8083", words));
    }

    private static TaskStatus task(int id, RunState state, String trace) {
        return new TaskStatus(id, state, "w:8083", "4.3.1", trace);
    }

    private static ClusterSpec.Policies policies(ClusterSpec.OnDrift drift) {
        var usual = ClusterSpec.Policies.DEFAULT;
        return new ClusterSpec.Policies(
                usual.pollIntervalMs(), usual.maxConcurrency(), usual.validate(), usual.unmanaged(), drift);
    }

    private void outlook(Outlook now) {
        f.outlook(Outlooks.Found.of(now, "127.0.0.1:8083"));
    }

    private JsonNode told() {
        var reply = f.get(CONNECTORS + "c/explain");
        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        return reply.json();
    }

    private static List<String> situations(JsonNode told) {
        return told.path("findings")
                .valueStream()
                .map(finding -> finding.path("situation").asText())
                .toList();
    }

    /** @param todo null for nothing to be done */
    private JsonNode expect(String situation, String summary, String todo) {
        var told = told();
        assertThat(told.path("situation").asText()).as(told.toString()).isEqualTo(situation);
        assertThat(told.path("summary").asText()).startsWith(summary);
        if (todo == null) {
            assertThat(told.path("todo").isNull()).as(told.toString()).isTrue();
        } else {
            assertThat(told.path("todo").asText()).contains(todo);
        }
        return told;
    }
}
