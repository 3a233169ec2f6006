package io.signalbox.processor.topology;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.processor.StateStore;

/**
 * What can be read in this process: the partitions that it owns and has restored, and the stores of all that it has, copies
 * among them. The same stores that {@code KafkaStreams.store} gives, without its search through all threads and tasks at
 * every read, which cost more than the read itself; and also while a task turns from a copy into an owner or back, when
 * Kafka Streams has it in no list for as long as it opens the stores of others, which takes seconds. Safe for use by many
 * threads; a store that was closed meanwhile says so with an {@link InvalidStateStoreException}.
 */
public final class OpenPartitions {

    private record Place(int partition, String store) {}

    private final Map<Integer, OpenPartition> byPartition = new ConcurrentHashMap<>();
    private final Map<Place, StateStore> stores = new ConcurrentHashMap<>();

    /** Of the partitions that were left: what somebody was told here before, and only their next owner processes. */
    private final Map<Integer, InFlight> left = new ConcurrentHashMap<>();

    private final Supplier<String> names;
    private final CommandPace pace = new CommandPace();

    /** @param names gives a name that was never given before, by any process */
    public OpenPartitions(Supplier<String> names) {
        this.names = names;
    }

    /** At which the commands for these partitions are taken in. */
    public CommandPace pace() {
        return pace;
    }

    OpenPartition open(int number, PartitionStores stores) {
        var partition = new OpenPartition(number, names.get(), stores, pace);
        byPartition.put(number, partition);
        return partition;
    }

    /** No-op when another task of the same partition was opened since. */
    void closed(int number, OpenPartition partition) {
        // Before: whoever does not find the partition any more finds what it leaves.
        left.put(number, partition.inFlight());
        byPartition.remove(number, partition);
        partition.closed();
    }

    void opened(int number, StateStore store) {
        stores.put(new Place(number, store.name()), store);
    }

    /** No-op when another task of the same partition opened its own since. */
    void closed(int number, StateStore store) {
        stores.remove(new Place(number, store.name()), store);
    }

    /** @return empty when the partition is not owned here, or not restored yet */
    public Optional<OpenPartition> find(int number) {
        return Optional.ofNullable(byPartition.get(number));
    }

    /**
     * What there is here of the partition, however old.
     *
     * @throws InvalidStateStoreException when there is nothing, or not all of it is open
     */
    public PartitionStores stores(int number) {
        return new Here(number).all();
    }

    /**
     * As {@link #stores}, for readers of a copy.
     *
     * @throws InvalidStateStoreException also when it lacks what somebody was told here
     */
    public PartitionStores copy(int number) {
        // An owner whose processor hangs knows that it is not what its callers were told.
        boolean owes = find(number).filter(OpenPartition::owes).isPresent();
        var copy = stores(number);
        var told = left.get(number);
        if (owes || told != null && !told.isIn(copy.connectors())) {
            throw new InvalidStateStoreException("Partition " + number + " lacks what was answered already");
        }
        return copy;
    }

    /** @return the same object as long as the stores of the partition are not closed; empty when they are not open here */
    public Optional<Object> incarnation(int number) {
        return Optional.ofNullable(stores.get(new Place(number, StoreName.CONNECTORS)));
    }

    /** @return by partition, what {@link #incarnation} gives for each that is open here */
    public Map<Integer, Object> incarnations() {
        Map<Integer, Object> found = new HashMap<>();
        stores.forEach((place, store) -> {
            if (place.store().equals(StoreName.CONNECTORS)) {
                found.put(place.partition(), store);
            }
        });
        return found;
    }

    /** The stores of one partition, by their names. */
    private final class Here {

        private final int partition;

        Here(int partition) {
            this.partition = partition;
        }

        TaskStores all() {
            return TaskStores.of(this::store);
        }

        // Each name has one type, which the catalogue gave it.
        @SuppressWarnings("unchecked")
        private <S extends StateStore> S store(String name) {
            var store = stores.get(new Place(partition, name));
            if (store == null) {
                throw new InvalidStateStoreException(
                        "The store " + name + " of partition " + partition + " is not open here");
            }
            return (S) store;
        }
    }
}
