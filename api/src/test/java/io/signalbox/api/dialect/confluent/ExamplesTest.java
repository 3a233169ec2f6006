package io.signalbox.api.dialect.confluent;

import static io.signalbox.api.dialect.confluent.Cloud.MASK;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.api.command.CommandNotSentException;
import io.signalbox.api.http.Fixture;
import io.signalbox.api.http.Guarded;
import io.signalbox.api.http.Json;
import io.signalbox.api.http.ScriptedDataPlane;
import io.signalbox.processor.domain.ClusterSpec;
import io.signalbox.processor.domain.Command.CreateConnector;
import io.signalbox.processor.domain.Command.ReportRefused;
import io.signalbox.processor.domain.RunState;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Every example of Confluent's own documents of creation and of the expanded list, sent as it is written there and answered in the shape
 * that is shown there.
 */
class ExamplesTest {

    /** Ids and hosts, which are ours. */
    private static final Set<String> OURS = Set.of("id", "cloud.environment", "kafka.endpoint", "message");

    private final Cloud cloud = new Cloud();

    @AfterEach
    void close() {
        cloud.close();
    }

    /** Whatever the example has, the answer has, too: of the same kind, and but for what is ours with the same value. */
    private static void shaped(String where, JsonNode example, JsonNode answer) {
        assertThat(answer.getNodeType()).as(where).isEqualTo(example.getNodeType());
        if (example instanceof ObjectNode object) {
            object.properties().forEach(field -> {
                String path = where + "/" + field.getKey();
                assertThat(answer.has(field.getKey())).as(path).isTrue();
                if (!OURS.contains(field.getKey()) || !field.getValue().isValueNode()) {
                    shaped(path, field.getValue(), answer.get(field.getKey()));
                }
            });
        } else if (example instanceof ArrayNode array) {
            assertThat(answer).as(where).hasSize(array.size());
            for (int i = 0; i < array.size(); i++) {
                shaped(where + "/" + i, array.get(i), answer.get(i));
            }
        } else if (example.asText().matches("\\*{2,}")) {
            assertThat(answer.asText()).as(where).isEqualTo(MASK);
        } else {
            assertThat(answer).as(where).isEqualTo(example);
        }
    }

    @Test
    void a_sink_is_created_with_its_offsets() {
        cloud.f.worker.answers(200, ScriptedDataPlane.SINK);
        var example = Cloud.example("create-sink");
        var answer = cloud.post("/connectors", example.path("request").toString());
        assertThat(answer.status()).isEqualTo(201);
        ObjectNode expected = example.path("response").deepCopy();
        // The document asks for two tasks and shows one; and none is there yet.
        ((ObjectNode) expected.path("config")).put("tasks.max", "2");
        expected.set("tasks", Json.MAPPER.createArrayNode());
        shaped("", expected, answer.json());
        var key = Fixture.LOCAL.connector("MyGcsLogsBucketConnector");
        assertThat(((CreateConnector) cloud.f.log.commands().getLast().command()).offsets())
                .isEqualTo(example.at("/request/offsets").toString());
        cloud.offsetsChanged(key, true, "altered", "[]");
        cloud.seen(key, RunState.RUNNING, Fixture.task(0, RunState.RUNNING));
        shaped(
                "",
                example.at("/response/tasks"),
                cloud.get("/connectors/MyGcsLogsBucketConnector").json().path("tasks"));
    }

    @Test
    void a_source_is_created_with_its_offsets() {
        var request = Cloud.example("create-source").path("request");
        var answer = cloud.post("/connectors", request.toString());
        assertThat(answer.status()).isEqualTo(201);
        shaped("", request, answer.json());
        assertThat(answer.json().path("type").asText()).isEqualTo("source");
        assertThat(cloud.state(Fixture.LOCAL.connector("MySqlCdcSourceV2Connector_0"))
                        .config()
                        .get("connector.class"))
                .isEqualTo("io.debezium.connector.mysql.MySqlConnector");
    }

    @Test
    void a_custom_connector_is_created() {
        ObjectNode request = Cloud.example("create-custom").path("request").deepCopy();
        var answer = cloud.post("/connectors", request.toString());
        assertThat(answer.status()).isEqualTo(201);
        // Both are asterisks in every answer.
        ((ObjectNode) request.path("config")).put("kafka.api.key", MASK).put("kafka.api.secret", MASK);
        shaped("", request, answer.json());
        assertThat(cloud.state(Fixture.LOCAL.connector("string")).config().get("connector.class"))
                .isEqualTo("com.example.CustomConnector");
    }

    @Test
    void errors_have_the_form_that_is_shown() {
        shaped(
                "400",
                Cloud.example("create-400").path("response"),
                cloud.post("/connectors", "{}").json());
        shaped(
                "500",
                Cloud.example("create-500").path("response"),
                cloud.post("/connectors", Cloud.creation("c", "NoSuch")).json());
        shaped(
                "404",
                Cloud.example("list-404").path("response"),
                cloud.f
                        .get("/connect/v1/environments/env-x/clusters/lkc-x/connectors?expand=info,status,id")
                        .json());
        cloud.f.log.breakWith(new IllegalStateException("a bug"));
        shaped(
                "500",
                Cloud.example("list-500").path("response"),
                cloud.get("/connectors?expand=id").json());
        cloud.f.log.breakWith(new CommandNotSentException("away", null));
        assertThat(cloud.post("/connectors", Cloud.creation("c", "DatagenSource"))
                        .status())
                .isEqualTo(503);
        try (var f = Guarded.fixture(null)) {
            f.register(Fixture.LOCAL, ClusterSpec.Policies.DEFAULT);
            shaped(
                    "401",
                    Cloud.example("list-401").path("response"),
                    f.get(Cloud.BASE + "/connectors?expand=id").json());
            shaped(
                    "401",
                    Cloud.example("create-401").path("response"),
                    f.post(Cloud.BASE + "/connectors", "{}").json());
        }
    }

    /** The three connectors of the list are created as their configs stand there, and brought to where they are shown. */
    @Test
    void the_expanded_list() {
        var example = Cloud.example("list").path("response");
        for (Map.Entry<String, JsonNode> connector : example.properties()) {
            boolean sink = connector.getValue().at("/status/type").asText().equals("sink");
            cloud.f.worker.answers(200, sink ? ScriptedDataPlane.SINK : ScriptedDataPlane.SOURCE);
            var request = Json.MAPPER
                    .createObjectNode()
                    .put("name", connector.getKey())
                    .set("config", connector.getValue().at("/info/config"));
            assertThat(cloud.post("/connectors", request.toString()).status()).isEqualTo(201);
        }
        var failed = Fixture.LOCAL.connector("MyS3BucketConnector");
        cloud.f.log.tell(
                failed,
                new ReportRefused(
                        cloud.state(failed).uid(),
                        1,
                        "w:8083",
                        example.at("/MyS3BucketConnector/status/connector/trace")
                                .asText()));
        cloud.seen(Fixture.LOCAL.connector("MyDatagenConnector"), RunState.RUNNING, Fixture.task(0, RunState.RUNNING));
        shaped("", example, cloud.get("/connectors?expand=info,status,id").json());
    }
}
