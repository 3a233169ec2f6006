package io.signalbox.api.dialect.confluent;

import static io.signalbox.api.dialect.confluent.Cloud.MASK;
import static io.signalbox.api.dialect.confluent.Cloud.config;
import static io.signalbox.api.dialect.confluent.Cloud.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PluginsTest {

    private static final String VALIDATE = "/connector-plugins/DatagenSource/config/validate";
    private static final String TRANSLATE = "/connector-plugins/DatagenSource/config/translate";

    /** As a worker answers: a class, a password, a number without a value, and one that the plugin does not know. */
    private static final String CHECK = "{\"name\":\"" + Cloud.DATAGEN
            + "\",\"error_count\":1,\"groups\":[\"Common\"],\"configs\":["
            + setting("connector.class", "STRING", "\"" + Cloud.DATAGEN + "\"", "") + ","
            + setting("key.converter", "CLASS", "null", "") + ","
            + setting("pin", "PASSWORD", "\"1234-5678\"", "") + ","
            + setting("quickstart", "STRING", "null", "\"Missing quickstart\"")
            + ",{\"definition\":null,\"value\":{\"name\":\"odd\",\"value\":\"1\",\"recommended_values\":[],\"errors\":[],\"visible\":true}}]}";

    private final Cloud cloud = new Cloud();

    @AfterEach
    void close() {
        cloud.close();
    }

    private static String setting(String name, String type, String value, String error) {
        return "{\"definition\":{\"name\":\"" + name + "\",\"type\":\"" + type
                + "\",\"required\":true,\"default_value\":null,\"importance\":\"HIGH\",\"documentation\":\"\",\"group\":\"Common\","
                + "\"width\":\"MEDIUM\",\"display_name\":\"" + name
                + "\",\"dependents\":[],\"order\":1},\"value\":{\"name\":\""
                + name + "\",\"value\":" + value + ",\"recommended_values\":[],\"errors\":[" + error
                + "],\"visible\":true}}";
    }

    private static JsonNode setting(JsonNode report, String name) {
        return StreamSupport.stream(report.path("configs").spliterator(), false)
                .filter(config -> config.at("/value/name").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void they_are_listed_under_their_managed_names_or_else_without_package() {
        var list = cloud.get("/connector-plugins").json();
        assertThat(list.findValuesAsText("class"))
                .containsExactly(
                        "GcsSink",
                        "DatagenSource",
                        "MySqlCdcSource",
                        "MySqlCdcSourceV2",
                        "S3Sink",
                        "S3_SINK",
                        "ccp-lq5m06",
                        "FileStreamSourceConnector");
        assertThat(list.get(0).toString()).isEqualTo("{\"class\":\"GcsSink\",\"type\":\"sink\",\"version\":\"1.0\"}");
    }

    @Test
    void whatever_is_listed_can_be_created() {
        for (String type : cloud.get("/connector-plugins").json().findValuesAsText("class")) {
            assertThat(cloud.post("/connectors", Cloud.creation(type, type)).status())
                    .as(type)
                    .isEqualTo(201);
        }
    }

    @Test
    void while_no_worker_ever_answered_it_is_not_known_what_there_is() {
        cloud.f.worker.goesAway();
        assertThat(cloud.get("/connector-plugins").status()).isEqualTo(503);
        assertThat(cloud.put(VALIDATE, "{}").status()).isEqualTo(503);
    }

    @Test
    void a_check_is_200_also_when_it_finds_something() {
        cloud.f.worker.answers(200, CHECK);
        var answer = cloud.put(VALIDATE, json(config("c", "DatagenSource", "pin", "1234-5678", "kafka.api.key", "K")));
        assertThat(answer.status()).isEqualTo(200);
        var report = answer.json();
        assertThat(report.path("name").asText()).isEqualTo(Cloud.DATAGEN);
        assertThat(report.path("error_count").asInt()).isEqualTo(1);
        assertThat(setting(report, "quickstart").at("/value/errors/0").asText()).isEqualTo("Missing quickstart");
        assertThat(setting(report, "connector.class").at("/value/value").asText())
                .isEqualTo("DatagenSource");
        assertThat(setting(report, "key.converter").at("/definition/type").asText())
                .isEqualTo("STRING");
        assertThat(setting(report, "pin").at("/value/value").textValue()).isEmpty();
        assertThat(setting(report, "odd").at("/definition/type").asText()).isEqualTo("STRING");
        assertThat(answer.body()).doesNotContain("1234-5678");
        assertThat(cloud.f.worker.asked().getLast())
                .startsWith("validate default/local DatagenConnector")
                .contains("connector.class=" + Cloud.DATAGEN)
                .doesNotContain("kafka.api.key");
    }

    @Test
    void a_class_alone_is_enough_and_none_at_all_too() {
        cloud.f.worker.answers(200, CHECK);
        for (String body : new String[] {"{\"connector.class\":\"DatagenSource\"}", "{}"}) {
            assertThat(cloud.put(VALIDATE, body).status()).isEqualTo(200);
        }
    }

    @Test
    void masks_are_checked_with_the_secrets_of_the_connector_that_is_named() {
        cloud.put("/connectors/c/config", json(config("c", "DatagenSource", "db.password", "hunter2")));
        cloud.f.worker.answers(200, CHECK);
        var answer = cloud.put(VALIDATE, json(config("c", "DatagenSource", "db.password", MASK)));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(cloud.f.worker.asked().getLast()).contains("db.password=hunter2");
        assertThat(answer.body()).doesNotContain("hunter2");
    }

    @Test
    void what_the_worker_would_not_look_at_is_an_error_of_the_class() {
        cloud.f.worker.answers(400, "{\"error_code\":400,\"message\":\"It cannot be\"}");
        var report =
                cloud.put(VALIDATE, "{\"connector.class\":\"DatagenSource\"}").json();
        assertThat(report.path("error_count").asInt()).isEqualTo(1);
        assertThat(setting(report, "connector.class").at("/value/errors/0").asText())
                .isEqualTo("It cannot be");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GcsSink", "NoSuchSink"})
    void another_class_than_that_of_the_path_is_an_error_of_the_class(String type) {
        var report =
                cloud.put(VALIDATE, "{\"connector.class\":\"" + type + "\"}").json();
        assertThat(report.path("error_count").asInt()).isEqualTo(1);
        assertThat(setting(report, "connector.class").at("/value/errors/0").asText())
                .contains("another plugin than DatagenSource");
    }

    @ParameterizedTest
    @ValueSource(strings = {"validate", "translate"})
    void an_unknown_plugin_is_404_and_a_bad_body_400(String what) {
        var unknown = cloud.put("/connector-plugins/NoSuchSink/config/" + what, "{}");
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.message()).startsWith("Failed to find any class");
        assertThat(cloud.put("/connector-plugins/DatagenSource/config/" + what, "[]")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void a_translation_has_the_managed_class_and_says_what_is_wrong_and_what_is_not_known() {
        cloud.f.worker.answers(200, CHECK);
        var answer = cloud.put(
                TRANSLATE,
                json(config("c", Cloud.DATAGEN, "foo", "1", "kafka.endpoint", "x", "producer.override.acks", "all")));
        assertThat(answer.status()).isEqualTo(200);
        var body = answer.json();
        assertThat(body.at("/config/connector.class").asText()).isEqualTo("DatagenSource");
        assertThat(body.path("errors").toString())
                .isEqualTo("[{\"field\":\"quickstart\",\"message\":\"Missing quickstart\"}]");
        assertThat(body.path("warnings").findValuesAsText("field")).containsExactly("foo", "kafka.endpoint");
        assertThat(cloud.f.log.commands())
                .noneMatch(sent -> sent.key().toString().endsWith("/c"));
    }

    @Test
    void secrets_of_a_translation_are_masked_on_request() {
        cloud.f.worker.answers(200, CHECK);
        String body = json(config("c", Cloud.DATAGEN, "pin", "1234-5678", "db.password", "hunter2", "foo", "1"));
        assertThat(cloud.put(TRANSLATE, body).body()).contains("1234-5678", "hunter2");
        var masked = cloud.put(TRANSLATE + "?mask_sensitive=true", body);
        assertThat(masked.body()).doesNotContain("1234-5678", "hunter2");
        assertThat(masked.json().at("/config/pin").asText()).isEqualTo(MASK);
        assertThat(masked.json().at("/config/db.password").asText()).isEqualTo(MASK);
        assertThat(masked.json().at("/config/foo").asText()).isEqualTo("1");
    }

    @Test
    void a_translation_of_another_class_says_so() {
        cloud.f.worker.answers(200, CHECK);
        var body = cloud.put(TRANSLATE, json(config("c", Cloud.GCS))).json();
        assertThat(body.path("errors").findValuesAsText("field")).contains("connector.class");
        assertThat(body.path("errors").findValuesAsText("message"))
                .anyMatch(text -> text.startsWith("It is another class"));
    }
}
