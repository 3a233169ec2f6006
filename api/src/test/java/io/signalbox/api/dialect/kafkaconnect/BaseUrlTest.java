package io.signalbox.api.dialect.kafkaconnect;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.api.http.Fixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BaseUrlTest {

    private final Fixture f = Fixture.withClusters();

    @AfterEach
    void close() {
        f.close();
    }

    @Test
    void another_cluster_is_served_below_its_own_base_url() {
        String body = "{\"name\":\"c d\",\"config\":{\"connector.class\":\"X\"}}";
        var answer = f.post(Fixture.OTHER + "/connectors", body);
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.header("Location")).isEqualTo(Fixture.OTHER + "/connectors/c%20d");
        assertThat(f.get(answer.header("Location")).json().path("name").asText())
                .isEqualTo("c d");
        assertThat(f.get("/connectors").body()).isEqualTo("[]");
        assertThat(f.get(Fixture.OTHER + "/connectors").body()).isEqualTo("[\"c d\"]");
        assertThat(f.worker.asked().getFirst()).startsWith("validate lab/blue X");
        assertThat(f.put(answer.header("Location") + "/stop", null).status()).isEqualTo(204);
        assertThat(f.post(answer.header("Location") + "/restart", null).status())
                .isEqualTo(204);
        assertThat(f.delete(answer.header("Location")).status()).isEqualTo(204);
    }

    @Test
    void the_default_cluster_has_a_base_url_too() {
        f.created("c");
        assertThat(f.get("/environments/default/clusters/local/connectors/c").status())
                .isEqualTo(200);
        assertThat(f.get("/environments/default/clusters/local").status()).isEqualTo(200);
        assertThat(f.get("/environments/default/clusters/local/health").status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/connectors",
        "GET,/connectors/c",
        "GET,/connectors/c/status",
        "GET,/connectors/c/tasks",
        "GET,/connector-plugins",
        "GET,''",
        "DELETE,/connectors/c",
        "PUT,/connectors/c/pause",
        "POST,/connectors/c/restart"
    })
    void an_unknown_cluster_is_404(String method, String path) {
        assertThat(f.send(method, "/environments/no/clusters/where" + path, null)
                        .toString())
                .isEqualTo("404 {\"error_code\":404,\"message\":\"Cluster no/where is not registered\"}");
    }

    @Test
    void nothing_is_stored_for_an_unknown_cluster() {
        int before = f.log.commands().size();
        f.put("/environments/no/clusters/where/connectors/c/config", "{\"connector.class\":\"X\"}");
        assertThat(f.log.commands()).hasSize(before);
    }

    @Test
    void an_illegal_cluster_name_is_400() {
        assertThat(f.get("/environments/a%2Fb/clusters/c/connectors").status()).isEqualTo(400);
    }

    @Test
    void the_default_cluster_says_how_to_register_it() {
        try (var empty = new Fixture()) {
            var answer = empty.get("/connectors");
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.message())
                    .isEqualTo("Cluster default/local is not registered. It is the default one. Register it:"
                            + " PUT /signalbox/v1/environments/default/clusters/local with"
                            + " {\"workers\":[\"http://your-worker:8083\"]}");
        }
    }
}
