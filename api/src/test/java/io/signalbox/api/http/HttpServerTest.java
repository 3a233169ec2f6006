package io.signalbox.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.signalbox.api.command.CommandNotSentException;
import io.signalbox.api.command.OutcomeUnknownException;
import io.signalbox.api.query.StoreUnavailableException;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpServerTest {

    private static final String X = "{\"connector.class\":\"X\"}";

    private final Fixture f = Fixture.withClusters();

    @AfterEach
    void close() {
        f.close();
    }

    @Test
    void liveness_readiness_and_health() {
        assertThat(f.get("/health/live").toString()).isEqualTo("200 {\"status\":\"live\"}");
        assertThat(f.get("/health/ready").toString()).isEqualTo("200 {\"status\":\"ready\"}");
        assertThat(f.get("/health").toString())
                .isEqualTo("200 {\"status\":\"healthy\",\"message\":"
                        + "\"Worker has completed startup and is ready to handle requests.\"}");
        f.waitingFor("the stores", "kafka");
        assertThat(f.get("/health/live").status()).isEqualTo(200);
        assertThat(f.get("/health/ready").toString())
                .isEqualTo("503 {\"status\":\"starting\",\"waiting_for\":[\"the stores\",\"kafka\"]}");
        assertThat(f.get("/health").toString())
                .isEqualTo("503 {\"status\":\"starting\",\"message\":"
                        + "\"Worker is still starting up. Waiting for: the stores, kafka\"}");
    }

    @Test
    void a_replica_that_stops_sends_callers_elsewhere_and_answers_meanwhile() {
        f.created("c");
        assertThat(f.get("/connectors/c").header("Connection")).isNull();
        f.stopping();
        assertThat(f.get("/health/ready").toString()).isEqualTo("503 {\"status\":\"stopping\"}");
        assertThat(f.get("/health").toString())
                .isEqualTo("503 {\"status\":\"unhealthy\",\"message\":\"Worker is shutting down.\"}");
        assertThat(f.get("/health/live").status()).isEqualTo(200);
        var answer = f.get("/connectors/c");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Connection")).isEqualTo("close");
    }

    @Test
    void requests_are_counted_by_route_and_status() {
        f.get("/connectors/nope");
        f.get("/nonsense");
        await().untilAsserted(() -> {
            var metrics = f.send("GET", "/metrics", null, "Accept", "text/plain");
            assertThat(metrics.header("Content-Type")).startsWith("text/plain");
            assertThat(metrics.body())
                    .contains("signalbox_http_requests_seconds_count{method=\"GET\",route=\"/connectors/{connector}\","
                            + "status=\"4xx\"} 1")
                    .contains("signalbox_http_requests_seconds_count{method=\"any\",route=\"none\",status=\"4xx\"} 1");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"/connectors", "/connectors/c", "/connectors/c/config", "/health", "/", "/metrics"})
    void head_answers_as_get_without_the_body(String path) {
        f.created("c");
        f.worker.goesAway();
        var head = f.send("HEAD", path, null);
        assertThat(head.toString()).isEqualTo("200 ");
        assertThat(head.header("Content-Type")).isEqualTo(f.get(path).header("Content-Type"));
    }

    @Test
    void head_of_what_is_not_there_is_404() {
        assertThat(f.send("HEAD", "/connectors/nope", null).toString()).isEqualTo("404 ");
    }

    @Test
    void options_names_the_methods() {
        var answer = f.send("OPTIONS", "/connectors", null);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith("text/plain");
        assertThat(answer.body()).isEqualTo("HEAD, GET, POST, OPTIONS");
        assertThat(answer.header("Allow")).isEqualTo(answer.body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/connectors/", "/connectors/c/", "/connectors/c/config/", "/health/"})
    void trailing_slashes_are_accepted(String path) {
        f.created("c");
        assertThat(f.get(path).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "a%2Fb,a/b",
        "50%25,50%",
        "a+b,a+b",
        "a%20b,a b",
        "%C3%A4%F0%9F%98%80,ä😀",
        "a%5Cb,a\\b",
        "%2e%2e,..",
        "a%3Bb,a;b",
        "a%3Fb%23c,a?b#c",
        "%7Ba%7D,{a}",
        "%252F,%2F",
        "a%2F%2Fb,a//b"
    })
    void whatever_a_name_holds_it_can_be_addressed(String segment, String name) {
        var created = f.put("/connectors/" + segment + "/config", X);
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.json().path("name").asText()).isEqualTo(name);
        assertThat(f.get(created.header("Location")).json().path("name").asText())
                .isEqualTo(name);
        assertThat(f.put(created.header("Location") + "/pause", null).status()).isEqualTo(202);
        assertThat(f.delete("/connectors/" + segment).status()).isEqualTo(204);
    }

    @Test
    void answers_have_a_request_id_and_no_server_header() {
        Set<String> ids = new TreeSet<>();
        for (int i = 0; i < 3; i++) {
            var answer = f.get("/connectors");
            ids.add(answer.header("X-Request-Id"));
            assertThat(answer.header("Server")).isNull();
            assertThat(answer.header("X-Powered-By")).isNull();
        }
        assertThat(ids).hasSize(3).allMatch(id -> id.startsWith("test-"));
    }

    @Test
    void what_is_not_known_is_504_with_the_way_to_learn_it() {
        f.log.breakWith(new OutcomeUnknownException("id-1"));
        var answer = f.put("/connectors/c/config", X);
        assertThat(answer.status()).isEqualTo(504);
        assertThat(answer.header("Signalbox-Command-Id")).isEqualTo("id-1");
        assertThat(answer.message()).contains("Idempotency-Key: id-1");
    }

    @Test
    void what_cannot_be_done_now_is_503_with_retry_after() {
        f.log.breakWith(new CommandNotSentException("secret detail", null));
        var unsent = f.put("/connectors/c/config", X);
        assertThat(unsent.status()).isEqualTo(503);
        assertThat(unsent.header("Retry-After")).isEqualTo("1");
        f.log.breakWith(new StoreUnavailableException("secret detail", null));
        var unread = f.get("/connectors/c");
        assertThat(unread.status()).isEqualTo(503);
        assertThat(unread.header("Retry-After")).isEqualTo("1");
        assertThat(unsent.body() + unread.body()).doesNotContain("detail", "signalbox");
    }

    @Test
    void an_error_bears_no_tag() {
        f.created("c");
        var answer = f.send("GET", "/connectors/c", null, "If-None-Match", "none");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("ETag")).isNull();
    }

    @Test
    void a_bug_is_500_and_names_the_request_but_nothing_of_the_inside() {
        f.log.breakWith(new IllegalStateException("inside"));
        var answer = f.get("/connectors/c");
        assertThat(answer.toString())
                .isEqualTo("500 {\"error_code\":500,\"message\":\"Internal error. The log says more about request "
                        + answer.header("X-Request-Id") + "\"}");
    }

    @Test
    void a_taken_port_is_one_clear_line() throws IOException {
        try (var taken = new ServerSocket(0)) {
            int port = taken.getLocalPort();
            var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
            assertThatThrownBy(() -> new HttpServer(
                                    new HttpSettings(null, port, 1_000, 0),
                                    List.of(),
                                    Guard.OPEN,
                                    List::of,
                                    registry,
                                    "x")
                            .close())
                    .isInstanceOf(CannotListenException.class)
                    .hasMessage("Port " + port + " is taken: stop what listens there or set http.port");
        }
    }
}
