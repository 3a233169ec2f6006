package io.signalbox.processor.topology;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.signalbox.processor.domain.Command;
import io.signalbox.processor.domain.CommandEnvelope;
import io.signalbox.processor.domain.CommandOutcome;
import io.signalbox.processor.domain.ConfigDifference;
import io.signalbox.processor.domain.ConfigVersion;
import io.signalbox.processor.domain.ConnectorKey;
import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.ConnectorStatus;
import io.signalbox.processor.domain.HistoryEntry;
import io.signalbox.processor.domain.ObservedOffsets;
import io.signalbox.processor.domain.Operation;
import io.signalbox.processor.domain.PipelineState;
import io.signalbox.processor.domain.StoredSecret;
import io.signalbox.processor.domain.TaskStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * One partition that this process owns and has restored, for readers: its stores, the states that were asked for lately,
 * and how often the connectors of each cluster changed. Written by the partition's own processor, read by many threads.
 */
public final class OpenPartition implements PartitionStores {

    /** In characters, so that some hundred partitions stay within the heap whatever is in them. */
    private static final long CACHED_CHARACTERS = 1L << 20;

    private static final int OVERHEAD_CHARACTERS = 500;

    private final int number;
    private final String incarnation;
    private final PartitionStores stores;
    private final CommandPace pace;
    private final Progress progress = new Progress();

    /** Up to where the stores have what commands led to, whether these are done otherwise or not. */
    private final Progress stored = new Progress();

    private final InFlight inFlight = new InFlight();
    private final Map<String, AtomicLong> changes = new ConcurrentHashMap<>();
    /** Also of what is not there: who creates something has just looked for it. */
    private final Cache<String, Optional<ConnectorState>> states = Caffeine.newBuilder()
            .maximumWeight(CACHED_CHARACTERS)
            .weigher(OpenPartition::weight)
            .executor(Runnable::run)
            .build();

    private volatile Foresight foresight;

    /** @param incarnation a name that no other one, here or elsewhere, ever had */
    OpenPartition(int number, String incarnation, PartitionStores stores, CommandPace pace) {
        this.number = number;
        this.incarnation = incarnation;
        this.stores = stores;
        this.pace = pace;
    }

    @Override
    public ReadOnlyKeyValueStore<String, ConnectorState> connectors() {
        return stores.connectors();
    }

    @Override
    public ReadOnlyKeyValueStore<String, ConnectorStatus> statuses() {
        return stores.statuses();
    }

    @Override
    public ReadOnlyKeyValueStore<String, ObservedOffsets> offsets() {
        return stores.offsets();
    }

    @Override
    public ReadOnlyKeyValueStore<byte[], ConfigVersion> configs() {
        return stores.configs();
    }

    @Override
    public ReadOnlyKeyValueStore<byte[], HistoryEntry> history() {
        return stores.history();
    }

    @Override
    public ReadOnlyKeyValueStore<String, StoredSecret> secrets() {
        return stores.secrets();
    }

    @Override
    public ReadOnlyKeyValueStore<byte[], byte[]> quotas() {
        return stores.quotas();
    }

    @Override
    public ReadOnlyKeyValueStore<String, PipelineState> pipelines() {
        return stores.pipelines();
    }

    /** Also what is only foreseen. */
    @Override
    public Optional<ConnectorState> find(String key) {
        return owed(state -> state.key().toString().equals(key)).or(() -> stored(key));
    }

    @Override
    public Optional<ConnectorState> stored(String key) {
        // While it reads, the processor's own put of the same key waits, and comes last.
        return states.get(key, PartitionStores.super::stored);
    }

    /**
     * A name for what the connectors of a cluster were at this moment: as long as it is the same, so are they.
     *
     * @param cluster the cluster's key
     * @return empty in the moment in which one of them changes, or is foreseen to
     */
    public Optional<String> version(String cluster) {
        if (owed(state -> state.key().clusterKey().toString().equals(cluster)).isPresent()) {
            return Optional.empty();
        }
        var count = changes.get(cluster);
        long now = count == null ? 0 : count.get();
        return now % 2 == 0 ? Optional.of(incarnation + ":" + now) : Optional.empty();
    }

    /** By which rules what comes next can be foreseen. */
    void foreseenBy(Foresight rules) {
        foresight = rules;
    }

    /** The processor takes this command up. */
    void begins(long offset) {
        progress.begins(offset);
    }

    /**
     * A command of this process has its place in the log. To be told of each in their order, and cheap.
     *
     * @return whether all that is before it is known here, so that {@link #foresee} is worth trying
     */
    public boolean sent(CommandEnvelope envelope, long offset) {
        return envelope.command() instanceof Command.OfConnector
                && envelope.key() instanceof ConnectorKey key
                && inFlight.add(offset, key.toString(), progress.standsBefore(offset));
    }

