package io.signalbox.api.dialect.kafkaconnect;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.api.http.Fixture;
import io.signalbox.api.http.ScriptedDataPlane;
import io.signalbox.processor.domain.ClusterSpec.OnDrift;
import io.signalbox.processor.domain.ClusterSpec.Policies;
import io.signalbox.processor.domain.ClusterSpec.Unmanaged;
import io.signalbox.processor.domain.TargetState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CreateTest {

    private static final String ORDERS =
            "{\"name\":\"orders\",\"config\":{\"connector.class\":\"a.b.FileSource\",\"n\":1.50,\"b\":true}}";

    private final Fixture f = Fixture.withClusters();

    @AfterEach
    void close() {
        f.close();
    }

    @Test
    void creation_answers_201_with_location_and_info() {
        var answer = f.post("/connectors", ORDERS);
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.header("Location")).isEqualTo("/connectors/orders");
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.body())
                .isEqualTo("{\"name\":\"orders\",\"config\":{\"b\":\"true\",\"connector.class\":\"a.b.FileSource\","
                        + "\"n\":\"1.50\",\"name\":\"orders\"},\"tasks\":[],\"type\":\"source\"}");
        assertThat(answer.header("Signalbox-Validation")).isNull();
        assertThat(answer.header("Signalbox-Command-Id")).isEqualTo("id-1");
        assertThat(answer.header("Signalbox-Position")).isEqualTo("0:2");
        assertThat(f.worker.asked())
                .containsExactly("validate default/local FileSource"
                        + " {b=true, connector.class=a.b.FileSource, n=1.50, name=orders}");
    }

    @Test
    void the_actor_is_where_the_request_comes_from() {
        f.post("/connectors", ORDERS);
        assertThat(f.log.commands().getLast().actor()).isEqualTo("anonymous@127.0.0.1");
    }

    @Test
    void a_sink_is_known_by_its_topics() {
        f.worker.answers(200, ScriptedDataPlane.SINK);
        assertThat(f.post("/connectors", ORDERS).json().path("type").asText()).isEqualTo("sink");
    }

    @ParameterizedTest
    @CsvSource({"RUNNING,RUNNING", "paused,PAUSED", "Stopped,STOPPED"})
    void initial_state_is_case_insensitive(String given, TargetState expected) {
        f.post("/connectors", ORDERS.replace("{\"name\"", "{\"initial_state\":\"" + given + "\",\"name\""));
        assertThat(f.log.find(Fixture.LOCAL.connector("orders")).orElseThrow().targetState())
                .isEqualTo(expected);
    }

    @Test
    void names_are_trimmed() {
        var answer = f.post("/connectors", ORDERS.replace("\"orders\"", "\"  orders \""));
        assertThat(answer.json().path("name").asText()).isEqualTo("orders");
    }

    @Test
    void a_name_used_twice_is_409() {
        f.post("/connectors", ORDERS);
        var again = f.post("/connectors", ORDERS);
        assertThat(again.toString())
                .isEqualTo("409 {\"error_code\":409,\"message\":\"Connector orders already exists\"}");
    }

    @Test
    void a_duplicate_with_a_bad_config_is_400() {
        f.post("/connectors", ORDERS);
        assertThat(f.post("/connectors", "{\"name\":\"orders\",\"config\":{}}").status())
                .isEqualTo(400);
    }

    @Test
    void what_the_worker_finds_wrong_is_400_in_its_words() {
        f.worker.answers(
                200,
                "{\"error_count\":2,\"configs\":[{\"definition\":null,\"value\":{\"errors\":[\"first\",\"second\"]}}]}");
        var answer = f.post("/connectors", ORDERS);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.message())
                .isEqualTo("Connector configuration is invalid and contains the following 2 error(s):\nfirst\nsecond\n"
                        + "You can also find the above list of errors at the endpoint"
                        + " `/connector-plugins/{connectorType}/config/validate`");
        assertThat(f.log.find(Fixture.LOCAL.connector("orders"))).isEmpty();
    }

    @Test
    void an_unknown_class_is_400_without_the_exception_class() {
        f.worker.answers(
                500,
                "{\"error_code\":500,\"message\":\"org.apache.kafka.connect.runtime.rest.errors.BadRequestException: "
                        + "Failed to find any class that implements Connector\"}");
        assertThat(f.post("/connectors", ORDERS).toString())
                .isEqualTo("400 {\"error_code\":400,\"message\":\"Failed to find any class that implements"
                        + " Connector\"}");
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 409, 503})
    void a_worker_in_trouble_says_nothing_about_the_config(int status) {
        f.worker.answers(status, null);
        var answer = f.post("/connectors", ORDERS);
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.header("Signalbox-Validation")).isEqualTo("deferred");
    }

    @Test
    void a_worker_that_is_away_defers_the_validation() {
        f.worker.goesAway();
        var answer = f.post("/connectors", ORDERS);
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.header("Signalbox-Validation")).isEqualTo("deferred");
        assertThat(answer.json().path("type").asText()).isEqualTo("unknown");
    }

    @Test
    void deferred_validation_asks_for_nothing_but_what_is_secret() {
        var answer = f.post("/connectors?validate=deferred", ORDERS);
        assertThat(answer.header("Signalbox-Validation")).isEqualTo("deferred");
        assertThat(f.worker.asked()).allMatch(question -> question.startsWith("plugin config "));
    }

    @Test
    void a_cluster_may_have_the_policy_not_to_validate() {
        f.register(Fixture.LOCAL, new Policies(1000, 4, false, Unmanaged.ADOPT, OnDrift.HEAL));
        assertThat(f.post("/connectors", ORDERS).header("Signalbox-Validation")).isEqualTo("deferred");
        assertThat(f.worker.asked()).allMatch(question -> question.startsWith("plugin config "));
    }

    @Test
    void a_null_is_a_mistake_even_when_nobody_validates() {
        var answer = f.post(
                "/connectors?validate=deferred", "{\"name\":\"a\",\"config\":{\"connector.class\":\"X\",\"k\":null}}");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.message()).contains("1 error(s):\nNull value can not be supplied");
    }

    @Test
    void the_same_idempotency_key_gets_the_same_answer() {
        var first = f.send("POST", "/connectors", ORDERS, "Idempotency-Key", "mine");
        var second = f.send("POST", "/connectors", ORDERS, "Idempotency-Key", "mine");
        assertThat(second.toString()).isEqualTo(first.toString());
        assertThat(second.header("Signalbox-Command-Id")).isEqualTo("mine");
        assertThat(second.header("Signalbox-Position")).isEqualTo(first.header("Signalbox-Position"));
        assertThat(f.log.newIds()).as("anybody may have used it before").doesNotContain("mine");
        var own = f.post("/connectors", ORDERS).header("Signalbox-Command-Id");
        assertThat(f.log.newIds()).contains(own);
    }

    @Test
    void an_illegal_idempotency_key_is_400() {
        assertThat(f.send("POST", "/connectors", ORDERS, "Idempotency-Key", "a b")
                        .status())
                .isEqualTo(400);
        assertThat(f.send("POST", "/connectors", ORDERS, "Idempotency-Key", "x".repeat(129))
                        .status())
                .isEqualTo(400);
    }
}
