package io.signalbox.api.dialect.signalbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.api.http.Fixture;
import io.signalbox.processor.domain.Command.ReportAbsent;
import io.signalbox.processor.domain.Command.ReportDrift;
import io.signalbox.processor.domain.Command.ReportDriftOver;
import io.signalbox.processor.domain.Command.ReportFound;
import io.signalbox.processor.domain.Command.ReportRefused;
import io.signalbox.processor.domain.CommandOutcome.Stage;
import io.signalbox.processor.domain.Config;
import io.signalbox.processor.domain.ConfigDifference;
import io.signalbox.processor.domain.ConnectorStatus;
import io.signalbox.processor.domain.ConnectorType;
import io.signalbox.processor.domain.Difference;
import io.signalbox.processor.domain.RunState;
import io.signalbox.processor.domain.TargetState;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConnectorStateTest {

    private static final String CONNECTORS = "/signalbox/v1/environments/default/clusters/local/connectors/";

    private final Fixture f = Fixture.withClusters();

    @AfterEach
    void close() {
        f.close();
    }

    @Test
    void a_new_connector_is_desired_and_not_observed() {
        f.created("a/b");
        assertThat(f.get(CONNECTORS + "a%2Fb").toString())
                .isEqualTo("200 {\"environment\":\"default\",\"cluster\":\"local\",\"name\":\"a/b\",\"uid\":\"id-1\","
                        + "\"phase\":\"ACTIVE\",\"revision\":1,\"generation\":1,\"observed_generation\":0,"
                        + "\"desired\":{\"target_state\":\"RUNNING\",\"type\":\"SOURCE\",\"config_revision\":1,"
                        + "\"validated\":true,\"config\":{\"connector.class\":\"X\",\"name\":\"a/b\"}},"
                        + "\"observed\":null,\"pending_operations\":[],\"apply_error\":null,\"offsets_error\":null,"
                        + "\"replaces\":null,"
                        + "\"adopted\":false,\"drift\":null,"
                        + "\"created_at\":\"2026-01-01T00:00:02Z\",\"updated_at\":\"2026-01-01T00:00:02Z\"}");
    }

    @Test
    void what_is_observed_pending_and_refused_is_shown() {
        var key = f.created("c");
        f.observed(key, RunState.RUNNING, Fixture.task(0, RunState.FAILED));
        f.log.operationsEnd(Stage.ACCEPTED);
        f.post("/connectors/c/restart?includeTasks=true", null);
        f.post("/connectors/c/tasks/0/restart", null);
        f.log.tell(key, new ReportRefused(f.log.find(key).orElseThrow().uid(), 1, "w2", "why"));
        var json = f.get(CONNECTORS + "c").json();
        assertThat(json.path("observed").toString())
                .isEqualTo("{\"state\":\"RUNNING\",\"type\":\"SOURCE\",\"worker_id\":\"w:8083\",\"version\":\"4.3.1\","
                        + "\"trace\":null,\"tasks\":[{\"id\":0,\"state\":\"FAILED\",\"worker_id\":\"w:8083\","
                        + "\"version\":\"4.3.1\",\"trace\":\"java.lang.Boom\"}]}");
        assertThat(json.path("observed_generation").asInt()).isEqualTo(1);
        assertThat(json.path("pending_operations").toString())
                .startsWith("[{\"id\":\"id-2\",\"kind\":\"RESTART_CONNECTOR\",\"include_tasks\":true,"
                        + "\"only_failed\":false,\"requested_at\":\"2026-")
                .contains("{\"id\":\"id-3\",\"kind\":\"RESTART_TASK\",\"task\":0,\"requested_at\":");
        assertThat(json.path("apply_error").toString())
                .isEqualTo("{\"generation\":1,\"worker_id\":\"w2\",\"message\":\"why\"}");
    }

    @Test
    void a_drift_is_shown_by_its_keys_and_fingerprints_until_it_is_over() {
        var key = f.created("c");
        f.observed(key, RunState.RUNNING, Fixture.task(0, RunState.RUNNING));
        var keys = List.of(new ConfigDifference("file", "0a", null));
        f.log.tell(key, new ReportDrift("id-1", 1, new Difference(false, RunState.PAUSED, keys, 3)));
        assertThat(f.get(CONNECTORS + "c").json().path("drift").toString())
                .startsWith("{\"since\":\"2026-01-01T")
                .endsWith("\"generation\":1,\"absent\":false,\"state\":\"PAUSED\",\"config\":[{\"key\":\"file\","
                        + "\"desired_fingerprint\":\"0a\",\"observed_fingerprint\":null}],\"more_config\":3}");
        f.log.tell(key, new ReportDriftOver("id-1", 1, true));
        assertThat(f.get(CONNECTORS + "c").json().path("drift").isNull()).isTrue();
    }

    @Test
    void one_that_was_adopted_is_listed_and_one_that_was_only_found_is_not() {
        var config = Config.of(Map.of("connector.class", "X"));
        var status = new ConnectorStatus(RunState.RUNNING, "w:8083", null, null, ConnectorType.SINK, List.of());
        f.log.tell(Fixture.LOCAL.connector("a"), new ReportFound(true, config, TargetState.RUNNING, status));
        f.log.tell(Fixture.LOCAL.connector("f"), new ReportFound(false, config, TargetState.RUNNING, status));
        assertThat(f.get("/connectors").body()).isEqualTo("[\"a\"]");
        assertThat(f.get("/connectors/f").status()).isEqualTo(404);
        assertThat(f.get(CONNECTORS + "a").json().path("adopted").asBoolean()).isTrue();
        assertThat(f.get(CONNECTORS + "f").json().path("phase").asText()).isEqualTo("FOUND");
    }

    @Test
    void one_on_its_way_out_is_still_shown_until_it_is_gone() {
        var key = f.created("c");
        f.delete("/connectors/c");
        assertThat(f.get(CONNECTORS + "c").json().path("phase").asText()).isEqualTo("DELETING");
        f.log.tell(key, new ReportAbsent("id-1"));
        assertThat(f.get(CONNECTORS + "c").toString())
                .isEqualTo("404 {\"error_code\":404,\"message\":\"Connector c not found\"}");
    }

    @Test
    void an_unknown_cluster_is_told_from_an_unknown_connector() {
        assertThat(f.get("/signalbox/v1/environments/no/clusters/where/connectors/c")
                        .message())
                .isEqualTo("Cluster no/where is not registered");
    }
}