    /**
     * What the processor will tell the caller of a command that was {@link #sent}. What it says is fixed: by all that
     * is before it in the log, and the rules. From now on {@link #find} gives the state after it, and who reads anything else of the partition
     * has to {@link #awaitForeseen}. Safe for use by many threads.
     *
     * @param offset of the command
     * @param timestamp the log's time of it, in ms
     * @param newId whether its id was never given to a command before
     * @return empty when the processor has taken it up, or more has a say than what the stores have of its connector
     */
    public Optional<CommandOutcome> foresee(CommandEnvelope envelope, long offset, long timestamp, boolean newId) {
        var rules = foresight;
        var key = envelope.key().toString();
        if (rules == null || !inFlight.isAlone(offset, key)) {
            return Optional.empty();
        }
        Optional<Decided<ConnectorState>> decided;
        try {
            decided = rules.of(envelope, new LogPlace(number, offset, Instant.ofEpochMilli(timestamp)), newId);
        } catch (InvalidStateStoreException closed) {
            return Optional.empty();
        } catch (RuntimeException failure) {
            if (!progress.hasBegun(offset)) {
                throw failure;
            }
            // Half of what was read was of before the command and half of after it: that fits no rule.
            return Optional.empty();
        }
        // What was read is of before the command if that was not begun even now.
        if (decided.isEmpty() || progress.hasBegun(offset)) {
            return Optional.empty();
        }
        if (!decided.get().events().isEmpty()) {
            inFlight.tell(offset, decided.get().after());
        }
        return decided.map(rules::outcome);
    }

    /** @return whether a state was foreseen that the stores do not have yet */
    public boolean owes() {
        return owed(any -> true).isPresent();
    }

    /** What is known here and may not be in the stores, also after they were left. */
    InFlight inFlight() {
        return inFlight;
    }

    /** @return whether the stores have in time, and before the partition is closed, all that was foreseen before this call */
    public boolean awaitForeseen(Duration patience) throws InterruptedException {
        long owed = inFlight.owedUpTo();
        if (owed <= stored.next()) {
            return true;
        }
        try (var hurry = pace.hurry()) {
            hurry.begin();
            return stored.await(owed, patience);
        }
    }

    private Optional<ConnectorState> owed(Predicate<ConnectorState> which) {
        return inFlight.owed(stored.next(), which);
    }

    /** @return the offset of the next command; negative when none was processed since the partition was opened */
    public long position() {
        return progress.next();
    }

    /** Everything before this offset of the command topic is processed and can be read here. */
    public void reached(long offset) {
        stored(offset);
        progress.reached(offset);
        inFlight.done(offset);
    }

    /** What everything before this offset led to can be read here. */
    void stored(long offset) {
        stored.reached(offset);
    }

    /** @return whether everything before this offset of the command topic was processed in time, and before the partition was closed */
    public boolean await(long offset, Duration patience) throws InterruptedException {
        try (var hurry = pace.hurry()) {
            if (progress.next() < offset) {
                hurry.begin();
            }
            return progress.await(offset, patience);
        }
    }

    /** Nobody need wait for it any longer. */
    void closed() {
        progress.closed();
        stored.closed();
    }

    /** To be called around every change of the stores. */
    void change(ConnectorState after, Runnable write) {
        var count = changes.computeIfAbsent(after.key().clusterKey().toString(), cluster -> new AtomicLong());
        count.incrementAndGet();
        write.run();
        states.put(after.key().toString(), Optional.of(after));
        count.incrementAndGet();
    }

    private static int weight(String key, Optional<ConnectorState> state) {
        long characters = OVERHEAD_CHARACTERS
                + key.length()
                + state.map(OpenPartition::characters).orElse(0L);
        return (int) Math.min(characters, Integer.MAX_VALUE);
    }

    private static long characters(ConnectorState state) {
        long characters = 0;
        for (var entry : state.config().values().entrySet()) {
            characters += entry.getKey().length() + entry.getValue().length();
        }
        for (Operation operation : state.operations()) {
            characters += OVERHEAD_CHARACTERS / 5 + length(operation.offsets());
        }
        if (state.status() != null) {
            characters += length(state.status().trace());
            for (TaskStatus task : state.status().tasks()) {
                characters += OVERHEAD_CHARACTERS / 5 + length(task.trace());
            }
        }
        if (state.drift() != null) {
            for (ConfigDifference differs : state.drift().difference().config()) {
                characters += OVERHEAD_CHARACTERS / 5 + differs.key().length();
            }
        }
        return characters;
    }

    private static int length(String text) {
        return text == null ? 0 : text.length();
    }
}
