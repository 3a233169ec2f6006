package io.signalbox.api.dialect.signalbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.api.http.Fixture;
import io.signalbox.api.http.Fixture.Reply;
import io.signalbox.processor.domain.Command.ReportAbsent;
import io.signalbox.processor.domain.RunState;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** History, as-of reads and differences over HTTP. */
class HistoryTest {

    private static final String C = "/signalbox/v1/environments/default/clusters/local/connectors/c";

    private final Fixture f = Fixture.withClusters();

    @AfterEach
    void close() {
        f.close();
    }

    private void put(String file, String... headers) {
        var body = "{\"connector.class\":\"X\",\"file\":\"" + file + "\"}";
        assertThat(f.send("PUT", "/connectors/c/config", body, headers).status())
                .isEqualTo(200);
    }

    private static List<String> texts(JsonNode entries, String field) {
        return entries.findValuesAsText(field);
    }

    @Test
    void an_entry_says_who_when_what_and_why() {
        f.created("c");
        put("a", "Content-Type", "application/json", "Signalbox-Reason", "ticket 7", "From", "ann@example.org");
        assertThat(f.get(C + "/history").json().path("entries").path(0).toString())
                .isEqualTo("{\"revision\":2,\"event\":\"ConnectorConfigChanged\",\"observed\":false,"
                        + "\"at\":\"2026-01-01T00:00:03Z\",\"actor\":\"anonymous@127.0.0.1\","
                        + "\"from\":\"ann@example.org\",\"reason\":\"ticket 7\",\"dialect\":\"kafka-connect\","
                        + "\"command_id\":\"id-2\",\"summary\":null,\"uid\":\"id-1\",\"phase\":\"ACTIVE\","
                        + "\"target_state\":\"RUNNING\",\"generation\":2,\"config_revision\":2}");
    }

    @Test
    void a_history_comes_in_pages_with_the_newest_first() {
        f.created("c");
        for (int i = 0; i < 4; i++) {
            put("f" + i);
        }
        var first = f.get(C + "/history?page_size=2").json();
        assertThat(texts(first.path("entries"), "revision")).containsExactly("5", "4");
        var second = f.get(C + "/history?page_size=2&page_token="
                        + first.path("next_page_token").asText())
                .json();
        assertThat(texts(second.path("entries"), "revision")).containsExactly("3", "2");
        var last = f.get(C + "/history?page_size=2&page_token="
                        + second.path("next_page_token").asText())
                .json();
        assertThat(texts(last.path("entries"), "revision")).containsExactly("1");
        assertThat(last.path("next_page_token").isNull()).isTrue();
    }

    @Test
    void what_was_observed_is_there_when_asked_for() {
        var key = f.created("c");
        f.observed(key, RunState.RUNNING, Fixture.task(0, RunState.FAILED));
        assertThat(texts(f.get(C + "/history").json(), "event")).containsExactly("ConnectorCreated");
        var all = f.get(C + "/history?observed=true").json();
        assertThat(texts(all, "event"))
                .containsExactly("TaskFailed", "ConnectorStateChanged", "ConnectorReconciled", "ConnectorCreated");
        assertThat(texts(all, "summary")).contains("task 0: java.lang.Boom", "RUNNING", "generation 1");
    }

    @Test
    void a_deleted_connector_has_a_history_and_one_that_never_was_is_404() {
        var key = f.created("c");
        f.delete("/connectors/c");
        f.log.tell(key, new ReportAbsent("id-1"));
        assertThat(texts(f.get(C + "/history").json(), "event"))
                .containsExactly("ConnectorDeleted", "ConnectorDeletionRequested", "ConnectorCreated");
        assertThat(f.get(C.replace("/c", "/d") + "/history").status()).isEqualTo(404);
        assertThat(f.get("/signalbox/v1/environments/no/clusters/where/connectors/c/history")
                        .message())
                .isEqualTo("Cluster no/where is not registered");
    }

    @Test
    void a_connector_is_shown_as_it_was_desired_at_a_revision_or_a_time() {
        f.created("c");
        put("a");
        f.put("/connectors/c/pause", null);
        put("b");
        var then = f.get(C + "?revision=2").json();
        assertThat(then.path("desired").toString())
                .isEqualTo("{\"target_state\":\"RUNNING\",\"type\":\"SOURCE\",\"config_revision\":2,"
                        + "\"validated\":true,\"config\":{\"connector.class\":\"X\",\"file\":\"a\",\"name\":\"c\"}}");
        assertThat(then.path("revision").asInt()).isEqualTo(2);
        assertThat(then.path("last_event").path("command_id").asText()).isEqualTo("id-2");
        var asOf = f.get(C + "?asOf=2026-01-01T00:00:04.5Z").json();
        assertThat(asOf.path("revision").asInt()).isEqualTo(3);
        assertThat(asOf.path("desired").path("target_state").asText()).isEqualTo("PAUSED");
        assertThat(asOf.path("desired").path("config").path("file").asText()).isEqualTo("a");
        assertThat(f.get(C + "?asOf=2026-01-01T02:00:03%2B02:00")
                        .json()
                        .path("revision")
                        .asInt())
                .as("at that very moment, in another zone")
                .isEqualTo(2);
        assertThat(f.get(C + "?asOf=2030-01-01T00:00:00Z")
                        .json()
                        .path("revision")
                        .asInt())
                .isEqualTo(4);
    }

