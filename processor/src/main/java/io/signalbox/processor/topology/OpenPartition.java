package io.signalbox.processor.topology;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.signalbox.processor.domain.ConfigDifference;
import io.signalbox.processor.domain.ConfigVersion;
import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.ConnectorStatus;
import io.signalbox.processor.domain.HistoryEntry;
import io.signalbox.processor.domain.ObservedOffsets;
import io.signalbox.processor.domain.Operation;
import io.signalbox.processor.domain.PipelineState;
import io.signalbox.processor.domain.StoredSecret;
import io.signalbox.processor.domain.TaskStatus;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * One partition that this process owns and has restored, for readers: its stores, the states that were asked for lately,
 * and how often the connectors of each cluster changed. Written by the partition's own processor, read by many threads.
 */
public final class OpenPartition implements PartitionStores {

    /** In characters, so that some hundred partitions stay within the heap whatever is in them. */
    private static final long CACHED_CHARACTERS = 1L << 20;

    private static final int OVERHEAD_CHARACTERS = 500;

    private final String incarnation;
    private final PartitionStores stores;
    private final Progress progress = new Progress();
    private final Map<String, AtomicLong> changes = new ConcurrentHashMap<>();
    private final Cache<String, ConnectorState> states = Caffeine.newBuilder()
            .maximumWeight(CACHED_CHARACTERS)
            .weigher(OpenPartition::weight)
            .executor(Runnable::run)
            .build();

    /** @param incarnation a name that no other one, here or elsewhere, ever had */
    OpenPartition(String incarnation, PartitionStores stores) {
        this.incarnation = incarnation;
        this.stores = stores;
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

    @Override
    public Optional<ConnectorState> find(String key) {
        // While it reads, the processor's own put of the same key waits, and comes last.
        return Optional.ofNullable(states.get(key, this::read));
    }

    /**
     * A name for what the connectors of a cluster were at this moment: as long as it is the same, so are they.
     *
     * @param cluster the cluster's key
     * @return empty in the moment in which one of them changes
     */
    public Optional<String> version(String cluster) {
        var count = changes.get(cluster);
        long now = count == null ? 0 : count.get();
        return now % 2 == 0 ? Optional.of(incarnation + ":" + now) : Optional.empty();
    }

    /** @return the offset of the next command; negative when none was processed since the partition was opened */
    public long position() {
        return progress.next();
    }

    /** Everything before this offset of the command topic is processed and can be read here. */
    public void reached(long offset) {
        progress.reached(offset);
    }

    /** @return whether everything before this offset of the command topic was processed in time */
    public boolean await(long offset, Duration patience) throws InterruptedException {
        return progress.await(offset, patience);
    }

    /** To be called around every change of the stores. */
    void change(ConnectorState after, Runnable write) {
        var count = changes.computeIfAbsent(after.key().clusterKey().toString(), cluster -> new AtomicLong());
        count.incrementAndGet();
        write.run();
        states.put(after.key().toString(), after);
        count.incrementAndGet();
    }

    private ConnectorState read(String key) {
        return PartitionStores.super.find(key).orElse(null);
    }

    private static int weight(String key, ConnectorState state) {
        long characters = OVERHEAD_CHARACTERS + key.length();
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
        return (int) Math.min(characters, Integer.MAX_VALUE);
    }

    private static int length(String text) {
        return text == null ? 0 : text.length();
    }
}
