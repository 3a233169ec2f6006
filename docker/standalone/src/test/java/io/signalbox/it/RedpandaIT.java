package io.signalbox.it;

import static io.signalbox.api.openapi.Example.requireKinds;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.api.openapi.Example;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Redpanda's API on a real worker: the example of its documents as it is written, and a connector's life as its Console has it. */
class RedpandaIT {

    private static final JsonNode EXAMPLES = Example.all("redpanda");
    private static final String PREFIX = "CONNECTOR_HOLISTIC_STATE_";

    private final RealParts parts = RealParts.shared();
    private final Path directory = parts.directory("redpanda");
    private final Api worker = new Api(parts.worker().url());

    @ParameterizedTest
    @ValueSource(strings = {"v1", "v1alpha2"})
    void the_example_of_the_documents_is_answered_as_they_show_it(String version) throws Exception {
        Api api = SharedReplica.busy().below("/" + version + "/kafka-connect/clusters/redpanda");
        isError("create-default", 400, "INVALID_ARGUMENT", api.post("/connectors", EXAMPLES.at("/create/request")));

        ObjectNode request = EXAMPLES.at("/create/request").deepCopy();
        // The documents leave out what each connector needs.
        request.withObject("/config").setAll((ObjectNode)
                Api.tree(FileConnectors.source(Files.createFile(directory.resolve(version)), "redpanda-" + version)));
        var created = api.post("/connectors", request);
        assertThat(created.status()).as(created.toString()).isEqualTo(201);
        JsonNode response = EXAMPLES.at("/create/response");
        requireKinds("", response, created.body(), Set.of());
        await().untilAsserted(() ->
                assertThat(api.get("/connectors/string").body().path("tasks")).hasSize(1));
        requireKinds("", response, api.get("/connectors/string").body(), Set.of());
        assertThat(worker.get("/connectors/string/config")
                        .body()
                        .path("additionalProperty1")
                        .asText())
                .isEqualTo("string");
        isError("create-default", 409, "ALREADY_EXISTS", api.post("/connectors", request));
        isError("create-default", 400, "INVALID_ARGUMENT", api.post("/connectors", Map.of()));

        assertThat(api.delete("/connectors/string").status()).isEqualTo(204);
        isError("create-default", 404, "NOT_FOUND", api.get("/connectors/string"));
        awaitGone("string");
    }

