package io.signalbox.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where other replicas come in, and what is there for whom. */
class EntrancesTest {

    private static final String SECRET = "the-secret-of-this-test";
    private static final Listener USERS = new Listener("http.port", "127.0.0.1", 0, null);
    private static final Listener REPLICAS = new Listener("internal.port", "127.0.0.1", 0, null);

    /** A route for each. */
    private static final class Both implements Dialect {
        @Override
        public void routes(Routes routes) {
            routes.getText("/open", Rule.PUBLIC, ctx -> Answer.text(ctx, "text/plain", bytes("open")))
                    .getText(
                            "/internal/v1/state",
                            Rule.replicas(ctx -> SECRET.equals(ctx.header("Secret"))),
                            ctx -> Answer.text(ctx, "text/plain", bytes("state")));
        }

        private static byte[] bytes(String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public String prefix() {
            return "";
        }
    }

    /** Without what differs from answer to answer. */
    private record Reply(int status, Map<String, List<String>> headers, String body) {}

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "ANY"})
    void users_find_nothing_of_it_where_replicas_have_a_way_of_their_own_not_even_with_the_secret(String method)
            throws Exception {
        try (var server = server(REPLICAS)) {
            var nothing = ask(server.port(), method, "/internal/v1/none", SECRET);
            assertThat(nothing.status()).isEqualTo(404);
            assertThat(ask(server.port(), method, "/internal/v1/state", SECRET)).isEqualTo(nothing);
            assertThat(ask(server.port(), method, "/%69nternal/v1/state", SECRET))
                    .isEqualTo(nothing);
            assertThat(ask(server.port(), method, "/internal/v1/state", null)).isEqualTo(nothing);
            assertThat(ask(server.port(), method, "/none", null)).isEqualTo(nothing);
        }
    }

    @Test
    void replicas_come_in_there_and_find_nothing_of_users() throws Exception {
        try (var server = server(REPLICAS)) {
            int port = server.replicasPort();
            assertThat(port).isNotEqualTo(server.port());
            assertThat(ask(port, "GET", "/internal/v1/state", SECRET).body()).isEqualTo("state");
            var nothing = ask(port, "GET", "/none", SECRET);
            assertThat(nothing.status()).isEqualTo(404);
            for (String path : List.of("/open", "/health/live", "/metrics")) {
                assertThat(ask(port, "GET", path, SECRET)).isEqualTo(nothing);
                assertThat(ask(port, "OPTIONS", path, SECRET)).isEqualTo(nothing);
            }
            assertThat(ask(server.port(), "GET", "/open", null).body()).isEqualTo("open");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "POST", "OPTIONS", "ANY"})
    void who_does_not_know_the_secret_finds_nothing_anywhere(String method) throws Exception {
        for (Listener replicas : new Listener[] {REPLICAS, null}) {
            try (var server = server(replicas)) {
                int port = replicas == null ? server.port() : server.replicasPort();
                var nothing = ask(port, method, "/internal/v1/none", null);
                assertThat(nothing.status()).isEqualTo(404);
                assertThat(ask(port, method, "/internal/v1/state", null)).isEqualTo(nothing);
                assertThat(ask(port, method, "/internal/v1/state", "wrong")).isEqualTo(nothing);
            }
        }
    }

    @Test
    void without_a_way_of_their_own_replicas_come_in_like_everybody() throws Exception {
        try (var server = server(null)) {
            assertThat(server.replicasPort()).isEqualTo(-1);
            assertThat(ask(server.port(), "GET", "/internal/v1/state", SECRET).body())
                    .isEqualTo("state");
            assertThat(ask(server.port(), "GET", "/open", null).body()).isEqualTo("open");
        }
    }

    @Test
    void what_replicas_ask_each_other_is_never_too_much_and_what_others_ask_there_is() throws Exception {
        for (Listener replicas : new Listener[] {REPLICAS, null}) {
            try (var server = server(replicas, 1)) {
                int port = replicas == null ? server.port() : server.replicasPort();
                for (int i = 0; i < 30; i++) {
                    var answer = ask(port, "GET", "/internal/v1/state", SECRET);
                    assertThat(answer.status()).isEqualTo(200);
                    assertThat(answer.headers()).doesNotContainKey("x-ratelimit-limit");
                }
                assertThat(ask(server.port(), "GET", "/internal/v1/state", "wrong")
                                .headers())
                        .containsKey("x-ratelimit-limit");
            }
        }
    }

    private static HttpServer server(Listener replicas) {
        return server(replicas, 0);
    }

    private static HttpServer server(Listener replicas, int rate) {
        return new HttpServer(
                new HttpSettings(USERS, null, replicas, 1_000, rate, HttpSettings.READ_LINES),
                List.of(new Both()),
                Guard.OPEN,
                List::of,
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                "test");
    }

    private static Reply ask(int port, String method, String path, String secret) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                    .method(method, BodyPublishers.noBody());
            if (secret != null) {
                request.header("Secret", secret);
            }
            var answer = client.send(request.build(), BodyHandlers.ofString());
            Map<String, List<String>> headers = new TreeMap<>(answer.headers().map());
            headers.keySet().removeAll(List.of("x-request-id", "date"));
            return new Reply(answer.statusCode(), headers, answer.body());
        }
    }
}
