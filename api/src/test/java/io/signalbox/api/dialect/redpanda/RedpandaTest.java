package io.signalbox.api.dialect.redpanda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.api.http.Fixture;
import io.signalbox.api.http.Fixture.Reply;
import io.signalbox.processor.domain.ClusterKey;
import io.signalbox.processor.domain.ClusterSpec;
import io.signalbox.processor.domain.Command.RestartConnector;
import io.signalbox.processor.domain.RunState;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each operation of the service. That each answer is as the OpenAPI document has it, is checked wherever one is asked for. */
class RedpandaTest {

    private static final String V1 = "/v1/kafka-connect/clusters/redpanda/connectors";
    private static final String CREATE = "{\"config\":{\"connector.class\":\"X\",\"a\":\"1\"},\"name\":\"orders\"}";

    private final Fixture f = Fixture.withClusters();

    @AfterEach
    void close() {
        f.close();
    }

    private Reply created() {
        var answer = f.post(V1, CREATE);
        assertThat(answer.status()).isEqualTo(201);
        return answer;
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1", "v1alpha2"})
    void a_connector_is_created_as_the_documents_have_it(String version) {
        var answer = f.post(V1.replace("v1", version), CREATE);
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.body())
                .isEqualTo(
                        "{\"name\":\"orders\",\"config\":{\"a\":\"1\",\"connector.class\":\"X\",\"name\":\"orders\"},"
                                + "\"tasks\":[],\"type\":\"source\"}");
        assertThat(answer.header("Location")).isEqualTo(V1.replace("v1", version) + "/orders");
        assertThat(f.get("/connectors/orders").json().path("config").path("a").asText())
                .isEqualTo("1");
    }

    @Test
    void what_else_a_specification_holds_is_left_out_and_output_fields_are_ignored() {
        assertThat(f.post(
                                V1,
                                "{\"name\":\"orders\",\"config\":{\"connector.class\":\"X\"},\"type\":\"sink\",\"tasks\":"
                                        + "[{\"connector\":\"x\",\"task\":4}],\"unknown\":{\"deep\":[1]}}")
                        .json()
                        .path("tasks"))
                .isEmpty();
    }

    @Test
    void all_that_is_missing_is_told_at_once() {
        var answer = f.post(V1, "{}");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("code").asText()).isEqualTo("INVALID_ARGUMENT");
        assertThat(answer.message()).isEqualTo("provided parameters are invalid");
        assertThat(answer.json().path("details").path(0).toString())
                .isEqualTo(
                        "{\"@type\":\"type.googleapis.com/google.rpc.ErrorInfo\",\"reason\":\"REASON_INVALID_INPUT\","
                                + "\"domain\":\"redpanda.com/dataplane\",\"metadata\":{}}");
        assertThat(answer.json().path("details").path(1).toString())
                .isEqualTo("{\"@type\":\"type.googleapis.com/google.rpc.BadRequest\",\"field_violations\":["
                        + "{\"field\":\"connector.name\",\"description\":\"value is required\",\"reason\":\"\"},"
                        + "{\"field\":\"connector.config\",\"description\":\"value is required\",\"reason\":\"\"}]}");
        assertThat(f.post(V1, "").status()).isEqualTo(400);
        assertThat(f.log.commands()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{|no JSON",
                "[]|must be an object",
                "{\"name\":5,\"config\":{\"connector.class\":\"X\"}}|must be a string",
                "{\"name\":\"c\",\"config\":{\"a\":5}}|must be a string",
                "{\"name\":\"c\",\"config\":{\"a\":true}}|must be a string",
                "{\"name\":\"c\",\"config\":[]}|must be an object of strings",
                "{\"name\":\"c\",\"config\":{\"a\":\"b\"}}|connector class is not set",
                "{\"name\":\"c\",\"config\":{\"connector.class\":\"\"}}|connector class is not set",
                "{\"name\":\"c\",\"config\":{\"connector.class\":\"X\",\"name\":\"d\"}}|doesn't match"
            })
    void what_is_wrong_with_a_creation_is_400(String body, String message) {
        var answer = f.post(V1, body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("code").asText()).isEqualTo("INVALID_ARGUMENT");
        assertThat(answer.message()).contains(message);
    }

