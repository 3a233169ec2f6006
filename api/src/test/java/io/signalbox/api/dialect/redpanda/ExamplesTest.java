package io.signalbox.api.dialect.redpanda;

import static io.signalbox.api.openapi.Example.requireKinds;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.api.http.Fixture;
import io.signalbox.api.http.Fixture.Reply;
import io.signalbox.api.http.Guarded;
import io.signalbox.api.openapi.Example;
import io.signalbox.processor.domain.ClusterSpec;
import io.signalbox.processor.domain.RunState;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every example of Redpanda's own documents of creation, sent as it is written there and answered in the shape that is shown there. */
class ExamplesTest {

    private static final JsonNode EXAMPLES = Example.all("redpanda");

    private final Fixture f = Fixture.withClusters();

    @AfterEach
    void close() {
        f.close();
    }

    private static String connectors(String version) {
        return "/" + version + "/kafka-connect/clusters/redpanda/connectors";
    }

    /** The documents leave out what each connector needs: its class. */
    static ObjectNode request() {
        ObjectNode request = EXAMPLES.at("/create/request").deepCopy();
        request.withObject("/config").put("connector.class", "X");
        return request;
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1", "v1alpha2"})
    void a_creation(String version) {
        var created = f.post(connectors(version), request().toString());
        assertThat(created.status()).isEqualTo(201);
        JsonNode example = EXAMPLES.at("/create/response");
        requireKinds("", example, created.json(), Set.of());
        assertThat(created.json().at("/config/additionalProperty1").asText()).isEqualTo("string");
        assertThat(created.json().path("tasks")).as("there are none at first").isEmpty();

        f.observed(Fixture.LOCAL.connector("string"), RunState.RUNNING, Fixture.task(0, RunState.RUNNING));
        JsonNode read = f.get(connectors(version) + "/string").json();
        requireKinds("", example, read, Set.of());
        assertThat(read.at("/tasks/0/connector").asText()).isEqualTo("string");
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1", "v1alpha2"})
    void as_it_is_written_it_names_no_class_and_that_is_said(String version) {
        var answer = f.post(connectors(version), EXAMPLES.at("/create/request").toString());
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.message()).isEqualTo("connector class is not set");
        isError("create-default", answer, "INVALID_ARGUMENT");
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1", "v1alpha2"})
    void errors(String version) {
        var bad = f.post(connectors(version), "{}");
        isError("create-default", bad, "INVALID_ARGUMENT");
        requireKinds(
                "",
                EXAMPLES.at("/create-default/response/details/0"),
                bad.json().at("/details/1"),
                Set.of("localized_message"));
        assertThat(bad.json().at("/details/1/@type"))
                .isEqualTo(EXAMPLES.at("/create-default/response/details/0/@type"));

        f.log.breakWith(new IllegalStateException("a bug"));
        isError("create-500", f.post(connectors(version), request().toString()), "INTERNAL");
        try (var guarded = Guarded.fixture(null)) {
            guarded.register(Fixture.LOCAL, ClusterSpec.Policies.DEFAULT);
            isError("create-401", guarded.post(connectors(version), request().toString()), "UNAUTHENTICATED");
        }
    }

    /** Of the details that an error can have each is one of several kinds; what all have is the type. */
    private static void isError(String example, Reply answer, String code) {
        requireKinds(
                "",
                EXAMPLES.path(example).path("response"),
                answer.json(),
                Set.of("field_violations", "localized_message"));
        assertThat(answer.json().path("code").asText()).isEqualTo(code);
        assertThat(answer.json().path("details")).isNotEmpty();
    }
}
