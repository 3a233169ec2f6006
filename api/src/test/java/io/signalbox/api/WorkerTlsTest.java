package io.signalbox.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.signalbox.api.http.Certificates;
import io.signalbox.processor.dataplane.DriverException;
import io.signalbox.processor.dataplane.DriverException.Kind;
import io.signalbox.processor.dataplane.connect.AllowedWorkers;
import io.signalbox.processor.dataplane.connect.ConnectDrivers;
import io.signalbox.processor.dataplane.connect.Limits;
import io.signalbox.processor.dataplane.connect.WorkerTls;
import io.signalbox.processor.domain.ClusterSpec;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Workers that are reached by https, over real sockets and with real certificates. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WorkerTlsTest {

    /** A greeting counts as part of a connection. */
    private static final Limits PATIENT =
            new Limits(Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofSeconds(20), 4_096);

    /** The Authorization of each request that arrived; empty for none. */
    private final List<String> arrived = new CopyOnWriteArrayList<>();

    private Path directory;
    private Certificates certificates;
    private HttpsServer worker;

    @BeforeAll
    void makeCertificates(@TempDir Path temporary) throws Exception {
        directory = temporary;
        certificates = new Certificates(temporary)
                .key("worker", "CN=worker", "ip:127.0.0.1")
                .key("elsewhere", "CN=127.0.0.1", "dns:elsewhere.example")
                .key("signalbox", "CN=signalbox", null)
                .trust("workers", "worker", "elsewhere")
                .trust("callers", "signalbox");
    }

    @AfterEach
    void stop() {
        if (worker != null) {
            worker.stop(0);
        }
        arrived.clear();
    }

    @Test
    void a_worker_is_known_by_the_truststore_and_told_the_password_that_the_reference_leads_to() throws Exception {
        serve("worker", false);
        Path secrets = Files.writeString(directory.resolve("connect.properties"), "password=sesame");
        assertThat(names(trusting(), "signalbox", "${file:" + secrets + ":password}"))
                .containsExactly("c");
        assertThat(arrived)
                .containsExactly("Basic "
                        + Base64.getEncoder().encodeToString("signalbox:sesame".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void a_worker_that_the_jvm_does_not_know_is_told_nothing() throws Exception {
        serve("worker", false);
        assertUnknown(Map.of(), Kind.UNREACHABLE);
    }

    @Test
    void a_worker_with_a_certificate_for_another_name_is_told_nothing() throws Exception {
        serve("elsewhere", false);
        assertUnknown(trusting(), Kind.UNREACHABLE);
    }

    @Test
    void a_worker_that_wants_a_certificate_gets_ours() throws Exception {
        serve("worker", true);
        // TLS 1.3 (RFC 8446, 4.4.2.4) has the client finish first: whether it hears the alert or the end of the
        // connection is a race.
        assertUnknown(trusting(), Kind.UNREACHABLE, Kind.BROKEN);
        assertThat(names(
                        Map.of(
                                "connect.ssl.truststore.location",
                                certificates.file("workers"),
                                "connect.ssl.truststore.password",
                                Certificates.PASSWORD,
                                "connect.ssl.keystore.location",
                                certificates.file("signalbox"),
                                "connect.ssl.keystore.password",
                                Certificates.PASSWORD,
                                "connect.ssl.keystore.type",
                                "PKCS12"),
                        null,
                        null))
                .containsExactly("c");
    }

    @ParameterizedTest
    @CsvSource({
        "connect.ssl.truststore.location,/none,connect.ssl.truststore.location: cannot read /none",
        "connect.ssl.keystore.location,/none,connect.ssl.keystore.location: cannot read /none",
        "connect.ssl.truststore.password,wrong,connect.ssl.truststore.*: ",
        "connect.ssl.truststore.locaton,/none,connect.ssl.truststore.locaton is not known",
        "connect.ssl.endpoint.identification.algorithm,'',connect.ssl.endpoint.identification.algorithm: ",
        "connect.ssl.engine.factory.class,java.lang.Object,connect.ssl.engine.factory.class is not known"
    })
    void a_wrong_setting_is_named(String setting, String value, String message) {
        Map<String, String> settings = new TreeMap<>(trusting());
        settings.put(setting, value);
        assertThatThrownBy(() -> tls(settings))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith(message)
                .hasMessageNotContaining(Certificates.PASSWORD);
    }

    @Test
    void a_variable_that_kubernetes_makes_is_none_of_tls() {
        assertThat(tls(Map.of(), Map.of("SIGNALBOX_CONNECT_SERVICE_HOST", "10.0.0.1")))
                .isSameAs(WorkerTls.DEFAULT);
    }

    private Map<String, String> trusting() {
        return Map.of(
                "connect.ssl.truststore.location",
                certificates.file("workers"),
                "connect.ssl.truststore.password",
                Certificates.PASSWORD);
    }

    private void assertUnknown(Map<String, String> settings, Kind... kinds) {
        assertThatThrownBy(() -> names(settings, "signalbox", null))
                .isInstanceOfSatisfying(
                        DriverException.class, e -> assertThat(e.kind()).isIn((Object[]) kinds));
        assertThat(arrived).isEmpty();
    }

    private static WorkerTls tls(Map<String, String> settings) {
        return tls(settings, Map.of());
    }

    private static WorkerTls tls(Map<String, String> settings, Map<String, String> environment) {
        var properties = new Properties();
        properties.putAll(settings);
        properties.setProperty("bootstrap.servers", "localhost:9092");
        properties.setProperty("schema.registry.url", "http://localhost:8081");
        return WorkerTls.of(SignalboxConfig.of(properties, environment).workers());
    }

    private Set<String> names(Map<String, String> settings, String username, String password) {
        try (var drivers = new ConnectDrivers(PATIENT, tls(settings), AllowedWorkers.ANY)) {
            var url = "https://127.0.0.1:" + worker.getAddress().getPort();
            return drivers.open(new ClusterSpec(List.of(url), username, password, ClusterSpec.Policies.DEFAULT))
                    .names();
        }
    }

    private void serve(String key, boolean asks) throws Exception {
        worker = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        worker.setHttpsConfigurator(new HttpsConfigurator(certificates.context(key, "callers")) {
            @Override
            public void configure(HttpsParameters parameters) {
                var wanted = getSSLContext().getDefaultSSLParameters();
                wanted.setNeedClientAuth(asks);
                parameters.setSSLParameters(wanted);
            }
        });
        worker.createContext("/", exchange -> {
            var authorization = exchange.getRequestHeaders().getFirst("Authorization");
            arrived.add(authorization == null ? "" : authorization);
            byte[] body = "[\"c\"]".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        worker.start();
    }
}
