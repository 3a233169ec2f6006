package io.signalbox.processor.topology;

import io.signalbox.processor.codec.WireSerde;
import io.signalbox.processor.domain.Command;
import io.signalbox.processor.domain.CommandEnvelope;
import io.signalbox.processor.domain.CommandOutcome;
import io.signalbox.processor.domain.ConfigVersion;
import io.signalbox.processor.domain.ConnectorDecider;
import io.signalbox.processor.domain.ConnectorFold;
import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.ConnectorStatus;
import io.signalbox.processor.domain.Decision;
import io.signalbox.processor.domain.Event;
import io.signalbox.processor.domain.HistoryEntry;
import io.signalbox.processor.domain.ObservedOffsets;
import io.signalbox.processor.domain.Phase;
import io.signalbox.processor.domain.Places;
import io.signalbox.processor.domain.RecordedEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;

/** Connectors: the desired state, the observed status, the offsets every config and every event each in a store of its own. */
final class ConnectorAggregate implements Aggregate<ConnectorState> {

    /** Nothing that is done for one command may take long: others wait behind it. */
    static final int RESEALED = 1_000;

    private final OpenPartition partition;
    private final KeyValueStore<String, ConnectorState> connectors;
    private final KeyValueStore<String, ConnectorStatus> statuses;
    private final KeyValueStore<String, ObservedOffsets> offsets;
    private final KeyValueStore<byte[], ConfigVersion> configs;
    private final KeyValueStore<byte[], HistoryEntry> entries;
    private final HistoryWriter history;
    private final WireSerde<ConnectorState> wire;
    private final TopicNames topics;

    ConnectorAggregate(
            ProcessorContext<?, ?> context,
            OpenPartition partition,
            WireSerde<ConnectorState> wire,
            TopicNames topics) {
        this.partition = partition;
        this.connectors = context.getStateStore(StoreName.CONNECTORS);
        this.statuses = context.getStateStore(StoreName.STATUSES);
        this.offsets = context.getStateStore(StoreName.OFFSETS);
        this.configs = context.getStateStore(StoreName.CONFIGS);
        this.entries = context.getStateStore(StoreName.HISTORY);
        this.history = new HistoryWriter(entries);
        this.wire = wire;
        this.topics = topics;
    }

    @Override
    public ConnectorState load(String key) {
        return partition.stored(key).orElse(null);
    }

    @Override
    public long revision(ConnectorState now) {
        return now == null ? 0 : now.revision();
    }

    @Override
    public Decision decide(ConnectorState now, CommandEnvelope envelope, Instant at) {
        var key = envelope.key().toString();
        var past = new StoredPast(new HistoryView(entries, configs, key), offsets, key);
        return ConnectorDecider.decide(now, past, envelope, (Command.OfConnector) envelope.command(), at);
    }

    @Override
    public ConnectorState fold(ConnectorState now, RecordedEvent recorded) {
        return ConnectorFold.fold(now, recorded, (Event.OfConnector) recorded.event());
    }

    @Override
    public void save(String key, ConnectorState before, ConnectorState after, List<RecordedEvent> events) {
        partition.change(after, () -> write(key, before, after, events));
    }

    /** Readers go from a state to its history, and from there to configs and offsets: what is told of must be there before it. */
    private void write(String key, ConnectorState before, ConnectorState after, List<RecordedEvent> events) {
        for (RecordedEvent recorded : events) {
            switch (recorded.event()) {
                case Event.ConnectorCreated e ->
                    saveConfig(key, new ConfigVersion(e.config(), recorded.revision(), recorded.at()));
                case Event.ConnectorAdopted e ->
                    saveConfig(key, new ConfigVersion(e.config(), recorded.revision(), recorded.at()));
                case Event.ConnectorConfigChanged e ->
                    saveConfig(key, new ConfigVersion(e.config(), recorded.revision(), recorded.at()));
                case Event.ConnectorResealed e -> reseal(key, e);
                case Event.OffsetsObserved e ->
                    offsets.put(key, new ObservedOffsets(after.uid(), e.offsets(), recorded.at()));
                case Event.AlterOffsetsRequested e -> offsetsAsked(key, after, recorded, e.offsets());
                case Event.ResetOffsetsRequested e -> offsetsAsked(key, after, recorded, "[]");
                case Event.OffsetsAltered e -> offsetsChanged(key, after, recorded, e.before(), e.offsets());
                case Event.OffsetsReset e -> offsetsChanged(key, after, recorded, e.before(), null);
                default -> {
                    // the others are in the state itself
                }
            }
        }
        history.add(key, history(before, events));
        if (!Objects.equals(before == null ? null : before.status(), after.status())) {
            statuses.put(key, after.status());
        }
        connectors.put(key, after.withStatus(null));
    }

    /** Whoever asks what became of a change wants to hear what it was. */
    private void offsetsAsked(String key, ConnectorState after, RecordedEvent recorded, String asked) {
        offsets.put(UndoImage.askedKey(key), new ObservedOffsets(after.uid(), asked, recorded.at()));
    }

    /** What was observed no longer holds; what was before is what an undo needs. */
    private void offsetsChanged(
            String key, ConnectorState after, RecordedEvent recorded, String beforeIt, String asked) {
        offsets.delete(key);
        var undo = UndoImage.of(beforeIt, asked)
                .map(image -> new ObservedOffsets(after.uid(), image, recorded.at()))
                .orElse(null);
        offsets.put(UndoImage.key(key), undo);
    }

    private static List<HistoryEntry> history(ConnectorState before, List<RecordedEvent> events) {
        List<HistoryEntry> entries = new ArrayList<>();
        var state = before;
        for (RecordedEvent recorded : events) {
            state = ConnectorFold.fold(state, recorded, (Event.OfConnector) recorded.event());
            entries.add(HistoryEntry.of(recorded, state));
        }
        return entries;
    }

    /**
     * Configs are kept as what they say, not as how it is sealed: each of the last {@value #RESEALED} that has one of these texts
     * gets the new one in its place. Going back to it then needs the old key no more than what is there now does.
     */
    private void reseal(String key, Event.ConnectorResealed e) {
        List<ConfigVersion> changed = new ArrayList<>();
        try (var latest = configs.reverseRange(VersionKey.of(key, 0), VersionKey.of(key, Long.MAX_VALUE))) {
            for (int i = 0; i < RESEALED && latest.hasNext(); i++) {
                var version = latest.next().value;
                var resealed = version.config().replaced(e.before(), e.after());
                if (!resealed.equals(version.config())) {
                    changed.add(new ConfigVersion(resealed, version.revision(), version.at()));
                }
            }
        }
        changed.forEach(version -> saveConfig(key, version));
    }

    private void saveConfig(String key, ConfigVersion version) {
        configs.put(VersionKey.of(key, version.revision()), version);
    }

    @Override
    public Places places(ConnectorState now) {
        return Places.of(now);
    }

    @Override
    public byte[] snapshot(ConnectorState after) {
        return after.phase() == Phase.DELETED ? null : wire.serializer().serialize(topics.connectors(), after);
    }

    @Override
    public String table() {
        return ConnectorTopology.TO_CONNECTORS;
    }

    @Override
    public CommandOutcome outcome(CommandOutcome blank, ConnectorState after) {
        return blank.with(after);
    }
}
