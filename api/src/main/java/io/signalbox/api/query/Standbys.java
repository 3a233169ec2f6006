package io.signalbox.api.query;

import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.ConnectorStatus;
import io.signalbox.processor.domain.ObservedOffsets;
import io.signalbox.processor.topology.PartitionStores;
import io.signalbox.processor.topology.StoreName;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.LagInfo;
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
    private static final int REMEMBERED = 300;

    /** A transaction's marker takes an offset and holds nothing to copy. */
    private static final long MARKER = 1;

    private record Copy(
            ReadOnlyKeyValueStore<String, ConnectorState> connectors,
            ReadOnlyKeyValueStore<String, ConnectorStatus> statuses,
            ReadOnlyKeyValueStore<String, ObservedOffsets> offsets)
            implements PartitionStores {}

    /** How far each changelog was at a moment: by store and partition. */
    private record Look(long nanos, Map<String, Map<Integer, LagInfo>> changelogs) {

        /** @return null when this replica has no such copy */
        LagInfo of(String store, int partition) {
            return changelogs.getOrDefault(store, Map.of()).get(partition);
        }
    }

    private final KafkaStreams streams;
    private final LongSupplier nanoClock;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("signalbox-standbys").daemon().factory());
    private final Deque<Look> looks = new ArrayDeque<>();
    private final long born;

    /** @param nanoClock as {@link System#nanoTime()} */
    public Standbys(KafkaStreams streams, LongSupplier nanoClock) {
        this.streams = streams;
        this.nanoClock = nanoClock;
        born = nanoClock.getAsLong();
    }

    public void start() {
        timer.scheduleWithFixedDelay(this::look, EVERY_MS, EVERY_MS, TimeUnit.MILLISECONDS);
    }

    /** @throws InvalidStateStoreException when this replica has no copy of the partition */
    PartitionStores copy(int partition) {
        return new Copy(
                store(StoreName.CONNECTORS, partition),
                store(StoreName.STATUSES, partition),
                store(StoreName.OFFSETS, partition));
    }

    /** @return since when, at most, something may have happened that the copy does not have */
    Duration age(int partition) {
        synchronized (looks) {
            long connectors = current(StoreName.CONNECTORS, partition);
            long statuses = current(StoreName.STATUSES, partition);
            long since = born;
            for (Look look : looks) {
                if (reached(look, StoreName.CONNECTORS, partition, connectors)
                        && reached(look, StoreName.STATUSES, partition, statuses)) {
                    since = look.nanos();
                }
            }
            return Duration.ofNanos(nanoClock.getAsLong() - since);
        }
    }

    private long current(String store, int partition) {
        var lag = looks.isEmpty() ? null : looks.getLast().of(store, partition);
        return lag == null ? -1 : lag.currentOffsetPosition();
    }

    private static boolean reached(Look look, String store, int partition, long current) {
        var then = look.of(store, partition);
        return then != null && current + MARKER >= then.endOffsetPosition();
    }

    private void look() {
        try {
            if (!streams.state().isRunningOrRebalancing()) {
                return;
            }
            var look = new Look(nanoClock.getAsLong(), streams.allLocalStorePartitionLags());
            synchronized (looks) {
                looks.addLast(look);
                if (looks.size() > REMEMBERED) {
                    looks.removeFirst();
                }
            }
        } catch (StreamsException | IllegalStateException e) {
            // Kafka is away, or Streams is closing: the copies grow older, which is what is told.
            LOG.debug("standbys result=unknown", e);
        }
    }

    private <V> ReadOnlyKeyValueStore<String, V> store(String name, int partition) {
        return streams.store(StoreQueryParameters.fromNameAndType(name, QueryableStoreTypes.<String, V>keyValueStore())
                .withPartition(partition)
                .enableStaleStores());
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
