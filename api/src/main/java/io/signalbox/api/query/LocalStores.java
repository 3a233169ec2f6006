package io.signalbox.api.query;

import io.signalbox.processor.domain.ClusterKey;
import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.ObservedOffsets;
import io.signalbox.processor.topology.OpenPartition;
import io.signalbox.processor.topology.OpenPartitions;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.errors.InvalidStateStoreException;

/** Reads from the partitions that this replica owns; what it does not own is an {@link InvalidStateStoreException}. */
public final class LocalStores {

    private final OpenPartitions open;

    public LocalStores(OpenPartitions open) {
        this.open = open;
    }

    /** @throws InvalidStateStoreException when the partition is not owned or not ready here */
    public Optional<ConnectorState> find(int partition, String key) {
        return partition(partition).find(key);
    }

    /**
     * @return those of one partition, in the order of their keys
     * @throws InvalidStateStoreException when the partition is not owned or not ready here
     */
    public List<ConnectorState> list(int partition, ClusterKey cluster, Selection selection) {
        return Merge.of(List.of(cursor(partition, cluster, selection.after())), selection);
    }

    /**
     * @return as {@link OpenPartition#version}
     * @throws InvalidStateStoreException when the partition is not owned or not ready here
     */
    public Optional<String> version(int partition, ClusterKey cluster) {
        return partition(partition).version(cluster.toString());
    }

    /**
     * @return the offsets as they were last read; empty when they were not, or belong to an earlier incarnation
     * @throws InvalidStateStoreException when the partition is not owned or not ready here
     */
    public Optional<ObservedOffsets> offsets(int partition, String key) {
        var open = partition(partition);
        return open.find(key)
                .flatMap(state -> Optional.ofNullable(open.offsets().get(key))
                        .filter(offsets -> offsets.uid().equals(state.uid())));
    }

    Cursor cursor(int partition, ClusterKey cluster, String after) {
        // What follows "/" is "0"; and what follows a name is that name and the least character.
        String from = after == null ? cluster + "/" : cluster + "/" + after + "\0";
        return new StoreCursor(partition(partition), from, cluster + "0");
    }

    private OpenPartition partition(int number) {
        return open.find(number)
                .orElseThrow(() -> new InvalidStateStoreException("Partition " + number + " is not open here"));
    }
}
