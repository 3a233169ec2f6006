package io.signalbox.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.api.http.Certificates;
import io.signalbox.standalone.Ports;
import io.signalbox.standalone.Replica;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Two replicas that ask each other with TLS, on ports where nobody else is heard. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HopTlsIT {

    private static final int PARTITIONS = 6;
    private static final String SECRET = "a-secret-of-this-test-only";
    private static final List<String> NAMES = List.of("one", "two");

    private final RealParts parts = RealParts.shared();
    private final List<Integer> ports = List.of(Ports.freePort(), Ports.freePort());
    private Certificates certificates;
    private List<Replica> replicas;
    private List<Api> apis;

    @BeforeAll
    void start() throws Exception {
        Path directory = parts.directory("hop");
        Path secret = Files.writeString(directory.resolve("secret"), SECRET);
        certificates = new Certificates(directory)
                .key("one", "CN=one", "ip:127.0.0.1")
                .key("two", "CN=two", "ip:127.0.0.1")
                .key("stranger", "CN=one", "ip:127.0.0.1")
                .trust("replicas", "one", "two");
        replicas = IntStream.range(0, 2)
                .mapToObj(i -> parts.newReplica("hop", settings(NAMES.get(i), ports.get(i), secret)))
                .toList();
        apis = replicas.stream().map(replica -> new Api(replica.url())).toList();
        replicas.forEach(Replica::start);
        for (Replica replica : replicas) {
            replica.awaitReady(RealParts.START);
        }
        assertThat(apis.getFirst().register("local", SharedReplica.NO_WORKER).status())
                .isEqualTo(201);
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> apis.forEach(
                        api -> assertThat(api.get("/connectors").status()).isEqualTo(200)));
    }

    private Map<String, String> settings(String name, int port, Path secret) {
        return Map.of(
                "topic.partitions", Integer.toString(PARTITIONS),
                "internal.secret.file", secret.toString(),
                "internal.port", Integer.toString(port),
                "advertised.url", "https://127.0.0.1:" + port,
                "internal.keystore.file", certificates.file(name),
                "internal.keystore.password", Certificates.PASSWORD,
                "internal.truststore.file", certificates.file("replicas"),
                "internal.truststore.password", Certificates.PASSWORD);
    }

    @AfterAll
    void stop() {
        replicas.forEach(parts::dismiss);
    }

    /** A strong read is never from a copy: who does not own the partition has to ask. */
    @Test
    void each_gives_what_the_other_has() throws Exception {
        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            assertThat(owned(0)).isNotEmpty();
            assertThat(owned(1)).isNotEmpty();
            assertThat(owned(0).size() + owned(1).size()).isEqualTo(PARTITIONS);
        });
        Set<String> created = new TreeSet<>();
        for (int i = 0; i < 20; i++) {
            String name = "c%02d".formatted(i);
            created.add(name);
            assertThat(apis.get(i % 2)
                            .create(name, Map.of("connector.class", "Any"), "?validate=deferred")
                            .status())
                    .isEqualTo(201);
            for (Api api : apis) {
                for (String level : List.of("strong", "default")) {
                    var found = strong(api, "/connectors/" + name, level);
                    assertThat(found.status()).as(found.toString()).isEqualTo(200);
                    assertThat(strong(api, "/connectors", level).body())
                            .extracting(JsonNode::asText)
                            .containsExactlyElementsOf(created);
                }
            }
        }
        for (Replica replica : replicas) {
            assertThat(replica.child().log()).content().doesNotContain(Certificates.PASSWORD);
        }
    }

    @Test
    void who_is_no_replica_is_not_heard() throws Exception {
        var one = certificates.context("one", "replicas");
        assertThat(ask(one, 0, version(0), SECRET).statusCode()).isIn(200, 503);
        assertThatThrownBy(() -> ask(certificates.context("stranger", "replicas"), 0, version(0), SECRET))
                .as("with a certificate that nobody signed")
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> ask(certificates.context(null, "replicas"), 0, version(0), SECRET))
                .as("without a certificate")
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> ask(null, 0, version(0), SECRET))
                .as("without TLS")
                .isInstanceOf(IOException.class);
        assertThat(ask(one, 0, version(0), null).statusCode()).isEqualTo(404);
        assertThat(ask(one, 0, version(0), "wrong").statusCode()).isEqualTo(404);
        assertThat(ask(one, 0, "/connectors", SECRET).statusCode()).isEqualTo(404);
        assertThat(ask(one, 0, "/health/ready", SECRET).statusCode()).isEqualTo(404);
    }

    @Test
    void where_users_come_in_there_is_nothing_of_it() {
        for (Api api : apis) {
            var nothing = api.get("/internal/v1/none");
            assertThat(nothing.status()).isEqualTo(404);
            var there = api.get(version(0), "Signalbox-Internal", SECRET);
            assertThat(there.status() + there.text()).isEqualTo(nothing.status() + nothing.text());
        }
    }

    private static Api.Answer strong(Api api, String path, String level) {
        return level.equals("strong") ? api.get(path, "Signalbox-Consistency", "strong") : api.get(path);
    }

    private Set<Integer> owned(int replica) throws Exception {
        var tls = certificates.context("two", "replicas");
        return IntStream.range(0, PARTITIONS)
                .boxed()
                .filter(partition -> {
                    try {
                        return ask(tls, replica, version(partition), SECRET).statusCode() == 200;
                    } catch (IOException | InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .collect(Collectors.toSet());
    }

    /**
     * @param tls null for without
     * @param secret null for none
     */
    private HttpResponse<String> ask(SSLContext tls, int replica, String path, String secret)
            throws IOException, InterruptedException {
        var builder = HttpClient.newBuilder();
        try (var client =
                tls == null ? builder.build() : builder.sslContext(tls).build()) {
            var request = HttpRequest.newBuilder(
                            URI.create((tls == null ? "http" : "https") + "://127.0.0.1:" + ports.get(replica) + path))
                    .timeout(Duration.ofSeconds(20));
            if (secret != null) {
                request.header("Signalbox-Internal", secret);
            }
            return client.send(request.build(), BodyHandlers.ofString());
        }
    }

    private static String version(int partition) {
        return "/internal/v1/version?position=0&patience=1000&cluster=default%2Flocal&partition=" + partition;
    }
}
