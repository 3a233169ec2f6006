package io.signalbox.processor.topology;

import io.signalbox.processor.codec.WireSerde;
import io.signalbox.processor.domain.Command;
import io.signalbox.processor.domain.CommandEnvelope;
import io.signalbox.processor.domain.CommandOutcome;
import io.signalbox.processor.domain.Decision;
import io.signalbox.processor.domain.Event;
import io.signalbox.processor.domain.PipelineDecider;
import io.signalbox.processor.domain.PipelineFold;
import io.signalbox.processor.domain.PipelineState;
import io.signalbox.processor.domain.RecordedEvent;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;

/** Pipelines. What their connectors take of a quota is counted with the connectors. */
final class PipelineAggregate implements Aggregate<PipelineState> {

    private final KeyValueStore<String, PipelineState> pipelines;
    private final WireSerde<PipelineState> wire;
    private final TopicNames topics;

    PipelineAggregate(ProcessorContext<?, ?> context, WireSerde<PipelineState> wire, TopicNames topics) {
        this.pipelines = context.getStateStore(StoreName.PIPELINES);
        this.wire = wire;
        this.topics = topics;
    }

    @Override
    public PipelineState load(String key) {
        return pipelines.get(key);
    }

    @Override
    public long revision(PipelineState now) {
        return now == null ? 0 : now.revision();
    }

    @Override
    public Decision decide(PipelineState now, CommandEnvelope envelope, Instant at) {
        return PipelineDecider.decide(now, envelope, (Command.OfPipeline) envelope.command(), at);
    }

    @Override
    public PipelineState fold(PipelineState now, RecordedEvent recorded) {
        return PipelineFold.fold(now, recorded, (Event.OfPipeline) recorded.event());
    }

    @Override
    public void save(String key, PipelineState before, PipelineState after, List<RecordedEvent> events) {
        pipelines.put(key, after);
    }

    @Override
    public byte[] snapshot(PipelineState after) {
        return after.present() ? wire.serializer().serialize(topics.pipelines(), after) : null;
    }

    @Override
    public String table() {
        return ConnectorTopology.TO_PIPELINES;
    }

    @Override
    public CommandOutcome outcome(CommandOutcome blank, PipelineState after) {
        return blank.with(after);
    }
}
