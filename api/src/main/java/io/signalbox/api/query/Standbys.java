package io.signalbox.api.query;

import io.signalbox.processor.domain.ConfigVersion;
import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.ConnectorStatus;
import io.signalbox.processor.domain.HistoryEntry;
import io.signalbox.processor.domain.ObservedOffsets;
import io.signalbox.processor.domain.PipelineState;
import io.signalbox.processor.domain.StoredSecret;
import io.signalbox.processor.topology.PartitionStores;
import io.signalbox.processor.topology.StoreName;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The copies of partitions that other replicas own, for readers who cannot reach the owner, and how old they can be. */
public final class Standbys implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Standbys.class);

    private static final long EVERY_MS = 1_000;

    /** While partitions move, a copy that has become complete is wanted at once. */
    private static final long TICK_MS = 200;

    private record Copy(
            ReadOnlyKeyValueStore<String, ConnectorState> connectors,
            ReadOnlyKeyValueStore<String, ConnectorStatus> statuses,
            ReadOnlyKeyValueStore<String, ObservedOffsets> offsets,
            ReadOnlyKeyValueStore<byte[], ConfigVersion> configs,
            ReadOnlyKeyValueStore<byte[], HistoryEntry> history,
            ReadOnlyKeyValueStore<String, StoredSecret> secrets,
            ReadOnlyKeyValueStore<byte[], byte[]> quotas,
            ReadOnlyKeyValueStore<String, PipelineState> pipelines)
            implements PartitionStores {}

    private final KafkaStreams streams;
    private final LongSupplier nanoClock;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("signalbox-standbys").daemon().factory());
    private final Looks looks = new Looks();

    /** Of the timer. */
    private int ticks;

    /** @param nanoClock as {@link System#nanoTime()} */
    public Standbys(KafkaStreams streams, LongSupplier nanoClock) {
        this.streams = streams;
        this.nanoClock = nanoClock;
    }

    public void start() {
        timer.scheduleWithFixedDelay(this::lookIfDue, TICK_MS, TICK_MS, TimeUnit.MILLISECONDS);
    }

    /**
     * @throws InvalidStateStoreException when this replica has no copy of the partition, or one that just begins: what that
     *     one lacks may be of any age
     */
    PartitionStores copy(int partition) {
        since(partition);
        return new Copy(
                store(StoreName.CONNECTORS, partition),
                store(StoreName.STATUSES, partition),
                store(StoreName.OFFSETS, partition),
                store(StoreName.CONFIGS, partition),
                store(StoreName.HISTORY, partition),
                store(StoreName.SECRETS, partition),
                store(StoreName.QUOTAS, partition),
                store(StoreName.PIPELINES, partition));
    }

    /**
     * @return since when, at most, something may have happened that the copy does not have
     * @throws InvalidStateStoreException as {@link #copy}
     */
    Duration age(int partition) {
        return Duration.ofNanos(nanoClock.getAsLong() - since(partition));
    }

    private long since(int partition) {
        return looks.since(partition)
                .orElseThrow(
                        () -> new InvalidStateStoreException("No whole copy of partition " + partition + " is here"));
    }

    private void lookIfDue() {
        ticks++;
        if (ticks * TICK_MS >= EVERY_MS || streams.state() == KafkaStreams.State.REBALANCING) {
            ticks = 0;
            look();
        }
    }

    private void look() {
        try {
            if (!streams.state().isRunningOrRebalancing()) {
                return;
            }
            // Before: what is appended while it is asked for may be missing in what it says.
            long now = nanoClock.getAsLong();
            Map<String, Map<Integer, Looks.Position>> changelogs = new HashMap<>();
            streams.allLocalStorePartitionLags().forEach((store, lags) -> {
                Map<Integer, Looks.Position> positions = new HashMap<>();
                lags.forEach((partition, lag) -> positions.put(
                        partition, new Looks.Position(lag.currentOffsetPosition(), lag.endOffsetPosition())));
                changelogs.put(store, positions);
            });
            looks.add(now, changelogs);
        } catch (StreamsException | IllegalStateException e) {
            // Kafka is away, or Streams is closing: the copies grow older, which is what is told.
            LOG.debug("standbys result=unknown", e);
        }
    }

    private <K, V> ReadOnlyKeyValueStore<K, V> store(String name, int partition) {
        return streams.store(StoreQueryParameters.fromNameAndType(name, QueryableStoreTypes.<K, V>keyValueStore())
                .withPartition(partition)
                .enableStaleStores());
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
