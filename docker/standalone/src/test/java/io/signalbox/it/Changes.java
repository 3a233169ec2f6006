package io.signalbox.it;

import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.signalbox.processor.codec.Codecs;
import io.signalbox.processor.domain.Command;
import io.signalbox.processor.domain.CommandEnvelope;
import io.signalbox.processor.domain.Config;
import io.signalbox.processor.domain.ConnectorKey;
import io.signalbox.processor.domain.ConnectorType;
import io.signalbox.processor.topology.TopicNames;
import io.signalbox.schemas.AvroWire;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes changes of a hundred connectors straight into the command topic: faster than anybody could ask for them. */
final class Changes {

    private static final int CONNECTORS = 100;

    private final RealParts parts;
    private final String prefix;
    private final Random random;
    private final AtomicInteger unwritten = new AtomicInteger();

    Changes(RealParts parts, String prefix, long seed) {
        this.parts = parts;
        this.prefix = prefix;
        this.random = new Random(seed);
    }

    /** At least so many of them change something; some more do not. */
    void write(int changes) {
        var registry = new CachedSchemaRegistryClient(parts.registry().url(), 1_000);
        var codecs = new Codecs(new TopicNames(prefix), new AvroWire(registry));
        int[] targets = new int[CONNECTORS];
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of(
                        "bootstrap.servers", parts.broker().bootstrapServers(), "acks", "all", "linger.ms", 5),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (int i = 0; i < changes; i++) {
                // The lower ones change more often.
                int which = Math.min(random.nextInt(CONNECTORS), random.nextInt(CONNECTORS));
                var key = new ConnectorKey("default", "local", "h%02d".formatted(which));
                var envelope = new CommandEnvelope("change-" + i, key, "tester", command(i, which, targets));
                producer.send(codecs.commands().encode(envelope), (written, failure) -> {
                    if (failure != null) {
                        unwritten.incrementAndGet();
                    }
                });
            }
            producer.flush();
        }
        if (unwritten.get() > 0) {
            throw new AssertionError(unwritten + " commands did not reach the log");
        }
    }

    /** Every command changes something: the first of a connector, and what comes after a deletion, creates it. */
    private Command command(int number, int which, int[] targets) {
        int kind = targets[which] == 0 ? 0 : random.nextInt(20);
        return switch (kind) {
            case 1, 2, 3 -> {
                targets[which] = targets[which] % 3 + 1;
                yield switch (targets[which]) {
                    case 1 -> new Command.ResumeConnector();
                    case 2 -> new Command.PauseConnector();
                    default -> new Command.StopConnector();
                };
            }
            case 4 -> {
                targets[which] = 0;
                yield new Command.DeleteConnector();
            }
            default -> {
                targets[which] = Math.max(1, targets[which]);
                var config = Map.of("connector.class", "Any", "number", Integer.toString(number));
                yield new Command.PutConfig(Config.of(config), ConnectorType.UNKNOWN, false);
            }
        };
    }
}
