package io.signalbox.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.signalbox.api.hostile.Campaign;
import io.signalbox.api.hostile.Place;
import io.signalbox.api.hostile.Target;
import io.signalbox.api.openapi.Contract;
import io.signalbox.standalone.Replica;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/**
 * Every route of every dialect of a real replica, asked in every way that is wrong (G15): no 5xx, each refusal in the dialect's
 * own shape and without anything of the inside, nothing in the log, and nothing asked of the worker that was not meant.
 * {@code -Dbad.inputs} says how many, {@code -Dbad.seed} which.
 */
class SeededBadInputIT {

    private static final int INPUTS = 2_000;
    private static final String PREFIX = "hostile";
    private static final String WORKER = "local";
    private static final String AWAY = "away";
    private static final Map<String, Object> REPORT = Map.of("unmanaged", "report");

    private static final List<Place> PLACES = List.of(
            new Place("default", WORKER, "absent"),
            new Place("default", AWAY, "there"),
            new Place("default", AWAY, "absent"),
            new Place("default", "unknown", "absent"));

    private final Queue<String> asked = new ConcurrentLinkedQueue<>();

    @Test
    void whatever_is_wrong_is_refused_and_nothing_is_stored() throws Exception {
        HttpServer worker = worker();
        Replica replica = RealParts.shared().newReplica(PREFIX, SharedReplica.SMALL);
        replica.startAndAwait();
        try {
            var api = new Api(replica.url());
            String url = "http://127.0.0.1:" + worker.getAddress().getPort();
            assertThat(api.register(WORKER, url, REPORT).status()).isEqualTo(201);
            assertThat(api.register(AWAY, SharedReplica.NO_WORKER, REPORT).status())
                    .isEqualTo(201);
            Api away = api.below("/environments/default/clusters/" + AWAY);
            assertThat(away.create("there", Map.of("connector.class", "X"), "?validate=deferred")
                            .status())
                    .isEqualTo(201);
            var topics = new Topics(RealParts.shared());
            var before = topics.ends(PREFIX + ".commands");

            var outcome = Campaign.of(URI.create(replica.url()).getPort(), targets(), PLACES, INPUTS)
                    .run();

            System.out.println("bad inputs: " + outcome);
            assertThat(outcome.problems()).as(outcome.toString()).isEmpty();
            assertThat(outcome.whole()).as(outcome.toString()).isTrue();
            assertThat(topics.ends(PREFIX + ".commands")).isEqualTo(before);
            assertThat(away.get("/connectors").text()).isEqualTo("[\"there\"]");
            assertThat(api.get("/connectors").text()).isEqualTo("[]");
            assertThat(api.get("/health/ready").status()).isEqualTo(200);
            assertThat(asked)
                    .isNotEmpty()
                    .allSatisfy(path -> assertThat(path)
                            .matches(
                                    "/|/connectors(\\?.*)?|/connector-plugins.*|/admin/loggers.*|/connectors/[^/]+(/[a-z]+)*(\\?.*)?")
                            .doesNotContain("/../", "/./", "//"));
        } finally {
            replica.stop();
            worker.stop(0);
        }
    }

    /** As they are promised, which another test compares with what is served; and what only replicas may ask. */
    private static List<Target> targets() {
        Map<String, List<String>> served = new TreeMap<>();
        Contract.operations()
                .forEach((path, methods) ->
                        served.put(path.replace("{environment}", "{env}"), new ArrayList<>(methods)));
        served.put("/internal/v1/connectors", List.of("GET"));
        served.put("/internal/v1/batch", List.of("GET"));
        return Target.of(served);
    }

    /** A worker that has nothing and knows nothing. */
    private HttpServer worker() throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getRawPath();
            asked.add(exchange.getRequestURI().toString());
            switch (path) {
                case "/" ->
                    answer(exchange, 200, "{\"version\":\"4.3.1\",\"commit\":\"x\",\"kafka_cluster_id\":\"k\"}");
                case "/connectors" -> answer(exchange, 200, "{}");
                case "/connector-plugins" -> answer(exchange, 200, "[]");
                case "/admin/loggers" -> answer(exchange, 200, "{}");
                default -> answer(exchange, 404, "{\"error_code\":404,\"message\":\"HTTP 404 Not Found\"}");
            }
        });
        server.start();
        return server;
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        try (var out = exchange.getResponseBody()) {
            out.write(body);
        }
    }
}
