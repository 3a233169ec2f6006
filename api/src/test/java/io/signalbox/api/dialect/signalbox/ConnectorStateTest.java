package io.signalbox.api.dialect.signalbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.api.http.Fixture;
import io.signalbox.processor.domain.Command.ReportAbsent;
import io.signalbox.processor.domain.Command.ReportRefused;
import io.signalbox.processor.domain.CommandOutcome.Stage;
import io.signalbox.processor.domain.RunState;
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
