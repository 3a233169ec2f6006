package io.signalbox.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** A caller of the Supermetal API, as far as pipelines are run by it. */
final class Supermetal {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Api api;

    Supermetal(String url) {
        api = new Api(url);
    }

    /** @return the id that was made for it */
    String create(Map<String, Object> connector) {
        var answer = api.post("/api/v1/connectors", connector);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        return answer.body().path("connector").path("id").asText();
    }

    /** By the id that is its own. */
    void put(String id, Map<String, Object> connector) {
        var answer = api.post("/api/v1/connectors/" + id, connector);
        assertThat(answer.status()).as(answer.toString()).isIn(200, 201);
    }

    Api.Answer get(String id) {
        return api.get("/api/v1/connectors/" + id);
    }

    void command(String id, String command) {
        var answer = api.post("/api/v1/connector/command/" + id, Map.of("command", command));
        assertThat(answer.status()).as(answer.toString()).isIn(200, 202);
    }

    /** @return the task's id */
    String createTask(String id, Map<String, Object> task) {
        var answer = api.post("/api/v1/connectors/" + id + "/tasks", task);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(202);
        return answer.body().path("id").asText();
    }

    Api.Answer task(String id, String task) {
        return api.get("/api/v1/connectors/" + id + "/tasks/" + task);
    }

    int cancel(String id, String task) {
        return api.post("/api/v1/connectors/" + id + "/tasks/" + task + "/cancel", Map.of())
                .status();
    }

    /** The names of the two words of its status: {@code realtime/heartbeat}. */
    String state(String id) {
        return words(get(id).body().path("status"));
    }

    String runId(String id) {
        return get(id).body().path("run_id").asText();
    }

    /** The words of each status that it had, oldest first. */
    List<String> history(String id) {
        return moments(id).stream().map(each -> words(each.path("status"))).toList();
    }

    /** As they are answered, oldest first. */
    List<JsonNode> moments(String id) {
        var answer = api.get("/api/v1/connector/history/" + id);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return StreamSupport.stream(answer.body().spliterator(), false).toList();
    }

    void awaitState(String id, String state) {
        await().untilAsserted(
                        () -> assertThat(state(id)).as(() -> get(id).text()).startsWith(state));
    }

    void awaitGone(String id) {
        await().untilAsserted(() ->
                assertThat(get(id).status()).as(() -> get(id).text()).isEqualTo(404));
    }

    static void await(String what, Callable<Boolean> condition) {
        await().alias(what).until(condition);
    }

    /** What is asked may be away for a while, and what is looked for not there yet. */
    static ConditionFactory await() {
        return Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptions();
    }

    private static String words(JsonNode status) {
        return word(status.path("state")) + "/" + word(status.path("status"));
    }

    private static String word(JsonNode oneKey) {
        return oneKey.fieldNames().hasNext() ? oneKey.fieldNames().next() : "";
    }
}
