package io.signalbox.api.dialect.signalbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.api.http.Fixture;
import io.signalbox.processor.domain.Event;
import io.signalbox.processor.domain.QuotaKey;
import io.signalbox.processor.domain.RecordedEvent;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Quotas over HTTP. */
class QuotaTest {

    private static final String QUOTA = "/signalbox/v1/environments/default/quota";
    private static final String TEN = "{\"connectors\":{\"limit\":10}}";

    private final Fixture f = Fixture.withClusters();

    @AfterEach
    void close() {
        f.close();
    }

    private List<RecordedEvent> quotaEvents() {
        return f.log.events().stream()
                .filter(event -> event.key() instanceof QuotaKey)
                .toList();
    }

    @Test
    void what_is_set_is_read_with_what_is_used() {
        assertThat(f.get(QUOTA).toString())
                .isEqualTo("404 {\"error_code\":404,\"message\":\"Environment default has no quota\"}");
        f.put("/connectors/c/config", "{\"connector.class\":\"X\",\"tasks.max\":\"3\"}");
        var set = f.put(QUOTA, "{\"connectors\":{\"limit\":10},\"tasks\":{\"limit\":null}}");
        assertThat(set.toString())
                .isEqualTo("200 {\"connectors\":{\"limit\":10,\"used\":1},\"tasks\":{\"limit\":null,\"used\":3}}");
        assertThat(set.header("ETag")).isEqualTo("\"1\"");
        assertThat(set.header("Signalbox-Command-Id")).isNotEmpty();
        f.created("d");
        var read = f.get(QUOTA);
        assertThat(read.body())
                .isEqualTo("{\"connectors\":{\"limit\":10,\"used\":2},\"tasks\":{\"limit\":null,\"used\":4}}");
        assertThat(f.put(QUOTA, read.body()).toString())
                .as("what was read may be written back")
                .isEqualTo("200 " + read.body());
        assertThat(quotaEvents()).hasSize(1);
        assertThat(f.get(QUOTA.replace("default", "lab")).status()).isEqualTo(404);
    }

    @Test
    void a_change_is_an_event_with_its_reason() {
        f.send("PUT", QUOTA, TEN, "Signalbox-Reason", "as agreed", "From", "ann");
        assertThat(f.delete(QUOTA).toString()).isEqualTo("204 ");
        assertThat(f.delete(QUOTA).status()).isEqualTo(404);
        assertThat(quotaEvents())
                .extracting(RecordedEvent::event)
                .containsExactly(new Event.QuotaChanged(10, null), new Event.QuotaRemoved());
        assertThat(quotaEvents().getFirst().origin().reason()).isEqualTo("as agreed");
        assertThat(quotaEvents().getFirst().actor()).isNotEmpty();
        assertThat(f.get(QUOTA).status()).isEqualTo(404);
    }

    @Test
    void conditions_are_about_the_limits() {
        assertThat(f.send("PUT", QUOTA, TEN, "If-None-Match", "*").status()).isEqualTo(200);
        assertThat(f.send("PUT", QUOTA, TEN, "If-None-Match", "*").status()).isEqualTo(412);
        assertThat(f.send("PUT", QUOTA, "{\"tasks\":{\"limit\":1}}", "If-Match", "\"1\"")
                        .status())
                .isEqualTo(200);
        assertThat(f.send("DELETE", QUOTA, null, "If-Match", "\"1\"").status()).isEqualTo(412);
        assertThat(f.send("DELETE", QUOTA, null, "If-Match", "\"2\"").status()).isEqualTo(204);
    }

    @Test
    void under_one_idempotency_key_the_same_is_done_once_and_nothing_else() {
        assertThat(f.send("PUT", QUOTA, TEN, "Idempotency-Key", "q").status()).isEqualTo(200);
        assertThat(f.send("PUT", QUOTA, TEN, "Idempotency-Key", "q").status()).isEqualTo(200);
        assertThat(f.send("DELETE", QUOTA, null, "Idempotency-Key", "q").status())
                .isEqualTo(400);
        assertThat(quotaEvents()).hasSize(1);
    }

    @Test
    void what_it_leaves_no_room_for_is_403_in_both_dialects() {
        f.put(QUOTA, "{\"connectors\":{\"limit\":1},\"tasks\":{\"limit\":4}}");
        assertThat(f.put("/connectors/c/config", "{\"connector.class\":\"X\",\"tasks.max\":\"2\"}")
                        .status())
                .isEqualTo(201);
        assertThat(f.post("/connectors", "{\"name\":\"d\",\"config\":{\"connector.class\":\"X\"}}")
                        .toString())
                .isEqualTo(
                        "403 {\"error_code\":403,\"message\":\"Environment default is limited to 1 connector, and has 1."
                                + " Delete a connector, or have an admin of the environment raise its quota"
                                + " (/signalbox/v1/environments/default/quota)\"}");
        assertThat(f.patch("/connectors/c/config", "{\"tasks.max\":\"5\"}").message())
                .isEqualTo(
                        "Environment default is limited to 4 tasks (the sum of tasks.max), and has 2; this needs 3 more."
                                + " Lower tasks.max, here or of another connector, or have an admin of the environment raise its"
                                + " quota (/signalbox/v1/environments/default/quota)");
        assertThat(f.patch("/connectors/c/config", "{\"tasks.max\":\"4\"}").status())
                .isEqualTo(200);
        f.put(QUOTA, "{\"tasks\":{\"limit\":2}}");
        String rollback = "/signalbox/v1/environments/default/clusters/local/connectors/c/rollback";
        assertThat(f.post(rollback, "{\"revision\":1}").status()).isEqualTo(200);
        assertThat(f.post(rollback, "{\"revision\":2}").status()).isEqualTo(403);
        assertThat(f.post(
                                "/environments/lab/clusters/blue/connectors",
                                "{\"name\":\"d\",\"config\":{\"connector.class\":\"X\"}}")
                        .status())
                .isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{}",
                "{\"connectors\":{}}",
                "{\"connectors\":{\"limit\":null},\"tasks\":null}",
                "{\"connectors\":10}",
                "{\"connectors\":{\"limit\":-1}}",
                "{\"connectors\":{\"limit\":1.5}}",
                "{\"connectors\":{\"limit\":\"10\"}}",
                "{\"connectors\":{\"limit\":1000001}}",
                "{\"connectors\":{\"limit\":99999999999}}",
                "{\"connectors\":{\"limit\":1,\"most\":2}}",
                "{\"connector\":{\"limit\":1}}"
            })
    void mistakes_are_400_and_change_nothing(String body) {
        var answer = f.put(QUOTA, body);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
        assertThat(quotaEvents()).isEmpty();
    }

    @Test
    void an_illegal_environment_is_400() {
        assertThat(f.put("/signalbox/v1/environments/@quota/quota", TEN).status())
                .isEqualTo(400);
    }
}
