package io.signalbox.api.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.signalbox.api.http.Certificates;
import io.signalbox.api.http.Dialect;
import io.signalbox.api.http.Guard;
import io.signalbox.api.http.HttpServer;
import io.signalbox.api.http.HttpSettings;
import io.signalbox.api.http.Listener;
import io.signalbox.api.http.Routes;
import io.signalbox.api.http.Rule;
import io.signalbox.api.http.TlsClient;
import io.signalbox.api.http.TlsSettings.Clients;
import io.signalbox.processor.domain.ConnectorKey;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.apache.kafka.streams.state.HostInfo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Replicas that ask each other with TLS, over real sockets and with real certificates. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PeerTlsTest {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final String SECRET = "the-secret-of-this-test";
    private static final ConnectorKey ORDERS = new ConnectorKey("default", "local", "orders");

    /** Requests that came as far as to a route, or would have if there were one for them. */
    private final AtomicInteger arrived = new AtomicInteger();

    private Certificates certificates;
    private HttpServer server;

    /** Says from which port it was asked. */
    private final class Echo implements Dialect {
        @Override
        public String prefix() {
            return "";
        }

        @Override
        public void routes(Routes routes) {
            var replicas = Rule.replicas(ctx -> {
                arrived.incrementAndGet();
                return SECRET.equals(ctx.header(Peers.SECRET_HEADER));
            });
            routes.getText(
                            Batch.PATH,
                            replicas,
                            ctx -> ctx.result(
                                    Batch.answers(List.of(port(ctx.req().getRemotePort())))))
                    .getText(Peers.OUTLOOK, replicas, ctx -> ctx.result("x".repeat(100_000)));
        }

        private static byte[] port(int from) {
            return Integer.toString(from).getBytes(StandardCharsets.UTF_8);
        }
    }

    @BeforeAll
    void makeCertificates(@TempDir Path directory) throws Exception {
        certificates = new Certificates(directory)
                .key("one", "CN=one", "ip:127.0.0.1")
                .key("elsewhere", "CN=127.0.0.1", "dns:elsewhere.example")
                .key("stranger", "CN=one", "ip:127.0.0.1")
                .trust("replicas", "one", "elsewhere")
                .trust("all", "one", "elsewhere", "stranger");
    }

    @BeforeEach
    void nothingArrived() {
        arrived.set(0);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void what_is_small_goes_over_one_connection_and_what_is_long_by_the_other_way() throws Exception {
        serve("one", Clients.NEED, 0);
        var line = line(as("one"));
        String first = ask(line);
        assertThat(ask(line)).isEqualTo(first);
        assertThat(new Peers(SECRET, as("one")).outlook(replica(), ORDERS, LONG))
                .hasSize(100_000);
    }

    @Test
    void a_replica_that_was_started_again_is_asked_on_a_new_connection() throws Exception {
        serve("one", Clients.NEED, 0);
        var line = line(as("one"));
        String first = ask(line);
        int port = server.replicasPort();
        server.close();
        serve("one", Clients.NEED, port);
        assertThat(ask(line)).isNotEqualTo(first);
    }

    @Test
    void without_a_certificate_it_may_ask_where_none_is_needed() throws Exception {
        serve("one", Clients.NONE, 0);
        assertThat(ask(line(certificates.context(null, "replicas")))).isNotEmpty();
    }

    /** Of whoever is not the one that was meant, the secret must not learn. */
    @ParameterizedTest
    @CsvSource({"elsewhere", "stranger"})
    void a_replica_with_another_certificate_is_told_nothing(String key) throws Exception {
        serve(key, Clients.NONE, 0);
        assertRefused(as("one"));
        assertThat(arrived).hasValue(0);
    }

    @Test
    void who_asks_with_a_certificate_that_nobody_signed_or_with_none_is_not_heard() throws Exception {
        serve("one", Clients.NEED, 0);
        assertRefused(certificates.context("stranger", "all"));
        assertRefused(certificates.context(null, "replicas"));
        assertThat(arrived).hasValue(0);
    }

    @Test
    void who_asks_without_tls_is_not_heard() throws Exception {
        serve("one", Clients.NONE, 0);
        assertRefused(null);
        assertThat(arrived).hasValue(0);
    }

    @Test
    void who_does_not_know_the_secret_is_answered_nothing() throws Exception {
        serve("one", Clients.NEED, 0);
        var line = new PeerLine(replica(), "wrong", as("one"), LONG);
        assertThatThrownBy(() -> ask(line)).isInstanceOf(StoreUnavailableException.class);
        assertThatThrownBy(() -> new Peers("wrong", as("one")).outlook(replica(), ORDERS, LONG))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("404");
        assertThat(arrived).hasValue(2);
    }

    @Test
    void a_replica_that_says_nothing_to_a_greeting_is_not_waited_for_any_longer_than_for_an_answer() throws Exception {
        serve("one", Clients.NONE, 0);
        try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var line = new PeerLine(
                    new HostInfo("127.0.0.1", silent.getLocalPort()), SECRET, as("one"), Duration.ofMillis(200));
            long begin = System.nanoTime();
            assertThatThrownBy(() -> ask(line)).isInstanceOf(ReplicaSilentException.class);
            assertThat(System.nanoTime() - begin)
                    .isLessThan(Duration.ofSeconds(10).toNanos());
        }
    }

    private SSLContext as(String key) {
        return TlsClient.of(certificates.settings(key, "replicas", Clients.NEED));
    }

    private void assertRefused(SSLContext caller) {
        assertThatThrownBy(() -> ask(line(caller))).isInstanceOf(ReplicaSilentException.class);
        assertThatThrownBy(() -> new Peers(SECRET, caller).outlook(replica(), ORDERS, LONG))
                .isInstanceOf(StoreUnavailableException.class);
    }

    private static String ask(PeerLine line) {
        return new String(line.ask("/any?x=y", LONG), StandardCharsets.UTF_8);
    }

    private PeerLine line(SSLContext tls) {
        return new PeerLine(replica(), SECRET, tls, LONG);
    }

    private HostInfo replica() {
        return new HostInfo("127.0.0.1", server.replicasPort());
    }

    private void serve(String key, Clients clients, int port) {
        server = new HttpServer(
                new HttpSettings(
                        new Listener("http.port", "127.0.0.1", 0, null),
                        null,
                        new Listener(
                                "internal.port", "127.0.0.1", port, certificates.settings(key, "replicas", clients)),
                        1_000,
                        0,
                        HttpSettings.READ_LINES),
                List.of(new Echo()),
                Guard.OPEN,
                List::of,
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                "test");
    }
}
