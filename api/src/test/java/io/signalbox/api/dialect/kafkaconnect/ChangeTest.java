package io.signalbox.api.dialect.kafkaconnect;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.api.http.Fixture;
import io.signalbox.processor.domain.Command.PutConfig;
import io.signalbox.processor.domain.Config;
import io.signalbox.processor.domain.ConnectorType;
import io.signalbox.processor.domain.TargetState;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** PUT, PATCH and DELETE, pause, resume and stop. */
class ChangeTest {

    private final Fixture f = Fixture.withClusters();

    @AfterEach
    void close() {
        f.close();
    }

    @Test
    void put_creates_with_201_and_replaces_with_200() {
        var created = f.put("/connectors/c/config", "{\"connector.class\":\"X\",\"a\":\"1\"}");
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.header("Location")).isEqualTo("/connectors/c");
        var replaced = f.put("/connectors/c/config", "{\"connector.class\":\"X\",\"b\":\"2\"}");
        assertThat(replaced.status()).isEqualTo(200);
        assertThat(replaced.header("Location")).isNull();
        assertThat(f.get("/connectors/c/config").body())
                .isEqualTo("{\"b\":\"2\",\"connector.class\":\"X\",\"name\":\"c\"}");
    }

    @Test
    void put_does_not_trim_the_name() {
        var answer = f.put("/connectors/%20pad%20/config", "{\"connector.class\":\"X\"}");
        assertThat(answer.json().path("name").asText()).isEqualTo(" pad ");
    }

    @Test
    void patch_merges_and_null_removes() {
        f.put("/connectors/c/config", "{\"connector.class\":\"X\",\"a\":\"1\",\"b\":\"2\"}");
        var answer = f.patch("/connectors/c/config", "{\"a\":null,\"d\":4}");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("config").toString())
                .isEqualTo("{\"b\":\"2\",\"connector.class\":\"X\",\"d\":\"4\",\"name\":\"c\"}");
        assertThat(f.patch("/connectors/c/config", "{}").status()).isEqualTo(200);
        assertThat(f.patch("/connectors/nope/config", "{}").message()).isEqualTo("Connector nope not found");
    }

    @Test
    void patch_validates_the_merged_config() {
        f.created("c");
        f.worker.answers(200, "{\"error_count\":1,\"configs\":[{\"value\":{\"errors\":[\"wrong\"]}}]}");
        assertThat(f.patch("/connectors/c/config", "{\"a\":\"1\"}").message()).contains("1 error(s):\nwrong\n");
        assertThat(f.worker.asked().getLast()).contains("{a=1, connector.class=X, name=c}");
    }

    @Test
    void a_patch_that_was_overtaken_is_merged_again() {
        var key = f.created("c");
        f.log.beforeNextCommand(() -> f.log.tell(
                key,
                new PutConfig(Config.of(Map.of("connector.class", "X", "other", "1")), ConnectorType.SOURCE, true)));
        var answer = f.send("PATCH", "/connectors/c/config", "{\"mine\":\"2\"}", "Idempotency-Key", "k");
        assertThat(answer.json().path("config").toString())
                .isEqualTo("{\"connector.class\":\"X\",\"mine\":\"2\",\"name\":\"c\",\"other\":\"1\"}");
        int events = f.log.events().size();
        var again = f.send("PATCH", "/connectors/c/config", "{\"mine\":\"2\"}", "Idempotency-Key", "k");
        assertThat(again.toString()).isEqualTo(answer.toString());
        assertThat(again.header("Signalbox-Command-Id")).isEqualTo("k");
        assertThat(f.log.events()).hasSize(events);
    }

    @Test
    void a_patch_that_is_overtaken_for_ever_is_503() {
        overtakeForEver(0);
        f.created("c");
        overtakeForEver(1);
        var answer = f.patch("/connectors/c/config", "{\"mine\":\"2\"}");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isEqualTo("1");
        assertThat(answer.message()).contains("connector c keeps changing");
    }

    private void overtakeForEver(int n) {
        if (n > 0 && n < 10) {
            f.log.beforeNextCommand(() -> {
                f.log.tell(
                        Fixture.LOCAL.connector("c"),
                        new PutConfig(
                                Config.of(Map.of("connector.class", "X", "n", Integer.toString(n))),
                                ConnectorType.SOURCE,
                                true));
                overtakeForEver(n + 1);
            });
        }
    }

    @Test
    void delete_is_204_and_404_from_then_on() {
        f.created("c");
        var answer = f.delete("/connectors/c");
        assertThat(answer.toString()).isEqualTo("204 ");
        assertThat(answer.header("Signalbox-Position")).isNotNull();
        for (String path : new String[] {"", "/config", "/status", "/tasks"}) {
            assertThat(f.get("/connectors/c" + path).status()).isEqualTo(404);
        }
        assertThat(f.delete("/connectors/c").message()).isEqualTo("Connector c not found");
        assertThat(f.put("/connectors/c/pause", null).status()).isEqualTo(404);
        assertThat(f.get("/connectors").body()).isEqualTo("[]");
    }

    @ParameterizedTest
    @CsvSource({"pause,202,PAUSED", "resume,202,RUNNING", "stop,204,STOPPED"})
    void target_states_change_with_connects_statuses(String verb, int status, TargetState target) {
        var key = f.created("c");
        for (int i = 0; i < 2; i++) {
            var answer = f.put("/connectors/c/" + verb, null);
            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.body()).isEmpty();
            if (status == 202) {
                assertThat(answer.header("Content-Length")).isEqualTo("0");
            }
        }
        assertThat(f.log.find(key).orElseThrow().targetState()).isEqualTo(target);
        assertThat(f.put("/connectors/nope/" + verb, null).message()).isEqualTo("Unknown connector nope");
    }
}
