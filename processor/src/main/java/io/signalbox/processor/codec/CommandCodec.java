package io.signalbox.processor.codec;

import io.signalbox.processor.domain.AccessKeyId;
import io.signalbox.processor.domain.AggregateKey;
import io.signalbox.processor.domain.ClusterKey;
import io.signalbox.processor.domain.Command;
import io.signalbox.processor.domain.CommandEnvelope;
import io.signalbox.processor.domain.ConnectorKey;
import io.signalbox.processor.domain.PipelineKey;
import io.signalbox.processor.domain.Precondition;
import io.signalbox.processor.domain.QuotaKey;
import io.signalbox.processor.domain.SecretId;
import io.signalbox.schemas.AvroWire;
import io.signalbox.schemas.CloudEvent;
import io.signalbox.schemas.Schemas;
import io.signalbox.schemas.UndecodableException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;

/** Commands as they stand on the command topic. */
public final class CommandCodec {

    private final RecordTypes types = new RecordTypes(Command.class, Schemas::command);
    private final AvroWire wire;
    private final String topic;

    public CommandCodec(AvroWire wire, String topic) {
        this.wire = wire;
        this.topic = topic;
    }

    /**
     * As {@link #encode(CommandEnvelope)}.
     *
     * @param replyTo the process whose caller waits for the outcome
     */
    public ProducerRecord<byte[], byte[]> encode(CommandEnvelope envelope, String replyTo) {
        var out = encode(envelope);
        CloudEvent.REPLYTO.write(out.headers(), replyTo);
        return out;
    }

    /** @throws io.signalbox.schemas.RegistryUnavailableException when the schema's id cannot be asked for */
    public ProducerRecord<byte[], byte[]> encode(CommandEnvelope envelope) {
        var record = types.toAvro(envelope.command());
        var key = envelope.key().toString();
        var out = new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), wire.write(topic, record));
        var headers = out.headers();
        Marks.common(headers, envelope.id(), record.getSchema().getFullName(), envelope.key());
        CloudEvent.ACTOR.write(headers, envelope.actor());
        Marks.origin(headers, envelope.origin());
        write(CloudEvent.IFMATCH, headers, envelope.precondition().anyOf());
        write(CloudEvent.IFNONEMATCH, headers, envelope.precondition().noneOf());
        return out;
    }

    /**
     * @throws UndecodableException when this can never be understood; the message says why
     * @throws io.signalbox.schemas.RegistryUnavailableException when it may be understood later
     */
    public CommandEnvelope decode(byte[] keyBytes, byte[] value, Headers headers) {
        if (keyBytes == null) {
            throw new UndecodableException("No key");
        }
        if (value == null) {
            throw new UndecodableException("No value");
        }
        var key = key(new String(keyBytes, StandardCharsets.UTF_8));
        var id = CloudEvent.ID.read(headers);
        if (id == null || id.isEmpty()) {
            throw new UndecodableException("No " + CloudEvent.ID.header() + " header");
        }
        var actor = CloudEvent.ACTOR.read(headers);
        var command = (Command) types.fromAvro(wire.read(topic, value, types.schemas()));
        if (!goesWith(command, key)) {
            throw new UndecodableException(command.getClass().getSimpleName() + " does not go with the key " + key);
        }
        var precondition = new Precondition(
                Precondition.tags(CloudEvent.IFMATCH.read(headers)),
                Precondition.tags(CloudEvent.IFNONEMATCH.read(headers)));
        return new CommandEnvelope(
                id, key, actor == null ? "unknown" : actor, command, precondition, Marks.origin(headers));
    }

    private static boolean goesWith(Command command, AggregateKey key) {
        return switch (command) {
            case Command.OfConnector c -> key instanceof ConnectorKey;
            case Command.OfCluster c -> key instanceof ClusterKey;
            case Command.OfAccessKey c -> key instanceof AccessKeyId;
            case Command.OfSecret c -> key instanceof SecretId;
            case Command.OfQuota c -> key instanceof QuotaKey;
            case Command.OfPipeline c -> key instanceof PipelineKey;
            case Command.DecidePlaces c -> key instanceof ConnectorKey;
            case Command.OfPlaces c -> key instanceof QuotaKey;
        };
    }

    private static void write(CloudEvent attribute, Headers headers, Set<String> tags) {
        if (tags != null) {
            attribute.write(headers, Precondition.text(tags));
        }
    }

    private static AggregateKey key(String text) {
        try {
            return AggregateKey.parse(text);
        } catch (IllegalArgumentException e) {
            throw new UndecodableException("Not a key: " + e.getMessage(), e);
        }
    }
}
