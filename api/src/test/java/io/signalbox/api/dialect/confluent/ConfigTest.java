package io.signalbox.api.dialect.confluent;

import static io.signalbox.api.dialect.confluent.Cloud.MASK;
import static io.signalbox.api.dialect.confluent.Cloud.config;
import static io.signalbox.api.dialect.confluent.Cloud.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.api.http.Fixture;
import io.signalbox.api.http.Json;
import io.signalbox.processor.domain.ClusterSpec;
import io.signalbox.processor.domain.Command.PutConfig;
import io.signalbox.processor.domain.ConnectorKey;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigTest {

    private static final ConnectorKey KEY = Fixture.LOCAL.connector("c");
    private static final String PATH = "/connectors/c/config";

    private final Cloud cloud = new Cloud();

    @AfterEach
    void close() {
        cloud.close();
    }

    private Map<String, String> read() {
        Map<String, String> config = new TreeMap<>();
        cloud.get(PATH)
                .json()
                .properties()
                .forEach(setting ->
                        config.put(setting.getKey(), setting.getValue().asText()));
        return config;
    }

    @Test
    void a_put_creates_and_replaces_and_is_200_in_both_cases() {
        var created = cloud.put(PATH, json(config("c", "DatagenSource", "a", "1", "b", "2")));
        assertThat(created.status()).isEqualTo(200);
        assertThat(created.json().path("name").asText()).isEqualTo("c");
        var replaced = cloud.put(PATH, json(config("c", "DatagenSource", "a", "3")));
        assertThat(replaced.status()).isEqualTo(200);
        assertThat(replaced.json().at("/config/a").asText()).isEqualTo("3");
        assertThat(replaced.json().path("config").has("b")).isFalse();
        assertThat(read()).containsEntry("a", "3").doesNotContainKey("b");
    }

    @Test
    void the_path_decides_the_name() {
        assertThat(cloud.put(PATH, json(config("other", "DatagenSource"))).status())
                .isEqualTo(200);
        assertThat(cloud.state(KEY).config().get("name")).isEqualTo("c");
    }

    @Test
    void a_read_has_what_confluent_cloud_adds_and_nothing_else() {
        cloud.put(PATH, json(config("c", "DatagenSource", "kafka.auth.mode", "SERVICE_ACCOUNT")));
        assertThat(read())
                .isEqualTo(new TreeMap<>(Map.of(
                        "cloud.environment", "default",
                        "cloud.provider", "aws",
                        "connector.class", "DatagenSource",
                        "kafka.api.key", MASK,
                        "kafka.api.secret", MASK,
                        "kafka.auth.mode", "SERVICE_ACCOUNT",
                        "kafka.endpoint", "PLAINTEXT://kafka:9092",
                        "kafka.region", "us-west-2",
                        "name", "c")));
    }

    @Test
    void what_is_read_and_written_back_changes_nothing() {
        cloud.put(PATH, json(config("c", "DatagenSource", "db.password", "hunter2")));
        var before = cloud.state(KEY);
        var answer = cloud.put(PATH, json(read()));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(cloud.state(KEY).config()).isEqualTo(before.config());
        assertThat(cloud.state(KEY).revision()).isEqualTo(before.revision());
    }

    @ParameterizedTest
    @ValueSource(strings = {"****", MASK, "****************************************************************"})
    void asterisks_of_any_length_keep_the_secret(String mask) {
        cloud.put(PATH, json(config("c", "DatagenSource", "db.password", "hunter2")));
        cloud.put(PATH, json(config("c", "DatagenSource", "db.password", mask, "a", "1")));
        var config = cloud.state(KEY).config();
        assertThat(Fixture.SEALER.open(KEY, "db.password", config.get("db.password")))
                .isEqualTo("hunter2");
        assertThat(config.get("a")).isEqualTo("1");
    }

    @Test
    void where_there_is_nothing_to_keep_a_put_is_400() {
        var answer = cloud.put(PATH, json(config("c", "DatagenSource", "db.password", MASK)));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.message()).contains("db.password", "there is none");
    }

    @Test
    void keys_of_the_cloud_are_not_stored_and_not_sent_to_the_worker() {
        cloud.put(PATH, json(config("c", "DatagenSource", "kafka.api.key", "KEY1", "kafka.api.secret", "hunter2")));
        assertThat(cloud.state(KEY).config().values()).doesNotContainKeys("kafka.api.key", "kafka.api.secret");
        assertThat(cloud.f.worker.asked()).noneMatch(asked -> asked.contains("hunter2") || asked.contains("KEY1"));
    }

    @Test
    void secrets_are_never_shown_however_the_cluster_is_registered() {
        cloud.put(PATH, json(config("c", "DatagenSource", "db.password", "hunter2")));
        var shows = new ClusterSpec.Policies(
                1_000, 4, true, ClusterSpec.Unmanaged.ADOPT, ClusterSpec.OnDrift.HEAL, ClusterSpec.InReads.SHOW);
        cloud.f.register(Fixture.LOCAL, shows);
        assertThat(cloud.f.get("/connectors/c/config").body()).contains("hunter2");
        assertThat(read()).containsEntry("db.password", MASK);
    }

    @ParameterizedTest
    @ValueSource(strings = {"DatagenSource", Cloud.DATAGEN, "FileStreamSource", "FileStreamSourceConnector"})
    void a_class_is_read_as_it_was_written_and_stored_as_kafka_connect_has_it(String written) {
        cloud.put(PATH, json(config("c", written)));
        assertThat(read()).containsEntry("connector.class", written);
        assertThat(cloud.state(KEY).config().get("connector.class")).isIn(Cloud.DATAGEN, Cloud.FILE);
        assertThat(cloud.f
                        .get("/connectors/c/config")
                        .json()
                        .path("connector.class")
                        .asText())
                .isEqualTo(cloud.state(KEY).config().get("connector.class"));
    }

    @Test
    void a_class_that_another_api_gave_it_is_shown_as_it_is() {
        cloud.put(PATH, json(config("c", "DatagenSource")));
        cloud.f.patch("/connectors/c/config", "{\"connector.class\":\"com.example.CustomConnector\"}");
        assertThat(read())
                .containsEntry("connector.class", "com.example.CustomConnector")
                .doesNotContainKey(ManagedConfig.WRITTEN);
    }

    @Test
    void a_custom_plugin_is_a_line_of_the_table() {
        String custom = json(
                Map.of("name", "c", "confluent.connector.type", "CUSTOM", "confluent.custom.plugin.id", "ccp-lq5m06"));
        assertThat(cloud.put(PATH, custom).status()).isEqualTo(200);
        assertThat(cloud.state(KEY).config().get("connector.class")).isEqualTo("com.example.CustomConnector");
        assertThat(read())
                .containsEntry("confluent.custom.plugin.id", "ccp-lq5m06")
                .doesNotContainKey("connector.class");
        assertThat(cloud.id("c")).startsWith("clcc-");
        var unknown = cloud.put(PATH, custom.replace("lq5m06", "xxxxxx"));
        assertThat(unknown.status()).isEqualTo(500);
        assertThat(unknown.message()).contains("ccp-xxxxxx", "confluent.classes.file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{\"a\":{}}", "{", "{}", "{\"connector.class\":null}"})
    void what_is_wrong_is_400_and_nothing_happens(String body) {
        var answer = cloud.f.send("PUT", Cloud.BASE + PATH, body, "Content-Type", "application/json");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().at("/error/code").asInt()).isEqualTo(400);
        assertThat(cloud.f.log.commands()).noneMatch(sent -> sent.command() instanceof PutConfig);
    }

    @Test
    void of_what_is_not_there_there_is_no_config() {
        assertThat(cloud.get(PATH).toString())
                .isEqualTo("404 {\"error_code\":404,\"message\":\"resource not found: connector c\","
                        + "\"error\":{\"code\":404,\"message\":\"resource not found: connector c\"}}");
    }

    @Test
    void names_come_percent_encoded() {
        String path = "/connectors/a%2Fb%20c/config";
        assertThat(cloud.put(path, json(config("x", "DatagenSource"))).status()).isEqualTo(200);
        assertThat(cloud.get("/connectors").body())
                .isEqualTo(Json.MAPPER.createArrayNode().add("a/b c").toString());
        assertThat(cloud.get("/connectors/a%2Fb%20c").json().path("name").asText())
                .isEqualTo("a/b c");
    }
}