    private static void isError(String example, int status, String code, Api.Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.body().path("code").asText()).isEqualTo(code);
        requireKinds(
                "",
                EXAMPLES.path(example).path("response"),
                answer.body(),
                // A detail is one of several kinds, and there is one language.
                Set.of("field_violations", "localized_message"));
        assertThat(answer.body().path("details")).isNotEmpty();
    }

    /**
     * The list, the plugins, a wizard that has the config checked again and again, a creation, and all that a page of a connector has
     * buttons for. The check is Kafka Connect's: Redpanda's API has none.
     */
    @Test
    void a_connector_lives_as_the_console_has_it() throws Exception {
        var page = new Page(SharedReplica.busy(), "v1", false, "console");
        Map<String, String> config = config(page.name);

        assertThat(page.clusters().findValuesAsText("name")).contains("local");
        assertThat(page.cluster().path("plugins").findValuesAsText("class"))
                .contains("org.apache.kafka.connect.file.FileStreamSourceConnector");
        assertThat(page.listed().isMissingNode()).isTrue();
        assertThat(errors(Map.of("connector.class", "FileStreamSource"))).isPositive();
        assertThat(errors(FileConnectors.with(config, "name", page.name))).isZero();

        page.create(config);
        page.put("/pause", "PAUSED");
        assertThat(worker.state(page.name)).isEqualTo("PAUSED");
        page.put("/resume", "HEALTHY");
        page.put("/stop", "STOPPED");
        // The worker tells of the connector before it tells of its tasks.
        await().untilAsserted(() -> assertThat(page.status().path("tasks")).isEmpty());
        page.put("/resume", "HEALTHY");
        var restarted = page.api.post(page.path + "/restart", Map.of("include_tasks", true));
        assertThat(restarted.status()).as(restarted.toString()).isEqualTo(204);
        page.awaitState("HEALTHY");

        await().untilAsserted(() -> assertThat(page.get("/topics").text()).isEqualTo("{\"topics\":[\"console\"]}"));
        // Its second line may be on its way, and then it has used the topic again.
        await().untilAsserted(() -> {
            assertThat(page.api.put(page.path + "/topics/reset").text()).isEqualTo("{}");
            assertThat(page.get("/topics").text()).isEqualTo("{\"topics\":[]}");
        });
        assertThat(worker.get(page.path + "/topics").body().at("/console/topics"))
                .isEmpty();

        change(page, config);
        failAndMend(new Page(SharedReplica.busy(), "v1", false, "console-sink"));
        delete(page, "type.googleapis.com/google.rpc.ErrorInfo");
    }

    @ParameterizedTest
    @CsvSource({"v1,true", "v1alpha2,false"})
    void set_up_so_it_answers_as_the_console_does(String version, boolean wrapped) throws Exception {
        var page = new Page(SharedReplica.clouds(), version, wrapped, "clouds-" + version);
        assertThat(page.cluster().path("name").asText()).isEqualTo("redpanda");
        Map<String, String> config = config(page.name);
        page.create(config);
        change(page, config);
        delete(page, "google.rpc.ErrorInfo");
    }

    private Map<String, String> config(String name) throws Exception {
        return FileConnectors.source(Files.writeString(directory.resolve(name), "one\ntwo\n"), name);
    }

    private void change(Page page, Map<String, String> config) {
        var changed = page.api.put(page.path + "/config", FileConnectors.with(config, "batch.size", "77"));
        assertThat(changed.status()).as(changed.toString()).isEqualTo(200);
        assertThat(page.unwrapped("connector", changed).at("/config/batch.size").asText())
                .isEqualTo("77");
        assertThat(page.unwrapped("config", page.get("/config"))
                        .path("batch.size")
                        .asText())
                .isEqualTo("77");
        await().untilAsserted(() -> assertThat(worker.get(page.path + "/config")
                        .body()
                        .path("batch.size")
                        .asText())
                .isEqualTo("77"));
    }

    /** One that cannot work, which is told with its cause, until it has a config with which it can. */
    private void failAndMend(Page page) {
        Map<String, String> broken = FileConnectors.sink(directory.resolve("no/such/directory"), "console");
        assertThat(page.api.put(page.path + "/config", broken).status()).isEqualTo(201);
        page.awaitState("UNHEALTHY");
        await().untilAsserted(() -> assertThat(page.status().path("errors").findValuesAsText("content"))
                .anyMatch(content -> content.contains("NoSuchFileException")));
        assertThat(page.status().path("errors").findValuesAsText("title"))
                .containsExactly(
                        "Connector " + page.name + " is unhealthy", "Connector " + page.name + " task 0 failed");
        Map<String, String> mended = FileConnectors.sink(directory.resolve(page.name), "console");
        assertThat(page.api.put(page.path + "/config", mended).status()).isEqualTo(200);
        page.awaitState("HEALTHY");
        assertThat(page.status().path("errors")).isEmpty();
        delete(page, "type.googleapis.com/google.rpc.ErrorInfo");
    }

    private void delete(Page page, String type) {
        assertThat(page.api.delete(page.path).status()).isEqualTo(204);
        var gone = page.get("");
        assertThat(gone.status()).isEqualTo(404);
        assertThat(gone.body().at("/details/0/@type").asText()).isEqualTo(type);
        assertThat(page.listed().isMissingNode()).isTrue();
        awaitGone(page.name);
    }

    private static int errors(Map<String, String> config) {
        var checked = SharedReplica.busy().put("/connector-plugins/FileStreamSource/config/validate", config);
        assertThat(checked.status()).as(checked.toString()).isEqualTo(200);
        return checked.body().path("error_count").asInt();
    }

    private void awaitGone(String name) {
        await().untilAsserted(() -> assertThat(worker.get("/connectors").text()).doesNotContain("\"" + name + "\""));
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(50));
    }

    /** What somebody has before him who looks at one connector. */
    private static final class Page {

        private static final String CONNECTORS = "/connectors";

        private final Api clusters;
        private final Api api;
        private final boolean wrapped;
        private final String name;
        private final String path;

        /** @param wrapped whether answers are in an object with one field */
        Page(Api replica, String version, boolean wrapped, String name) {
            clusters = replica.below("/" + version + "/kafka-connect");
            api = clusters.below("/clusters/redpanda");
            this.wrapped = wrapped;
            this.name = name;
            path = CONNECTORS + "/" + name;
        }

        /** And looks at it until it runs. */
        void create(Map<String, String> config) {
            var created = api.post(CONNECTORS, Map.of("name", name, "config", config));
            assertThat(created.status()).as(created.toString()).isEqualTo(201);
            assertThat(unwrapped("connector", created).path("name").asText()).isEqualTo(name);
            assertThat(listed().at("/info/name").asText()).isEqualTo(name);
            awaitState("HEALTHY");
            JsonNode listed = listed();
            assertThat(listed.path("info")).isEqualTo(unwrapped("connector", get("")));
            assertThat(listed.at("/status/holistic_state").asText()).isEqualTo(PREFIX + "HEALTHY");
            assertThat(listed.at("/status/tasks")).hasSize(1);
        }

        JsonNode clusters() {
            return clusters.get("/clusters").body().path("clusters");
        }

        JsonNode cluster() {
            return unwrapped("cluster", api.get(""));
        }

        Api.Answer get(String what) {
            return api.get(path + what);
        }

        JsonNode status() {
            return unwrapped("status", get("/status"));
        }

        JsonNode unwrapped(String field, Api.Answer answer) {
            if (!wrapped) {
                return answer.body();
            }
            assertThat(answer.body().size()).as(answer.toString()).isEqualTo(1);
            return answer.body().path(field);
        }

        /** As the list has it, page after page; missing when it is not there. */
        JsonNode listed() {
            String token = "";
            do {
                var page = api.get(CONNECTORS + "?page_size=2&page_token="
                                + token.replace("+", "%2B").replace("/", "%2F").replace("=", "%3D"))
                        .body();
                for (JsonNode each : page.path("connectors")) {
                    if (each.path("name").asText().equals(name)) {
                        return each;
                    }
                }
                token = page.path("next_page_token").asText();
            } while (!token.isEmpty());
            return Api.parsed("");
        }

        void put(String what, String state) {
            var answer = api.put(path + what);
            assertThat(answer.status() + answer.text()).isEqualTo("202{}");
            awaitState(state);
        }

        void awaitState(String state) {
            await().untilAsserted(() ->
                    assertThat(status().path("holistic_state").asText()).isEqualTo(PREFIX + state));
        }
    }
}
