package io.signalbox.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.signalbox.api.http.Certificates;
import io.signalbox.schemas.KnownIds;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What the registry's own client does with {@code schema.registry.*}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RegistryClientTest {

    private final List<String> authorizations = new CopyOnWriteArrayList<>();
    private Certificates certificates;
    private HttpsServer registry;

    @BeforeAll
    void makeCertificates(@TempDir Path directory) throws Exception {
        certificates = new Certificates(directory)
                .key("registry", "CN=registry", "ip:127.0.0.1")
                .key("elsewhere", "CN=127.0.0.1", "dns:elsewhere.example")
                .trust("registries", "registry", "elsewhere");
    }

    @AfterEach
    void stop() {
        registry.stop(0);
        authorizations.clear();
    }

    @Test
    void it_gets_the_truststore_and_the_password() throws Exception {
        serve("registry");
        assertThat(client().getAllSubjects()).containsExactly("s");
        assertThat(authorizations)
                .containsExactly("Basic " + Base64.getEncoder().encodeToString("u:p".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void it_tells_no_password_to_a_registry_with_a_certificate_for_another_name() throws Exception {
        serve("elsewhere");
        var client = client();
        assertThatThrownBy(client::getAllSubjects).isInstanceOf(SSLException.class);
        assertThat(authorizations).isEmpty();
    }

    private SchemaRegistryClient client() {
        var properties = new Properties();
        properties.setProperty("bootstrap.servers", "127.0.0.1:9");
        properties.setProperty(
                "schema.registry.url",
                "https://127.0.0.1:" + registry.getAddress().getPort());
        properties.setProperty("schema.registry.basic.auth.credentials.source", "USER_INFO");
        properties.setProperty("schema.registry.basic.auth.user.info", "u:p");
        properties.setProperty("schema.registry.ssl.truststore.location", certificates.file("registries"));
        properties.setProperty("schema.registry.ssl.truststore.password", Certificates.PASSWORD);
        properties.setProperty("schema.registry.ssl.truststore.type", "PKCS12");
        var config = SignalboxConfig.of(properties, Map.of());
        return new KnownIds(config.getString(SignalboxConfig.REGISTRY), config.registry());
    }

    private void serve(String key) throws Exception {
        registry = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        registry.setHttpsConfigurator(new HttpsConfigurator(certificates.context(key, "registries")));
        registry.createContext("/", exchange -> {
            authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            byte[] body = "[\"s\"]".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/vnd.schemaregistry.v1+json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        registry.start();
    }
}
