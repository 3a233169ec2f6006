package io.signalbox.standalone.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.signalbox.processor.codec.Codecs;
import io.signalbox.processor.domain.Command.ReportFound;
import io.signalbox.processor.domain.CommandEnvelope;
import io.signalbox.processor.domain.Config;
import io.signalbox.processor.domain.ConnectorKey;
import io.signalbox.processor.domain.ConnectorStatus;
import io.signalbox.processor.domain.ConnectorType;
import io.signalbox.processor.domain.RunState;
import io.signalbox.processor.domain.TargetState;
import io.signalbox.processor.domain.TaskStatus;
import io.signalbox.processor.topology.TopicNames;
import io.signalbox.schemas.AvroWire;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A whole fleet straight to the log, as a reconciler reports one that it found on a cluster: connectors that run, with a task
 * each. What is measured is a replica that has them, and not a hundred thousand requests.
 */
final class FleetLog {

    private static final int SCHEMAS = 100;

    private final String bootstrapServers;
    private final String registryUrl;

    FleetLog(String bootstrapServers, String registryUrl) {
        this.bootstrapServers = bootstrapServers;
        this.registryUrl = registryUrl;
    }

    /** Returns when all are in the log, which is before they are in a store. */
    void create(int from, int to) throws IOException {
        var codecs = new Codecs(
                new TopicNames("signalbox"), new AvroWire(new CachedSchemaRegistryClient(registryUrl, SCHEMAS)));
        var command = new ReportFound(true, config(), TargetState.RUNNING, running());
        var failed = new AtomicReference<Exception>();
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", bootstrapServers, "acks", "all", "linger.ms", 5),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (int i = from; i < to; i++) {
                var key = new ConnectorKey("default", Fleet.CLUSTER, Fleet.name(i));
                var envelope = new CommandEnvelope("fleet-" + i, key, "bench", command);
                producer.send(codecs.commands().encode(envelope), (written, failure) -> {
                    if (failure != null) {
                        failed.set(failure);
                    }
                });
            }
            producer.flush();
        }
        if (failed.get() != null) {
            throw new IOException("A command did not reach the log", failed.get());
        }
    }

    private static ConnectorStatus running() {
        String worker = "127.0.0.1:1";
        return new ConnectorStatus(
                RunState.RUNNING,
                worker,
                null,
                null,
                ConnectorType.SOURCE,
                List.of(new TaskStatus(0, RunState.RUNNING, worker, null, null)));
    }

    private static Config config() throws IOException {
        var values = new TreeMap<String, String>();
        new ObjectMapper()
                .readTree(Connectors.CONFIG)
                .properties()
                .forEach(setting ->
                        values.put(setting.getKey(), setting.getValue().asText()));
        return new Config(values);
    }
}
