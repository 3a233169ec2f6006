package io.signalbox.api.query;

import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.ConnectorStatus;
import io.signalbox.processor.domain.Phase;
import io.signalbox.processor.topology.StoreName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** Reads from the partitions that this replica owns; what it does not own is an {@link InvalidStateStoreException}. */
public final class LocalStores {

    private record Partition(
            ReadOnlyKeyValueStore<String, ConnectorState> connectors,
            ReadOnlyKeyValueStore<String, ConnectorStatus> statuses) {}

    private final KafkaStreams streams;
    private final AtomicReferenceArray<Partition> partitions;

    public LocalStores(KafkaStreams streams, int partitionCount) {
        this.streams = streams;
        this.partitions = new AtomicReferenceArray<>(partitionCount);
    }

    /** @throws InvalidStateStoreException when the partition is not owned or not ready here */
    public Optional<ConnectorState> find(int partition, String key) {
        return read(partition, stores -> {
            var state = stores.connectors.get(key);
            return state == null ? Optional.empty() : Optional.of(state.withStatus(stores.statuses.get(key)));
        });
    }

    /**
     * @param prefix of the keys, {@code environment/cluster/}
     * @return the active ones, in the order of their keys
     * @throws InvalidStateStoreException when the partition is not owned or not ready here
     */
    public List<ConnectorState> list(int partition, String prefix) {
        return read(partition, stores -> {
            Map<String, ConnectorStatus> statuses = new HashMap<>();
            try (var found = stores.statuses.prefixScan(prefix, new StringSerializer())) {
                found.forEachRemaining(entry -> statuses.put(entry.key, entry.value));
            }
            List<ConnectorState> states = new ArrayList<>();
            try (var found = stores.connectors.prefixScan(prefix, new StringSerializer())) {
                found.forEachRemaining(entry -> {
                    if (entry.value.phase() == Phase.ACTIVE) {
                        states.add(entry.value.withStatus(statuses.get(entry.key)));
                    }
                });
            }
            return states;
        });
    }

    private <T> T read(int partition, Function<Partition, T> work) {
        var known = partitions.get(partition);
        if (known != null) {
            try {
                return work.apply(known);
            } catch (InvalidStateStoreException movedOrClosed) {
                partitions.set(partition, null);
            }
        }
        var opened = open(partition);
        var answer = work.apply(opened);
        partitions.set(partition, opened);
        return answer;
    }

    private Partition open(int partition) {
        return new Partition(store(StoreName.CONNECTORS, partition), store(StoreName.STATUSES, partition));
    }

    private <V> ReadOnlyKeyValueStore<String, V> store(String name, int partition) {
        return streams.store(StoreQueryParameters.fromNameAndType(name, QueryableStoreTypes.<String, V>keyValueStore())
                .withPartition(partition));
    }
}
