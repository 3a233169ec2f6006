package io.signalbox.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.signalbox.api.http.Certificates;
import io.signalbox.processor.codec.Codecs;
import io.signalbox.processor.topology.ConnectorTopology;
import io.signalbox.processor.topology.DesiredStates;
import io.signalbox.processor.topology.FaultPoints;
import io.signalbox.processor.topology.FollowUps;
import io.signalbox.processor.topology.OpenPartitions;
import io.signalbox.processor.topology.PacedClients;
import io.signalbox.processor.topology.TopologyBench;
import io.signalbox.schemas.AvroWire;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.apache.kafka.common.metrics.MetricsReporter;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.KafkaStreams;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What each of the real clients was given, as its own metrics reporter hears it. */
class KafkaClientsTest {

    /** By client id. */
    private static final Map<String, Map<String, ?>> GIVEN = new ConcurrentHashMap<>();

    /** Hears with what settings the client is made that it belongs to. */
    public static final class Listening implements MetricsReporter {
        @Override
        public void configure(Map<String, ?> settings) {
            GIVEN.put(String.valueOf(settings.get("client.id")), settings);
        }

        @Override
        public void init(List<KafkaMetric> metrics) {
            // not of interest
        }

        @Override
        public void metricChange(KafkaMetric metric) {
            // not of interest
        }

        @Override
        public void metricRemoval(KafkaMetric metric) {
            // not of interest
        }

        @Override
        public void close() {
            // nothing to end
        }
    }

    @TempDir
    Path directory;

    @Test
    void every_client_is_given_all_that_is_set_for_kafka() throws Exception {
        var certificates = new Certificates(directory).key("broker", "CN=broker", null);
        certificates.trust("brokers", "broker");
        Map<String, String> wanted = Map.of(
                "security.protocol", "SASL_SSL",
                "sasl.mechanism", "PLAIN",
                "sasl.jaas.config",
                        "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"u\""
                                + " password=\"p\";",
                "ssl.truststore.location", certificates.file("brokers"),
                "ssl.truststore.password", Certificates.PASSWORD,
                "ssl.truststore.type", "PKCS12",
                "ssl.endpoint.identification.algorithm", "https",
                "reconnect.backoff.max.ms", "4321");
        var properties = new Properties();
        wanted.forEach((name, value) -> properties.setProperty("kafka." + name, value));
        properties.setProperty("kafka.metric.reporters", Listening.class.getName());
        properties.setProperty("bootstrap.servers", "127.0.0.1:9");
        properties.setProperty("schema.registry.url", "http://127.0.0.1:9");
        properties.setProperty("state.dir", directory.resolve("state").toString());
        var clients = new KafkaClients(SignalboxConfig.of(properties, Map.of()));
        var values = new ByteArrayDeserializer();
        GIVEN.clear();
        Stream.of(
                        clients.admin(),
                        clients.producer(),
                        clients.outcomes(),
                        clients.clusters(values),
                        clients.accessKeys(values),
                        clients.secrets(values),
                        clients.pipelines(values),
                        clients.pipelineAdmin(),
                        clients.notifications(),
                        clients.rows("signalbox-rows"),
                        clients.deletes(),
                        clients.lifecycle("signalbox-live", "none"),
                        clients.lifecycle("signalbox-catch-up", "earliest"),
                        clients.connectors(values))
                .forEach(KafkaClientsTest::close);
        streams(clients).close();

        assertThat(GIVEN.keySet())
                .contains(
                        "signalbox-admin",
                        "signalbox-commands",
                        "signalbox-outcomes",
                        "signalbox-clusters",
                        "signalbox-access",
                        "signalbox-secrets",
                        "signalbox-pipelines",
                        "signalbox-pipelines-admin",
                        "signalbox-notifications",
                        "signalbox-rows",
                        "signalbox-deletes",
                        "signalbox-live",
                        "signalbox-catch-up",
                        "signalbox-reconciler");
        for (String part : List.of("-admin", "-consumer", "-restore-consumer", "-producer")) {
            assertThat(GIVEN.keySet()).as("of Kafka Streams").anyMatch(id -> id.matches("signalbox-.{36}.*" + part));
        }
        GIVEN.forEach(
                (id, settings) -> assertThat(texts(settings, wanted)).as(id).isEqualTo(wanted));
    }

    private KafkaStreams streams(KafkaClients clients) {
        var codecs = new Codecs(TopologyBench.TOPICS, new AvroWire(new MockSchemaRegistryClient()));
        var open = new OpenPartitions(() -> "test");
        var topology = ConnectorTopology.build(
                codecs, open, (outcome, replyTo) -> {}, FollowUps.NONE, DesiredStates.NONE, FaultPoints.NONE);
        return new KafkaStreams(topology, clients.streams("127.0.0.1:8083"), new PacedClients(open.pace()));
    }

    private static void close(AutoCloseable client) {
        try {
            client.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> texts(Map<String, ?> settings, Map<String, String> wanted) {
        Map<String, String> texts = new HashMap<>();
        wanted.keySet().forEach(name -> {
            Object value = settings.get(name);
            texts.put(name, value instanceof Password secret ? secret.value() : String.valueOf(value));
        });
        return texts;
    }
}
