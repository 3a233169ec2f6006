package io.signalbox.processor.topology;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The partitions that this process owns and has restored, for readers. The same stores that {@code KafkaStreams.store}
 * gives, without its search through all threads and tasks at every read, which cost more than the read itself. Safe for use
 * by many threads; a store that was closed meanwhile says so with an
 * {@link org.apache.kafka.streams.errors.InvalidStateStoreException}.
 */
public final class OpenPartitions {

    private final Map<Integer, OpenPartition> byPartition = new ConcurrentHashMap<>();

    private final Supplier<String> names;

    /** @param names gives a name that was never given before, by any process */
    public OpenPartitions(Supplier<String> names) {
        this.names = names;
    }

    OpenPartition open(int number, PartitionStores stores) {
        var partition = new OpenPartition(names.get(), stores);
        byPartition.put(number, partition);
        return partition;
    }

    /** No-op when another task of the same partition was opened since. */
    void closed(int number, OpenPartition partition) {
        byPartition.remove(number, partition);
    }

    /** @return empty when the partition is not owned here, or not restored yet */
    public Optional<OpenPartition> find(int number) {
        return Optional.ofNullable(byPartition.get(number));
    }
}
