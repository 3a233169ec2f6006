package io.signalbox.processor.topology;

import io.signalbox.processor.domain.ConfigVersion;
import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.ConnectorStatus;
import io.signalbox.processor.domain.HistoryEntry;
import io.signalbox.processor.domain.ObservedOffsets;
import io.signalbox.processor.domain.PipelineState;
import io.signalbox.processor.domain.StoredSecret;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** The stores of a task, which are those of the partition that it processes. */
record TaskStores(
        ReadOnlyKeyValueStore<String, ConnectorState> connectors,
        ReadOnlyKeyValueStore<String, ConnectorStatus> statuses,
        ReadOnlyKeyValueStore<String, ObservedOffsets> offsets,
        ReadOnlyKeyValueStore<byte[], ConfigVersion> configs,
        ReadOnlyKeyValueStore<byte[], HistoryEntry> history,
        ReadOnlyKeyValueStore<String, StoredSecret> secrets,
        ReadOnlyKeyValueStore<byte[], byte[]> quotas,
        ReadOnlyKeyValueStore<String, PipelineState> pipelines)
        implements PartitionStores {

    /** Where stores are found by their names. */
    interface Source {

        <S extends StateStore> S store(String name);
    }

    static TaskStores of(Source source) {
        return new TaskStores(
                source.store(StoreName.CONNECTORS),
                source.store(StoreName.STATUSES),
                source.store(StoreName.OFFSETS),
                source.store(StoreName.CONFIGS),
                source.store(StoreName.HISTORY),
                source.store(StoreName.SECRETS),
                source.store(StoreName.QUOTAS),
                source.store(StoreName.PIPELINES));
    }
}
