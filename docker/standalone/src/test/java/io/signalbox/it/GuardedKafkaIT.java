package io.signalbox.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.api.http.Certificates;
import io.signalbox.standalone.Broker;
import io.signalbox.standalone.Dist;
import io.signalbox.standalone.Ports;
import io.signalbox.standalone.Replica;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A broker that wants TLS and a password (SASL_SSL with PLAIN), and a registry behind TLS and basic authentication. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GuardedKafkaIT {

    private static final String KAFKA_PASSWORD = "the-password-for-kafka";
    private static final String REGISTRY_PASSWORD = "the-password-for-the-registry";

    private final RealParts parts = RealParts.shared();
    private final int port = Ports.freePort();
    private Certificates certificates;
    private Broker broker;
    private GuardedRegistry registry;

    @BeforeAll
    void start() throws Exception {
        var directory = parts.directory("guarded");
        certificates = new Certificates(directory).key("parts", "CN=parts", "ip:127.0.0.1");
        certificates.trust("known", "parts");
        int open = Ports.freePort();
        int controller = Ports.freePort();
        broker = new Broker(
                Dist.locate(),
                directory,
                open,
                controller,
                Map.of(
                        "listeners",
                        "PLAINTEXT://127.0.0.1:%d,SASL_SSL://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d"
                                .formatted(open, port, controller),
                        "advertised.listeners",
                        "PLAINTEXT://127.0.0.1:%d,SASL_SSL://127.0.0.1:%d".formatted(open, port),
                        "listener.security.protocol.map",
                        "PLAINTEXT:PLAINTEXT,SASL_SSL:SASL_SSL,CONTROLLER:PLAINTEXT",
                        "sasl.enabled.mechanisms",
                        "PLAIN",
                        "listener.name.sasl_ssl.plain.sasl.jaas.config",
                        "org.apache.kafka.common.security.plain.PlainLoginModule required user_signalbox=\"%s\";"
                                .formatted(KAFKA_PASSWORD),
                        "listener.name.sasl_ssl.ssl.keystore.type",
                        "PKCS12",
                        "listener.name.sasl_ssl.ssl.keystore.location",
                        certificates.file("parts"),
                        "listener.name.sasl_ssl.ssl.keystore.password",
                        Certificates.PASSWORD));
        broker.startAndAwait();
        registry = new GuardedRegistry(
                parts.registry().url(), certificates.context("parts", "known"), "signalbox:" + REGISTRY_PASSWORD);
    }

    @AfterAll
    void stop() throws InterruptedException {
        registry.close();
        broker.stop();
    }

    private Replica replica(String prefix, String kafkaPassword, String registryPassword) {
        Map<String, String> settings = new HashMap<>(SharedReplica.SMALL);
        settings.put("bootstrap.servers", "127.0.0.1:" + port);
        settings.put("kafka.security.protocol", "SASL_SSL");
        settings.put("kafka.sasl.mechanism", "PLAIN");
        settings.put(
                "kafka.sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"signalbox\" password=\"%s\";"
                        .formatted(kafkaPassword));
        settings.put("schema.registry.url", registry.url());
        settings.put("schema.registry.basic.auth.credentials.source", "USER_INFO");
        settings.put("schema.registry.basic.auth.user.info", "signalbox:" + registryPassword);
        for (String each : new String[] {"kafka", "schema.registry"}) {
            settings.put(each + ".ssl.truststore.type", "PKCS12");
            settings.put(each + ".ssl.truststore.location", certificates.file("known"));
            settings.put(each + ".ssl.truststore.password", Certificates.PASSWORD);
        }
        return parts.newReplica(prefix, settings);
    }

    @Test
    void all_clients_of_a_replica_come_through_and_no_password_is_in_its_log() throws Exception {
        Replica replica = replica("guarded", KAFKA_PASSWORD, REGISTRY_PASSWORD);
        replica.startAndAwait();
        var api = new Api(replica.url());
        assertThat(api.register("local", SharedReplica.NO_WORKER).status()).isEqualTo(201);
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(api.get("/connectors").status()).isEqualTo(200));
        assertThat(api.create("c", Map.of("connector.class", "Any"), "?validate=deferred")
                        .status())
                .isEqualTo(201);
        assertThat(api.get("/connectors/c", "Signalbox-Consistency", "strong").status())
                .isEqualTo(200);
        replica.stop();
        assertThat(replica.child().log())
                .content()
                .contains("method=POST path=/connectors status=201")
                .doesNotContain(KAFKA_PASSWORD)
                .doesNotContain(REGISTRY_PASSWORD)
                .doesNotContain(Certificates.PASSWORD);
    }

    @ParameterizedTest
    @CsvSource({"wrong," + REGISTRY_PASSWORD + ",Kafka and its topics", KAFKA_PASSWORD + ",wrong,the schema registry"})
    void with_a_wrong_password_it_says_what_it_waits_for(String kafka, String registryPassword, String waitingFor)
            throws Exception {
        Replica replica = replica(waitingFor.startsWith("Kafka") ? "guarded-k" : "guarded-r", kafka, registryPassword);
        replica.start();
        var api = new Api(replica.url());
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .ignoreException(IllegalStateException.class)
                .untilAsserted(() -> assertThat(api.get("/health/ready")
                                .body()
                                .path("waiting_for")
                                .path(0)
                                .asText())
                        .startsWith(waitingFor + ": "));
        replica.stop();
        assertThat(replica.child().log())
                .content()
                .doesNotContain(KAFKA_PASSWORD)
                .doesNotContain(REGISTRY_PASSWORD);
    }
}
