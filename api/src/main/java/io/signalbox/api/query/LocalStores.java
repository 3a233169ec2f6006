package io.signalbox.api.query;

import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.ConnectorStatus;
import io.signalbox.processor.domain.Phase;
import io.signalbox.processor.topology.OpenPartitions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.errors.InvalidStateStoreException;

/** Reads from the partitions that this replica owns; what it does not own is an {@link InvalidStateStoreException}. */
public final class LocalStores {

    private final OpenPartitions open;

    public LocalStores(OpenPartitions open) {
        this.open = open;
    }

    /** @throws InvalidStateStoreException when the partition is not owned or not ready here */
    public Optional<ConnectorState> find(int partition, String key) {
        var stores = stores(partition);
        var state = stores.connectors().get(key);
        return state == null
                ? Optional.empty()
                : Optional.of(state.withStatus(stores.statuses().get(key)));
    }

    /**
     * @param prefix of the keys, {@code environment/cluster/}
     * @return the active ones, in the order of their keys
     * @throws InvalidStateStoreException when the partition is not owned or not ready here
     */
    public List<ConnectorState> list(int partition, String prefix) {
        var stores = stores(partition);
        Map<String, ConnectorStatus> statuses = new HashMap<>();
        try (var found = stores.statuses().prefixScan(prefix, new StringSerializer())) {
            found.forEachRemaining(entry -> statuses.put(entry.key, entry.value));
        }
        List<ConnectorState> states = new ArrayList<>();
        try (var found = stores.connectors().prefixScan(prefix, new StringSerializer())) {
            found.forEachRemaining(entry -> {
                if (entry.value.phase() == Phase.ACTIVE) {
                    states.add(entry.value.withStatus(statuses.get(entry.key)));
                }
            });
        }
        return states;
    }

    private OpenPartitions.Stores stores(int partition) {
        return open.find(partition)
                .orElseThrow(() -> new InvalidStateStoreException("Partition " + partition + " is not open here"));
    }
}
