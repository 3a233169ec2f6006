package io.signalbox.api.query;

import io.signalbox.processor.topology.OpenPartitions;
import io.signalbox.processor.topology.PartitionStores;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.errors.StreamsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The copies of partitions that other replicas own, for readers who cannot reach the owner, and how old they can be. */
public final class Standbys implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Standbys.class);

    private static final long EVERY_MS = 1_000;

    /** While partitions move or copies are made, one that has become whole is wanted at once: its owner may be gone by then. */
    private static final long TICK_MS = 200;

    private final KafkaStreams streams;
    private final OpenPartitions open;
    private final LongSupplier nanoClock;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("signalbox-standbys").daemon().factory());
    private final Looks looks = new Looks();

    /** What was open when it was looked last. */
    private volatile Map<Integer, Object> seen = Map.of();

    /** Of the timer. */
    private int ticks;

    /** @param nanoClock as {@link System#nanoTime()} */
    public Standbys(KafkaStreams streams, OpenPartitions open, LongSupplier nanoClock) {
        this.streams = streams;
        this.open = open;
        this.nanoClock = nanoClock;
    }

    public void start() {
        timer.scheduleWithFixedDelay(this::lookIfDue, TICK_MS, TICK_MS, TimeUnit.MILLISECONDS);
    }

    /**
     * @throws InvalidStateStoreException when this replica has no copy of the partition, or one that just begins or lacks what
     *     this replica has answered: what that one lacks may be of any age
     */
    PartitionStores copy(int partition) {
        since(partition);
        if (seen.get(partition) != open.incarnation(partition).orElse(null)) {
            throw new InvalidStateStoreException(
                    "Nobody looked how whole the copy of partition " + partition + " is yet");
        }
        return open.copy(partition);
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
        if (ticks * TICK_MS >= EVERY_MS || streams.state() == KafkaStreams.State.REBALANCING || someAreUnknown()) {
            ticks = 0;
            look();
        }
    }

    private boolean someAreUnknown() {
        var opened = open.incarnations();
        return !opened.equals(seen) || !looks.know(opened.keySet());
    }

    private void look() {
        try {
            if (!streams.state().isRunningOrRebalancing()) {
                return;
            }
            // Before: what is appended or opened while it is asked for may be missing in what it says.
            long now = nanoClock.getAsLong();
            var opened = open.incarnations();
            Map<String, Map<Integer, Looks.Position>> changelogs = new HashMap<>();
            streams.allLocalStorePartitionLags().forEach((store, lags) -> {
                Map<Integer, Looks.Position> positions = new HashMap<>();
                lags.forEach((partition, lag) -> positions.put(
                        partition, new Looks.Position(lag.currentOffsetPosition(), lag.endOffsetPosition())));
                changelogs.put(store, positions);
            });
            looks.add(now, changelogs);
            seen = opened;
        } catch (StreamsException | IllegalStateException e) {
            // Kafka is away, or Streams is closing: the copies grow older, which is what is told.
            LOG.debug("standbys result=unknown", e);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
