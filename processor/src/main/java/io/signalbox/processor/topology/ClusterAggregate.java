package io.signalbox.processor.topology;

import io.signalbox.processor.codec.WireSerde;
import io.signalbox.processor.domain.ClusterDecider;
import io.signalbox.processor.domain.ClusterState;
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

/** Registered data planes. */
final class ClusterAggregate implements Aggregate<ClusterState> {

    private final KeyValueStore<String, ClusterState> clusters;
    private final WireSerde<ClusterState> wire;
    private final TopicNames topics;

    ClusterAggregate(ProcessorContext<?, ?> context, WireSerde<ClusterState> wire, TopicNames topics) {
        this.clusters = context.getStateStore(StoreName.CLUSTERS);
        this.wire = wire;
        this.topics = topics;
    }

    @Override
    public ClusterState load(String key) {
        return clusters.get(key);
    }

    @Override
    public long revision(ClusterState now) {
        return now == null ? 0 : now.revision();
    }

    @Override
    public Decision decide(ClusterState now, CommandEnvelope envelope, Instant at) {
        return ClusterDecider.decide(now, envelope, (Command.OfCluster) envelope.command());
    }

    @Override
    public ClusterState fold(ClusterState now, RecordedEvent recorded) {
        return ClusterDecider.fold(now, recorded, (Event.OfCluster) recorded.event());
    }

    @Override
    public void save(String key, ClusterState before, ClusterState after, List<RecordedEvent> events) {
        clusters.put(key, after);
    }

    @Override
    public byte[] snapshot(ClusterState after) {
        return after.registered() ? wire.serializer().serialize(topics.clusters(), after) : null;
    }

    @Override
    public String table() {
        return ConnectorTopology.TO_CLUSTERS;
    }

    @Override
    public CommandOutcome outcome(CommandOutcome blank, ClusterState after) {
        return blank.with(after);
    }
}