    @Test
    void what_was_not_there_then_is_404() {
        var key = f.created("c");
        assertThat(f.get(C + "?revision=2").toString())
                .isEqualTo("404 {\"error_code\":404,\"message\":\"Nothing is known of connector c as of then\"}");
        assertThat(f.get(C + "?asOf=2025-01-01T00:00:00Z").status()).isEqualTo(404);
        f.delete("/connectors/c");
        f.log.tell(key, new ReportAbsent("id-1"));
        assertThat(f.get(C + "?revision=3").message())
                .isEqualTo("Connector c was not there then: it was deleted at 2026-01-01T00:00:04Z");
        assertThat(f.get(C + "?revision=2").json().path("phase").asText()).isEqualTo("DELETING");
        assertThat(f.get(C + "?revision=1").json().path("phase").asText()).isEqualTo("ACTIVE");
    }

    @Test
    void two_revisions_differ_in_keys_with_both_values() {
        f.created("c");
        put("a");
        f.put("/connectors/c/pause", null);
        f.put("/connectors/c/config", "{\"connector.class\":\"X\",\"topic\":\"t\"}");
        assertThat(f.get(C + "/diff?from=2&to=4").toString())
                .isEqualTo("200 {\"from\":{\"revision\":2,\"config_revision\":2,\"phase\":\"ACTIVE\","
                        + "\"target_state\":\"RUNNING\"},\"to\":{\"revision\":4,\"config_revision\":4,"
                        + "\"phase\":\"ACTIVE\",\"target_state\":\"PAUSED\"},"
                        + "\"changed\":[{\"key\":\"file\",\"from\":\"a\",\"to\":null},"
                        + "{\"key\":\"topic\",\"from\":null,\"to\":\"t\"}],\"resealed\":[],\"undecided\":[]}");
        assertThat(f.get(C + "/diff?from=3&to=3").json().path("changed").isEmpty())
                .isTrue();
        assertThat(f.get(C + "/diff?from=2&to=5").message()).isEqualTo("Connector c has no config of revision 5");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?revision=0",
                "?revision=x",
                "?revision=99999999999999999999",
                "?asOf=yesterday",
                "?asOf=",
                "?revision=1&asOf=2026-01-01T00:00:00Z",
                "/diff",
                "/diff?from=1",
                "/diff?from=-1&to=1",
                "/history?page_size=0",
                "/history?page_size=1001",
                "/history?page_token=x",
                "/history?page_token=9999999999999999999",
                "/history?observed=maybe"
            })
    void what_is_not_legal_is_400(String query) {
        f.created("c");
        Reply reply = f.get(C + query);
        assertThat(reply.status()).as(reply.toString()).isEqualTo(400);
        assertThat(reply.json().path("error_code").asInt()).isEqualTo(400);
    }

    @Test
    void a_reason_is_bounded_and_holds_no_control_characters() throws Exception {
        f.created("c");
        var tooLong = f.send("PUT", "/connectors/c/pause", null, "Signalbox-Reason", "x".repeat(501));
        assertThat(tooLong.toString())
                .isEqualTo(
                        "400 {\"error_code\":400,\"message\":\"Illegal Signalbox-Reason: use 1 to 500 characters\"}");
        assertThat(f.raw(
                        "PUT /connectors/c/pause HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 0\r\n"
                                + "Signalbox-Reason: a\tb\r\n\r\n"))
                .startsWith("HTTP/1.1 400")
                .contains("Illegal Signalbox-Reason: it may not contain control characters");
        assertThat(f.log.commands()).as("nothing was sent").hasSize(3);
    }

    @Test
    void a_reason_may_be_in_any_language() throws Exception {
        f.created("c");
        String reason = "Größe geändert, 列車";
        f.raw("PUT /connectors/c/pause HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 0\r\n"
                + "Signalbox-Reason: "
                + new String(reason.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1) + "\r\n\r\n");
        assertThat(f.get(C + "/history")
                        .json()
                        .path("entries")
                        .path(0)
                        .path("reason")
                        .asText())
                .isEqualTo(reason);
    }
}
