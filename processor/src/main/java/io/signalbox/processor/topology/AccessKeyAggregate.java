package io.signalbox.processor.topology;

import io.signalbox.processor.codec.WireSerde;
import io.signalbox.processor.domain.AccessKey;
import io.signalbox.processor.domain.AccessKeyDecider;
import io.signalbox.processor.domain.Command;
import io.signalbox.processor.domain.CommandEnvelope;
import io.signalbox.processor.domain.CommandOutcome;
import io.signalbox.processor.domain.Decision;
import io.signalbox.processor.domain.Event;
import io.signalbox.processor.domain.RecordedEvent;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;

/** Access keys. */
final class AccessKeyAggregate implements Aggregate<AccessKey> {

    private final KeyValueStore<String, AccessKey> keys;
    private final WireSerde<AccessKey> wire;
    private final TopicNames topics;

    AccessKeyAggregate(ProcessorContext<?, ?> context, WireSerde<AccessKey> wire, TopicNames topics) {
        this.keys = context.getStateStore(StoreName.ACCESS_KEYS);
        this.wire = wire;
        this.topics = topics;
    }

    @Override
    public AccessKey load(String key) {
        return keys.get(key);
    }

    @Override
    public long revision(AccessKey now) {
        return now == null ? 0 : now.revision();
    }

    @Override
    public Decision decide(AccessKey now, CommandEnvelope envelope, Instant at) {
        return AccessKeyDecider.decide(now, envelope, (Command.OfAccessKey) envelope.command());
    }

    @Override
    public AccessKey fold(AccessKey now, RecordedEvent recorded) {
        return AccessKeyDecider.fold(now, recorded, (Event.OfAccessKey) recorded.event());
    }

    @Override
    public void save(String key, AccessKey before, AccessKey after, List<RecordedEvent> events) {
        keys.put(key, after);
    }

    @Override
    public byte[] snapshot(AccessKey after) {
        return after.revoked() ? null : wire.serializer().serialize(topics.access(), after);
    }

    @Override
    public String table() {
        return ConnectorTopology.TO_ACCESS;
    }

    /** The key itself is not told: its hash would stand on one more topic, and its maker knows the rest. */
    @Override
    public CommandOutcome outcome(CommandOutcome blank, AccessKey after) {
        return blank;
    }
}
