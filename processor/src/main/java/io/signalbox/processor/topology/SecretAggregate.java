package io.signalbox.processor.topology;

import io.signalbox.processor.codec.WireSerde;
import io.signalbox.processor.domain.Command;
import io.signalbox.processor.domain.CommandEnvelope;
import io.signalbox.processor.domain.CommandOutcome;
import io.signalbox.processor.domain.Decision;
import io.signalbox.processor.domain.Event;
import io.signalbox.processor.domain.RecordedEvent;
import io.signalbox.processor.domain.SecretDecider;
import io.signalbox.processor.domain.StoredSecret;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;

/** Stored secrets. */
final class SecretAggregate implements Aggregate<StoredSecret> {

    private final KeyValueStore<String, StoredSecret> secrets;
    private final WireSerde<StoredSecret> wire;
    private final TopicNames topics;

    SecretAggregate(ProcessorContext<?, ?> context, WireSerde<StoredSecret> wire, TopicNames topics) {
        this.secrets = context.getStateStore(StoreName.SECRETS);
        this.wire = wire;
        this.topics = topics;
    }

    @Override
    public StoredSecret load(String key) {
        return secrets.get(key);
    }

    @Override
    public long revision(StoredSecret now) {
        return now == null ? 0 : now.revision();
    }

    @Override
    public Decision decide(StoredSecret now, CommandEnvelope envelope, Instant at) {
        return SecretDecider.decide(now, envelope, (Command.OfSecret) envelope.command());
    }

    @Override
    public StoredSecret fold(StoredSecret now, RecordedEvent recorded) {
        return SecretDecider.fold(now, recorded, (Event.OfSecret) recorded.event());
    }

    @Override
    public void save(String key, StoredSecret before, StoredSecret after, List<RecordedEvent> events) {
        secrets.put(key, after);
    }

    @Override
    public byte[] snapshot(StoredSecret after) {
        return after.deleted() ? null : wire.serializer().serialize(topics.secrets(), after);
    }

    @Override
    public String table() {
        return ConnectorTopology.TO_SECRETS;
    }

    /** The secret itself is not told: it would stand on one more topic, and its maker knows it. */
    @Override
    public CommandOutcome outcome(CommandOutcome blank, StoredSecret after) {
        return blank;
    }
}