    @Test
    void one_that_is_there_is_409_under_its_code() {
        created();
        var answer = f.post(V1, CREATE);
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.json().path("code").asText()).isEqualTo("ALREADY_EXISTS");
        assertThat(reason(answer)).isEqualTo("REASON_KAFKA_CONNECT_API_ERROR");
    }

    @Test
    void a_connector_is_read_with_what_is_seen_of_it() {
        created();
        assertThat(f.get(V1 + "/orders/status").body())
                .isEqualTo(
                        "{\"name\":\"orders\",\"connector\":{\"state\":\"UNASSIGNED\",\"worker_id\":\"\",\"trace\":\"\"},"
                                + "\"tasks\":[],\"type\":\"source\",\"holistic_state\":\"CONNECTOR_HOLISTIC_STATE_UNASSIGNED\","
                                + "\"errors\":[]}");
        f.observed(
                Fixture.LOCAL.connector("orders"),
                RunState.RUNNING,
                Fixture.task(0, RunState.RUNNING),
                Fixture.task(1, RunState.FAILED));
        assertThat(f.get(V1 + "/orders").json().path("tasks").toString())
                .isEqualTo("[{\"connector\":\"orders\",\"task\":0},{\"connector\":\"orders\",\"task\":1}]");
        assertThat(f.get(V1 + "/orders/config").body())
                .isEqualTo("{\"a\":\"1\",\"connector.class\":\"X\",\"name\":\"orders\"}");
        JsonNode status = f.get(V1 + "/orders/status").json();
        assertThat(status.path("holistic_state").asText()).isEqualTo("CONNECTOR_HOLISTIC_STATE_DEGRADED");
        assertThat(status.path("errors").findValuesAsText("content"))
                .containsExactly("1 of 2 tasks of connector orders failed", "java.lang.Boom");
        assertThat(status.path("tasks").path(1).path("trace").asText()).isEqualTo("java.lang.Boom");
        assertThat(f.get(V1 + "/none").status()).isEqualTo(404);
        assertThat(f.get(V1 + "/none/status").json().path("code").asText()).isEqualTo("NOT_FOUND");
        assertThat(f.get(V1 + "/none/config").message()).isEqualTo("Connector none not found");
    }

    @Test
    void a_config_is_put_whether_it_is_there_or_not() {
        assertThat(f.put(V1 + "/orders/config", "{\"connector.class\":\"X\",\"a\":null}")
                        .status())
                .isEqualTo(201);
        var replaced = f.put(V1 + "/orders/config", "{\"connector.class\":\"X\",\"b\":\"2\"}");
        assertThat(replaced.status()).isEqualTo(200);
        assertThat(replaced.json().path("config").toString())
                .isEqualTo("{\"b\":\"2\",\"connector.class\":\"X\",\"name\":\"orders\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "{}"})
    void a_config_of_nothing_is_a_violation(String body) {
        var answer = f.put(V1 + "/orders/config", body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().at("/details/1/field_violations/0/field").asText())
                .isEqualTo("config");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"config\":{\"connector.class\":\"X\"},\"name\":\"orders\"}", "{\"a\":1}", "[]", "{\"a\":"})
    void a_config_that_is_no_map_of_strings_is_400(String body) {
        assertThat(f.put(V1 + "/orders/config", body).status()).isEqualTo(400);
    }

    @Test
    void secrets_are_asterisks_and_asterisks_keep() {
        f.put(V1 + "/orders/config", "{\"connector.class\":\"X\",\"db.password\":\"hunter2\"}");
        assertThat(f.get(V1 + "/orders/config").json().path("db.password").asText())
                .isEqualTo("********");
        var kept = f.put(V1 + "/orders/config", "{\"connector.class\":\"X\",\"db.password\":\"********\",\"a\":\"1\"}");
        assertThat(kept.status()).isEqualTo(200);
        assertThat(f.get("/connectors/orders/config?secrets=show")
                        .json()
                        .path("db.password")
                        .asText())
                .isEqualTo("hunter2");
    }

    @ParameterizedTest
    @CsvSource({"PUT,pause,PauseConnector", "PUT,resume,ResumeConnector", "PUT,stop,StopConnector"})
    void what_it_is_to_do_is_202_with_an_empty_object(String method, String what, String command) {
        created();
        var answer = f.send(method, V1 + "/orders/" + what, null);
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.body()).isEqualTo("{}");
        assertThat(f.log.commands().getLast().command().getClass().getSimpleName())
                .isEqualTo(command);
        assertThat(f.send(method, V1 + "/none/" + what, null).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|false|false",
                "{}|false|false",
                "{\"include_tasks\":true}|true|false",
                "{\"includeTasks\":true,\"onlyFailed\":true}|true|true"
            })
    void a_restart_is_204_and_includes_what_it_says(String body, boolean includeTasks, boolean onlyFailed) {
        created();
        f.observed(Fixture.LOCAL.connector("orders"), RunState.RUNNING);
        assertThat(f.send("POST", V1 + "/orders/restart", body.isEmpty() ? null : body)
                        .status())
                .isEqualTo(204);
        assertThat(f.log.commands().getLast().command()).isEqualTo(new RestartConnector(includeTasks, onlyFailed));
        assertThat(f.post(V1 + "/orders/restart", "{\"only_failed\":\"yes\"}").status())
                .isEqualTo(400);
        assertThat(f.post(V1 + "/none/restart", "{}").status()).isEqualTo(404);
    }

    @Test
    void tasks_that_no_worker_has_yet_cannot_be_restarted_and_that_is_said() {
        created();
        var answer = f.post(V1 + "/orders/restart", "{\"include_tasks\":true}");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.json().path("code").asText()).isEqualTo("UNAVAILABLE");
    }

    @Test
    void deleted_is_204_and_then_404() {
        created();
        var answer = f.delete(V1 + "/orders");
        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.body()).isEmpty();
        assertThat(f.delete(V1 + "/none").status()).isEqualTo(404);
    }

    @Test
    void the_list_comes_in_pages_that_neither_repeat_nor_hide() {
        for (String name : List.of("d", "b", "a", "e", "c")) {
            f.created(name);
        }
        List<String> seen = new ArrayList<>();
        String token = "";
        do {
            JsonNode page = f.get(V1 + "?page_size=2&page_token="
                            + token.replace("+", "%2B").replace("=", "%3D"))
                    .json();
            page.path("connectors").forEach(each -> seen.add(each.path("name").asText()));
            token = page.path("next_page_token").asText();
            // The last one of the page is deleted meanwhile.
            f.delete(V1 + "/" + seen.getLast());
        } while (!token.isEmpty());
        assertThat(seen).containsExactly("a", "b", "c", "d", "e");
    }

    @Test
    void all_of_them_come_at_once_for_minus_one_and_bear_info_and_status() {
        f.created("a");
        f.created("b");
        JsonNode all = f.get(V1 + "?page_size=-1").json();
        assertThat(all.path("connectors")).hasSize(2);
        assertThat(all.path("next_page_token").asText()).isEmpty();
        assertThat(all.at("/connectors/0/info/name").asText()).isEqualTo("a");
        assertThat(all.at("/connectors/1/status/holistic_state").asText())
                .isEqualTo("CONNECTOR_HOLISTIC_STATE_UNASSIGNED");
        assertThat(f.get(V1 + "?page_size=0").json().path("connectors")).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"page_size=abc", "page_size=-2", "page_size=1001", "page_token=!", "page_token=YWJj"})
    void a_page_that_there_is_not_is_400(String query) {
        var answer = f.get(V1 + "?" + query);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().at("/details/1/field_violations/0/field").asText())
                .isEqualTo(query.substring(0, query.indexOf('=')));
    }

    @Test
    void clusters_are_those_of_the_default_environment() {
        f.register(new ClusterKey("default", "second"), ClusterSpec.Policies.DEFAULT);
        f.worker.answers(200, "{\"version\":\"4.3.1\",\"commit\":\"26b2\",\"kafka_cluster_id\":\"k\"}");
        JsonNode list = f.get("/v1/kafka-connect/clusters").json();
        assertThat(list.path("clusters").findValuesAsText("name")).containsExactly("local", "second");
        assertThat(list.at("/clusters/0/address").asText()).isEqualTo("http://worker:8083");
        assertThat(list.at("/clusters/0/info/version").asText()).isEqualTo("4.3.1");
        assertThat(f.get("/v1/kafka-connect/clusters/redpanda")
                        .json()
                        .path("name")
                        .asText())
                .isEqualTo("redpanda");
        assertThat(f.get("/v1/kafka-connect/clusters/second/connectors").status())
                .isEqualTo(200);
        var blue = f.get("/v1/kafka-connect/clusters/blue");
        assertThat(blue.status()).isEqualTo(404);
        assertThat(blue.json().path("code").asText()).isEqualTo("NOT_FOUND");
        assertThat(f.get("/v1/kafka-connect/clusters/a%20b/connectors").status())
                .isEqualTo(404);
    }

    @Test
    void a_cluster_whose_workers_are_away_is_listed_and_is_503_when_asked_for() {
        f.worker.goesAway();
        assertThat(f.get("/v1/kafka-connect/clusters").json().at("/clusters/0/plugins"))
                .isEmpty();
        assertThat(f.get("/v1/kafka-connect/clusters/redpanda").status()).isEqualTo(503);
        created();
        assertThat(f.get(V1 + "/orders/topics").status()).isEqualTo(503);
    }

    @Test
    void topics_are_the_workers_words() {
        created();
        f.worker.answers(200, "{\"orders\":{\"topics\":[\"b\",\"a\"]}}");
        assertThat(f.get(V1 + "/orders/topics").body()).isEqualTo("{\"topics\":[\"b\",\"a\"]}");
        assertThat(f.get(V1 + "/none/topics").status()).isEqualTo(404);
        f.worker.answers(200, "null");
        var reset = f.send("PUT", V1 + "/orders/topics/reset", null);
        assertThat(reset.status()).isEqualTo(200);
        assertThat(reset.body()).isEqualTo("{}");
    }

    @Test
    void what_there_is_not_has_no_details() {
        var path = f.get("/v1/nothing/here");
        assertThat(path.status()).isEqualTo(404);
        assertThat(path.body()).isEqualTo("{\"code\":\"NOT_FOUND\",\"message\":\"Not Found\",\"details\":[]}");
        var method = f.patch(V1, "{}");
        assertThat(method.status()).isEqualTo(501);
        assertThat(method.body())
                .isEqualTo("{\"code\":\"UNIMPLEMENTED\",\"message\":\"Method Not Allowed\",\"details\":[]}");
    }

    @Test
    void the_same_connector_is_seen_through_every_dialect() {
        created();
        f.send("PUT", "/connectors/orders/pause", null);
        assertThat(f.get("/signalbox/v1/environments/default/clusters/local/connectors/orders")
                        .status())
                .isEqualTo(200);
        f.put(V1 + "/orders/config", "{\"connector.class\":\"X\",\"a\":\"2\"}");
        assertThat(f.get("/connectors/orders/config").json().path("a").asText()).isEqualTo("2");
        f.delete("/connectors/orders");
        assertThat(f.get(V1).json().path("connectors")).isEmpty();
    }

    private static String reason(Reply answer) {
        return answer.json().at("/details/0/reason").asText();
    }
}
