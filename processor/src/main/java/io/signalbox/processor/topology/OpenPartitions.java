package io.signalbox.processor.topology;

import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.ConnectorStatus;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * The stores of the partitions that this process owns and has restored, for readers. The same stores that
 * {@code KafkaStreams.store} gives, without its search through all threads and tasks at every read, which cost more than the
 * read itself. Safe for use by many threads; a store that was closed meanwhile says so with an
 * {@link org.apache.kafka.streams.errors.InvalidStateStoreException}.
 */
public final class OpenPartitions {

    /** The read-only face of one partition's stores. */
    public record Stores(
            ReadOnlyKeyValueStore<String, ConnectorState> connectors,
            ReadOnlyKeyValueStore<String, ConnectorStatus> statuses) {}

    private final Map<Integer, Stores> byPartition = new ConcurrentHashMap<>();

    void opened(int partition, Stores stores) {
        byPartition.put(partition, stores);
    }

    /** No-op when another task of the same partition was opened since. */
    void closed(int partition, Stores stores) {
        byPartition.remove(partition, stores);
    }

    /** @return empty when the partition is not owned here, or not restored yet */
    public Optional<Stores> find(int partition) {
        return Optional.ofNullable(byPartition.get(partition));
    }
}
