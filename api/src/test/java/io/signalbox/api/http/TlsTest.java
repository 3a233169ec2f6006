package io.signalbox.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.javalin.http.Context;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.signalbox.api.access.AccessKeys;
import io.signalbox.api.access.AdminKey;
import io.signalbox.api.access.BadCredentialsException;
import io.signalbox.api.access.CertificateGrants;
import io.signalbox.api.access.FailedTries;
import io.signalbox.api.access.KeyVerifier;
import io.signalbox.api.access.Place;
import io.signalbox.api.access.Role;
import io.signalbox.processor.domain.AccessKey;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Callers that are known by the certificate of their connection. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TlsTest {

    private Certificates certificates;
    private Path grants;
    private HttpServer server;

    /** Says who asks. */
    private static final class Who implements Dialect {
        @Override
        public void routes(Routes routes) {
            routes.getText("/who", Rule.KNOWN, Who::answer)
                    .getText("/viewers", Rule.on(Role.VIEWER, ctx -> new Place("prod", null, null)), Who::answer);
        }

        private static void answer(Context ctx) throws IOException {
            Answer.text(ctx, "text/plain", Exchange.actor(ctx).getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public String prefix() {
            return "";
        }
    }

    private static final class NoKeys implements AccessKeys {
        @Override
        public Optional<AccessKey> find(String id) {
            return Optional.empty();
        }

        @Override
        public List<AccessKey> list() {
            return List.of();
        }
    }

    @BeforeAll
    void start(@TempDir Path temporary) throws Exception {
        certificates = new Certificates(temporary)
                .key("server", "CN=localhost", "ip:127.0.0.1,dns:localhost")
                .key("deploy", "CN=deploy, O=Example", null)
                .key("guest", "CN=guest, O=Example", null)
                .key("stranger", "CN=deploy, O=Example", null)
                .trust("clients", "deploy", "guest")
                .trust("servers", "server");
        grants = Files.writeString(
                temporary.resolve("grants"), "# who may what\n\nviewer:prod,operator:lab  CN=deploy, O=Example\n");
        var tls = certificates.settings("server", "clients", TlsSettings.Clients.WANT);
        var keys = new KeyVerifier(new NoKeys(), AdminKey.parse("first:the-secret-of-the-first"), new SecureRandom());
        server = new HttpServer(
                new HttpSettings(
                        new Listener("http.port", "127.0.0.1", 0, null),
                        new Listener("https.port", "127.0.0.1", 0, tls),
                        null,
                        1_000,
                        0,
                        HttpSettings.READ_LINES),
                List.of(new Who()),
                new Authentication(
                        keys, null, CertificateGrants.read(grants), new FailedTries(0, new SimpleMeterRegistry())),
                List::of,
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                "test");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void a_caller_is_known_by_his_certificate() throws Exception {
        var who = get("/who", "deploy");
        assertThat(who.statusCode() + " " + who.body()).isEqualTo("200 cert:CN=deploy,O=Example");
        assertThat(get("/viewers", "deploy").statusCode()).isEqualTo(200);
    }

    @Test
    void who_was_granted_nothing_may_nothing() throws Exception {
        assertThat(get("/who", "guest").body()).isEqualTo("cert:CN=guest,O=Example");
        assertThat(get("/viewers", "guest").statusCode()).isEqualTo(403);
    }

    @Test
    void without_a_certificate_he_says_it_in_the_request() throws Exception {
        assertThat(get("/who", null).statusCode()).isEqualTo(401);
        assertThat(get("/who", null, "Authorization", Guarded.ADMIN).body()).isEqualTo("key:first");
        assertThat(get("/who", "deploy", "Authorization", Guarded.ADMIN).body()).isEqualTo("key:first");
        assertThat(get("/who", "deploy", "Authorization", Guarded.basic("first", "wrong"))
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void a_certificate_that_has_expired_is_none_on_a_connection_that_began_before_either() throws Exception {
        var certificate = certificates.expired("late", "CN=deploy, O=Example").certificate("late");
        assertThatThrownBy(() -> CertificateGrants.read(grants).verify(certificate))
                .isInstanceOf(BadCredentialsException.class);
    }

    @Test
    void a_certificate_that_nobody_we_trust_signed_lets_nobody_in() {
        assertThatThrownBy(() -> get("/who", "stranger")).isInstanceOf(IOException.class);
    }

    @Test
    void without_tls_nobody_has_a_certificate() throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/who"));
            assertThat(client.send(request.build(), BodyHandlers.ofString()).statusCode())
                    .isEqualTo(401);
            assertThatThrownBy(() -> client.send(
                            HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + server.tlsPort() + "/who"))
                                    .build(),
                            BodyHandlers.ofString()))
                    .isInstanceOf(SSLException.class);
        }
    }

    private HttpResponse<String> get(String path, String as, String... headers) throws Exception {
        var context = certificates.context(as, "servers");
        try (var client = HttpClient.newBuilder().sslContext(context).build()) {
            var request = HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + server.tlsPort() + path));
            if (headers.length > 0) {
                request.headers(headers);
            }
            return client.send(request.build(), BodyHandlers.ofString());
        }
    }
}
