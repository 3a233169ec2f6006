package io.signalbox.api.query;

import io.signalbox.processor.domain.ClusterKey;
import io.signalbox.processor.domain.HistoryEntry;
import io.signalbox.processor.domain.ObservedOffsets;
import io.signalbox.processor.domain.Quota;
import io.signalbox.processor.domain.QuotaUse;
import io.signalbox.processor.topology.HistoryView;
import io.signalbox.processor.topology.OpenPartition;
import io.signalbox.processor.topology.OpenPartitions;
import io.signalbox.processor.topology.PartitionStores;
import io.signalbox.processor.topology.QuotaView;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.KeyValueIterator;

/** The partitions that this replica owns, as far as they have to be; what it does not own is an {@link InvalidStateStoreException}. */
public final class LocalStores {

    /** Clearly less than another replica waits for us, who would take us for dead. */
    private static final Duration STORED = Duration.ofMillis(400);

    private final OpenPartitions open;
    private final ReadIndex index;

    public LocalStores(OpenPartitions open, ReadIndex index) {
        this.open = open;
        this.index = index;
    }

    /**
     * For what holds of a single state, which is known also while it is only foreseen.
     *
     * @param position the offset of the command topic before which everything must have been processed
     * @return empty when the partition is not owned or not ready here
     * @throws StoreUnavailableException when it does not get that far in time
     */
    Optional<OpenPartition> findOne(int partition, long position, Duration patience) {
        var found = open.find(partition);
        if (position > 0) {
            found.ifPresent(stores -> awaitPosition(partition, stores, position, patience));
        }
        return found;
    }

    /**
     * As {@link #findOne}, for what is read from the stores: they have all that anybody was told here before this call.
     *
     * @throws OwedException when they do not have it in time, which is short: nobody else has it
     */
    Optional<OpenPartition> find(int partition, long position, Duration patience) {
        var found = findOne(partition, position, patience);
        found.filter(OpenPartition::owes).ifPresent(stores -> awaitForeseen(partition, stores));
        return found;
    }

    /**
     * @throws InvalidStateStoreException when the partition is not owned or not ready here
     * @throws StoreUnavailableException when it does not get that far in time
     */
    OpenPartition getOne(int partition, long position, Duration patience) {
        return findOne(partition, position, patience).orElseThrow(() -> notOpen(partition));
    }

    /** As {@link #getOne} and {@link #find}. */
    OpenPartition get(int partition, long position, Duration patience) {
        return find(partition, position, patience).orElseThrow(() -> notOpen(partition));
    }

    private static InvalidStateStoreException notOpen(int partition) {
        return new InvalidStateStoreException("Partition " + partition + " is not open here");
    }

    private static void awaitForeseen(int partition, OpenPartition stores) {
        try {
            if (stores.awaitForeseen(STORED)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new OwedException("Partition " + partition + " does not have all that was answered yet");
    }

    private void awaitPosition(int partition, OpenPartition stores, long position, Duration patience) {
        if (stores.position() < 0) {
            // Nothing came since it was opened: then what was committed before is what it has.
            stores.reached(index.committed(partition, patience));
        }
        try {
            if (stores.await(position, patience)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new StoreUnavailableException(
                "Partition " + partition + " is not processed up to " + position + " yet", null);
    }

    /** @return empty when there are none, or they belong to an earlier incarnation */
    static Optional<ObservedOffsets> offsets(PartitionStores stores, String key, KnownOffsets which) {
        return stores.stored(key)
                .flatMap(state -> Optional.ofNullable(stores.offsets().get(which.storedUnder(key)))
                        .filter(offsets -> offsets.uid().equals(state.uid())));
    }

    static List<HistoryEntry> history(PartitionStores stores, String key, HistoryPage page) {
        return new HistoryView(stores, key).page(page.before(), page.limit(), page.observed());
    }

    /** @return empty when nothing is known from so early */
    static Optional<Then> then(PartitionStores stores, String key, Moment moment) {
        if (moment instanceof Moment.Revision r
                && stores.stored(key)
                        .filter(now -> now.revision() >= r.number())
                        .isEmpty()) {
            return Optional.empty();
        }
        var view = new HistoryView(stores, key);
        var entry = switch (moment) {
            case Moment.Revision r -> view.upTo(r.number());
            case Moment.Time t -> view.upTo(t.at());
        };
        if (entry.isPresent()) {
            long revision = entry.get().after().configRevision();
            return Optional.of(new Then(entry.get(), view.config(revision).orElse(null)));
        }
        var config = switch (moment) {
            case Moment.Revision r -> view.config(r.number());
            case Moment.Time t -> view.config(t.at());
        };
        return config.map(known -> new Then(null, known));
    }

    /** @return empty when the environment has none */
    static Optional<QuotaSeen> quota(PartitionStores stores, String environment) {
        return QuotaView.quota(stores.quotas(), environment)
                .filter(Quota::active)
                .map(quota -> new QuotaSeen(
                        quota,
                        QuotaView.use(stores.quotas(), environment)
                                .filter(QuotaUse::known)
                                .map(QuotaUse::used)
                                .orElse(null)));
    }

    /** Of all names that were ever used. */
    static KeyUse keyUse(PartitionStores stores) {
        try (var connectors = stores.connectors().all();
                var secrets = stores.secrets().all();
                var pipelines = stores.pipelines().all()) {
            return KeyUse.of(values(connectors), values(secrets)).plus(KeyUse.ofPipelines(values(pipelines)));
        }
    }

    /** To be gone through once. */
    private static <V> Iterable<V> values(KeyValueIterator<String, V> entries) {
        return () -> new Iterator<>() {
            @Override
            public boolean hasNext() {
                return entries.hasNext();
            }

            @Override
            public V next() {
                return entries.next().value;
            }
        };
    }

    /** In the order of the keys; to be closed. */
    static Cursor cursor(PartitionStores stores, ClusterKey cluster, String after) {
        // What follows "/" is "0"; and what follows a name is that name and the least character.
        String from = after == null ? cluster + "/" : cluster + "/" + after + "\0";
        return new StoreCursor(stores, from, cluster + "0");
    }
}
