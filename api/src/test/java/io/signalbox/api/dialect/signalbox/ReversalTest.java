package io.signalbox.api.dialect.signalbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.api.http.Fixture;
import io.signalbox.api.http.Fixture.Reply;
import io.signalbox.api.http.ScriptedDataPlane;
import io.signalbox.processor.domain.Command.CreateConnector;
import io.signalbox.processor.domain.Command.ReportAbsent;
import io.signalbox.processor.domain.Command.ReportOffsets;
import io.signalbox.processor.domain.Command.ReportOperation;
import io.signalbox.processor.domain.Command.UndeleteConnector;
import io.signalbox.processor.domain.CommandOutcome.Stage;
import io.signalbox.processor.domain.Config;
import io.signalbox.processor.domain.ConnectorKey;
import io.signalbox.processor.domain.ConnectorType;
import io.signalbox.processor.domain.Event;
import io.signalbox.processor.domain.RecordedEvent;
import io.signalbox.processor.domain.TargetState;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rollback, undelete and the undo of offsets over HTTP. */
class ReversalTest {

    private static final String C = "/signalbox/v1/environments/default/clusters/local/connectors/c";
    private static final String FIVE = "[{\"partition\":{\"f\":\"x\"},\"offset\":{\"at\":5}}]";
    private static final String NINE = "[{\"partition\":{\"f\":\"x\"},\"offset\":{\"at\":9}}]";

    private static final Config OTHER = Config.of(Map.of("connector.class", "Y"));

    private final Fixture f = Fixture.withClusters();

    @AfterEach
    void close() {
        f.close();
    }

    private void put(String file) {
        f.put("/connectors/c/config", "{\"connector.class\":\"X\",\"file\":\"" + file + "\"}");
    }

    private ConnectorKey deleted() {
        var key = f.created("c");
        f.log.tell(key, new ReportOffsets("id-1", FIVE));
        f.delete("/connectors/c");
        f.log.tell(key, new ReportAbsent("id-1"));
        return key;
    }

    private Event last() {
        return f.log.events().getLast().event();
    }

    @Test
    void a_rollback_is_a_new_revision() {
        f.created("c");
        put("a");
        put("b");
        Reply reply = f.send("POST", C + "/rollback", "{\"revision\":2}", "Signalbox-Reason", "b was wrong");
        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        assertThat(reply.json().path("revision").asInt()).isEqualTo(4);
        assertThat(reply.json().path("desired").path("config").path("file").asText())
                .isEqualTo("a");
        assertThat(reply.header("ETag")).isEqualTo("\"4\"");
        var entry = f.get(C + "/history").json().path("entries").path(0);
        assertThat(entry.path("summary").asText()).isEqualTo("rolled back to revision 2");
        assertThat(entry.path("reason").asText()).isEqualTo("b was wrong");
        assertThat(entry.path("dialect").asText()).isEqualTo("signalbox");
    }

