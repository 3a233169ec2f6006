package io.signalbox.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.api.access.Role;
import io.signalbox.processor.domain.ClusterSpec;
import io.signalbox.processor.domain.Command;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One a second, ten at once: who asks more often is told when to come again. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class RatesTest {

    private static final int RATE = 1;
    private static final int BURST = 10;

    /** @return all answers until the first that is refused, which is the last */
    private static List<Fixture.Reply> untilRefused(Fixture f, String method, String path, String... headers) {
        List<Fixture.Reply> answers = new ArrayList<>();
        do {
            answers.add(f.send(method, path, null, headers));
        } while (answers.getLast().status() != 429 && answers.size() < 20 * BURST);
        return answers;
    }

    private static int left(Fixture.Reply answer) {
        return Integer.parseInt(answer.header("X-RateLimit-Remaining"));
    }

    @Test
    void who_asks_too_often_is_told_so_in_the_shape_of_all_errors() {
        try (var f = Fixture.withRate(RATE)) {
            var answers = untilRefused(f, "GET", "/connectors");
            assertThat(answers).hasSizeGreaterThan(BURST);
            var first = answers.getFirst();
            assertThat(first.status()).isEqualTo(200);
            assertThat(first.header("X-RateLimit-Limit")).isEqualTo("10");
            assertThat(left(first)).isEqualTo(BURST - 1);
            assertThat(first.header("X-RateLimit-Reset")).isEqualTo("1");
            assertThat(first.header("Retry-After")).isNull();
            var refused = answers.getLast();
            assertThat(refused.toString())
                    .isEqualTo(
                            "429 {\"error_code\":429,\"message\":\"Too many requests: this replica answers a caller 1 a"
                                    + " second, and 10 at once. Try again in 1 s\"}");
            assertThat(refused.header("Retry-After")).isEqualTo("1");
            assertThat(left(refused)).isZero();
            assertThat(refused.header("X-RateLimit-Limit")).isEqualTo("10");
            assertThat(Integer.parseInt(refused.header("X-RateLimit-Reset"))).isBetween(9, 10);
            assertThat(f.send("GET", "/metrics", null, "Accept", "text/plain").body())
                    .contains("signalbox_http_requests_limited_total 1.0");
        }
    }

    @Test
    void a_change_that_is_refused_is_not_made() {
        try (var f = Fixture.withRate(RATE)) {
            untilRefused(f, "GET", "/connectors");
            int before = f.log.commands().size();
            var refused = f.send("POST", "/connectors", "{\"name\":\"a\",\"config\":{\"connector.class\":\"X\"}}");
            // A second may have gone by meanwhile.
            assertThat(refused.status()).isIn(429, 201);
            assertThat(f.log.commands()).hasSize(before + (refused.status() == 201 ? 1 : 0));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/connectors",
                "/signalbox/v1/environments/lab/clusters",
                "/no/such/path",
                "/environments/a%20b/clusters/c/connectors"
            })
    void whatever_is_asked_for_is_counted(String path) {
        try (var f = Fixture.withRate(RATE)) {
            assertThat(untilRefused(f, "GET", path)).hasSizeGreaterThan(BURST);
            assertThat(f.get("/connectors/c").status()).as("one count for all").isIn(429, 404);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/health",
                "/health/live",
                "/health/ready",
                "/metrics",
                "/environments/lab/clusters/blue/health",
                "/openapi",
                "/openapi/documents.json"
            })
    void probes_and_pages_are_not(String path) {
        try (var f = Fixture.withRate(RATE)) {
            for (int i = 0; i < 3 * BURST; i++) {
                var answer = f.send("GET", path, null, "Accept", "*/*");
                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.header("X-RateLimit-Limit")).isNull();
            }
        }
    }

    @Test
    void each_who_is_known_has_his_own_count_and_strangers_have_that_of_their_address() {
        try (var f = Fixture.guarded(RATE)) {
            var one = Guarded.newKey(f, Role.VIEWER.word());
            var other = Guarded.newKey(f, Role.VIEWER.word());
            untilRefused(f, "GET", "/connectors", "Authorization", one.authorization());
            assertThat(untilRefused(f, "GET", "/connectors")).hasSizeGreaterThan(BURST);
            var answer = f.send("GET", "/connectors", null, "Authorization", other.authorization());
            assertThat(answer.status()).isEqualTo(404);
            assertThat(left(answer)).isEqualTo(BURST - 1);
        }
    }

    @Test
    void who_may_not_is_counted_as_well() {
        try (var f = Fixture.guarded(RATE)) {
            var key = Guarded.newKey(f, "viewer:nowhere");
            assertThat(untilRefused(f, "GET", "/connectors", "Authorization", key.authorization()))
                    .hasSizeGreaterThan(BURST)
                    .first()
                    .satisfies(answer -> assertThat(answer.status()).isEqualTo(403));
        }
    }

    @Test
    void a_stream_of_events_is_one_request() throws IOException {
        try (var f = Fixture.withRate(RATE);
                var socket = new Socket("127.0.0.1", f.port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write("GET /signalbox/v1/events?from=beginning HTTP/1.1\r\nHost: localhost\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            var lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            for (int i = 0; i < 3 * BURST; i++) {
                var spec = new ClusterSpec(List.of("http://w" + i), null, null, ClusterSpec.Policies.DEFAULT);
                f.log.tell(Fixture.LOCAL, new Command.RegisterCluster(spec));
                String line = lines.readLine();
                while (!line.startsWith("data:")) {
                    line = lines.readLine();
                }
            }
            assertThat(left(f.get("/connectors"))).isGreaterThanOrEqualTo(BURST - 2);
        }
    }

    @Test
    void without_a_limit_nobody_counts() {
        try (var f = Fixture.withClusters()) {
            assertThat(f.get("/connectors").header("X-RateLimit-Limit")).isNull();
        }
    }
}
