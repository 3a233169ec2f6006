package io.signalbox.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class CrowdTest {

    private static final int LIMIT = 3;

    private final CountDownLatch mayAnswer = new CountDownLatch(1);
    private final CountDownLatch inside = new CountDownLatch(LIMIT);

    @Test
    void who_comes_when_it_is_full_is_told_when_to_come_again_and_probes_are_let_in() throws Exception {
        var metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        try (var server = new HttpServer(
                        new HttpSettings("127.0.0.1", 0, LIMIT, 0),
                        List.of(new Waiting()),
                        Guard.OPEN,
                        List::of,
                        metrics,
                        "x");
                var client = HttpClient.newHttpClient()) {
            List<CompletableFuture<HttpResponse<String>>> waiting = new ArrayList<>();
            for (int i = 0; i < LIMIT; i++) {
                waiting.add(client.sendAsync(get(server, "/wait"), BodyHandlers.ofString()));
            }
            try {
                inside.await();
                var refused = client.send(get(server, "/wait"), BodyHandlers.ofString());
                assertThat(refused.statusCode()).isEqualTo(503);
                assertThat(refused.headers().firstValue("Retry-After")).contains("1");
                assertThat(refused.headers().firstValue("X-Request-Id")).isPresent();
                assertThat(refused.body())
                        .isEqualTo("{\"error_code\":503,\"message\":"
                                + "\"This replica answers 3 requests already. Try again in a moment\"}");
                for (int i = 0; i < 20; i++) {
                    assertThat(client.send(post(server, "/wait"), BodyHandlers.ofString())
                                    .statusCode())
                            .as("one who is still sending hears it, too")
                            .isEqualTo(503);
                }
                assertThat(client.send(get(server, "/health/live"), BodyHandlers.ofString())
                                .statusCode())
                        .isEqualTo(200);
                assertThat(client.send(get(server, "/metrics"), BodyHandlers.ofString())
                                .body())
                        .contains("signalbox_http_requests_active 3.0");
            } finally {
                // The client waits for them before it closes.
                mayAnswer.countDown();
            }
            for (var each : waiting) {
                assertThat(each.join().statusCode()).isEqualTo(200);
            }
            await().untilAsserted(() -> assertThat(client.send(get(server, "/wait"), BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(200));
        }
    }

    private static HttpRequest get(HttpServer server, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .build();
    }

    private static HttpRequest post(HttpServer server, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .POST(BodyPublishers.ofByteArray(new byte[Body.MAX_BYTES]))
                .build();
    }

    private final class Waiting implements Dialect {

        @Override
        public String prefix() {
            return "";
        }

        @Override
        public void routes(Routes routes) {
            routes.getText("/wait", Rule.PUBLIC, ctx -> {
                inside.countDown();
                mayAnswer.await();
                ctx.result("waited");
            });
        }
    }
}