    @Test
    void a_rollback_is_checked_by_the_cluster_like_a_config_that_is_put() {
        f.created("c");
        put("a");
        f.worker.answers(200, ScriptedDataPlane.SOURCE.replace("\"errors\":[]", "\"errors\":[\"no more\"]"));
        Reply refused = f.post(C + "/rollback", "{\"revision\":1}");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.message()).endsWith("no more");
        Reply deferred = f.post(C + "/rollback?validate=deferred", "{\"revision\":1}");
        assertThat(deferred.status()).isEqualTo(200);
        assertThat(deferred.header("Signalbox-Validation")).isEqualTo("deferred");
        assertThat(deferred.json().path("desired").path("validated").asBoolean())
                .isFalse();
    }

    @Test
    void a_rollback_respects_if_match_and_its_idempotency_key() {
        f.created("c");
        put("a");
        String to1 = "{\"revision\":1}";
        assertThat(f.send("POST", C + "/rollback", to1, "If-Match", "\"1\"").status())
                .isEqualTo(412);
        assertThat(f.send("POST", C + "/rollback", to1, "If-Match", "\"2\"", "Idempotency-Key", "k")
                        .status())
                .isEqualTo(200);
        put("b");
        Reply again = f.send("POST", C + "/rollback", to1, "If-Match", "\"2\"", "Idempotency-Key", "k");
        assertThat(again.json().path("revision").asInt()).as("the first answer").isEqualTo(3);
        assertThat(f.get(C).json().path("desired").path("config").path("file").asText())
                .isEqualTo("b");
    }

    @Test
    void a_rollback_to_what_never_was_is_404() {
        assertThat(f.post(C + "/rollback", "{\"revision\":1}").toString())
                .isEqualTo("404 {\"error_code\":404,\"message\":\"Connector c not found\"}");
        f.created("c");
        assertThat(f.post(C + "/rollback", "{\"revision\":2}").toString())
                .isEqualTo("404 {\"error_code\":404,\"message\":\"There is no revision 2 yet: it is at 1\"}");
        assertThat(f.post("/signalbox/v1/environments/no/clusters/where/connectors/c/rollback", "{\"revision\":2}")
                        .message())
                .isEqualTo("Cluster no/where is not registered");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "{\"revision\":0}", "{\"revision\":\"1\"}", "{\"revision\":1.5}", "{\"to\":1}", "[]", ""})
    void a_body_that_is_not_legal_is_400(String body) {
        f.created("c");
        assertThat(f.post(C + "/rollback", body).status()).isEqualTo(400);
    }

    @Test
    void a_deleted_connector_is_had_again_with_its_offsets() {
        deleted();
        Reply reply = f.post(C + "/undelete", null);
        assertThat(reply.status()).as(reply.toString()).isEqualTo(201);
        assertThat(reply.json().path("phase").asText()).isEqualTo("ACTIVE");
        assertThat(reply.json().path("revision").asInt()).isEqualTo(5);
        assertThat(last()).isInstanceOfSatisfying(Event.ConnectorCreated.class, created -> {
            assertThat(created.offsets()).isEqualTo(FIVE);
            assertThat(created.undeletes()).isEqualTo("id-1");
            assertThat(created.validated()).isTrue();
        });
        assertThat(f.get("/connectors").body()).isEqualTo("[\"c\"]");
    }

    @Test
    void its_offsets_can_be_left_as_they_are() {
        deleted();
        assertThat(f.post(C + "/undelete", "{\"offsets\":\"keep\"}").status()).isEqualTo(201);
        assertThat(((Event.ConnectorCreated) last()).offsets()).isNull();
        assertThat(f.post(C + "/undelete", "{\"offsets\":\"forget\"}").status()).isEqualTo(400);
    }

    @Test
    void an_undelete_asked_for_again_gets_its_first_answer() {
        deleted();
        Reply first = f.send("POST", C + "/undelete", null, "Idempotency-Key", "k");
        Reply again = f.send("POST", C + "/undelete", null, "Idempotency-Key", "k");
        assertThat(again.toString()).isEqualTo(first.toString());
        assertThat(f.post(C + "/undelete", null).toString())
                .isEqualTo("409 {\"error_code\":409,\"message\":\"Connector c is not deleted\"}");
    }

    @Test
    void what_cannot_be_undeleted_says_why() {
        assertThat(f.post(C + "/undelete", null).status()).isEqualTo(404);
        var key = deleted();
        assertThat(f.send("POST", C + "/undelete", null, "If-Match", "\"4\"").status())
                .isEqualTo(412);
        f.log.beforeNextCommand(
                () -> f.log.tell(key, new CreateConnector(OTHER, TargetState.RUNNING, ConnectorType.SOURCE, true)));
        assertThat(f.post(C + "/undelete", null).message()).isEqualTo("The name c is taken by another connector");
        f.delete("/connectors/c");
        f.log.pass(Fixture.UNDELETE.plus(Duration.ofMinutes(1)));
        assertThat(f.post(C + "/undelete", null).status()).isEqualTo(410);
    }

    @Test
    void the_retention_travels_with_the_command() {
        deleted();
        f.post(C + "/undelete", null);
        assertThat(f.log.commands().getLast().command())
                .isInstanceOfSatisfying(
                        UndeleteConnector.class,
                        command -> assertThat(command.retentionMs()).isEqualTo(Fixture.UNDELETE.toMillis()));
    }

    @Test
    void a_change_of_offsets_is_undone() {
        var key = f.created("c");
        assertThat(f.post(C + "/offsets/undo", null).toString())
                .isEqualTo("409 {\"error_code\":409,\"message\":\"The offsets of connector c were not changed, or it"
                        + " is not known what they were before\"}");
        f.put("/connectors/c/stop", null);
        f.log.operationsEnd(Stage.ACCEPTED);
        f.patch("/connectors/c/offsets", "{\"offsets\":" + NINE + "}");
        String operation = f.log.find(key).orElseThrow().operations().getFirst().id();
        f.log.tell(key, new ReportOperation("id-1", operation, true, "altered", null, FIVE));

        Reply pending = f.post(C + "/offsets/undo", null);
        assertThat(pending.status()).isEqualTo(202);
        assertThat(last()).isEqualTo(new Event.AlterOffsetsRequested(pending.header("Signalbox-Command-Id"), FIVE));
        assertThat(f.post(C + "/offsets/undo", null).status())
                .as("one at a time")
                .isEqualTo(409);
        f.log.tell(
                key, new ReportOperation("id-1", pending.header("Signalbox-Command-Id"), true, "altered", null, NINE));

        f.log.operationsEnd(Stage.APPLIED, null, "altered");
        Reply done = f.post(C + "/offsets/undo", null);
        assertThat(done.status()).as(done.toString()).isEqualTo(200);
        assertThat(f.log.events())
                .extracting(RecordedEvent::event)
                .contains(new Event.AlterOffsetsRequested(done.header("Signalbox-Command-Id"), NINE));
    }

    @Test
    void an_undo_that_the_worker_refuses_is_told_with_its_words() {
        var key = f.created("c");
        f.put("/connectors/c/stop", null);
        f.log.operationsEnd(Stage.ACCEPTED);
        f.patch("/connectors/c/offsets", "{\"offsets\":" + NINE + "}");
        String operation = f.log.find(key).orElseThrow().operations().getFirst().id();
        f.log.tell(key, new ReportOperation("id-1", operation, true, "altered", null, FIVE));
        f.log.operationsEnd(Stage.FAILED, 400, "not these");
        assertThat(f.post(C + "/offsets/undo", null).toString())
                .isEqualTo("400 {\"error_code\":400,\"message\":\"not these\"}");
    }
}
