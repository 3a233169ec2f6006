package io.signalbox.processor.topology;

import io.signalbox.processor.domain.ConfigVersion;
import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.ConnectorStatus;
import io.signalbox.processor.domain.HistoryEntry;
import io.signalbox.processor.domain.ObservedOffsets;
import io.signalbox.processor.domain.PipelineState;
import io.signalbox.processor.domain.StoredSecret;
import org.apache.kafka.streams.processor.api.ProcessorContext;
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

    static TaskStores of(ProcessorContext<?, ?> context) {
        return new TaskStores(
                context.getStateStore(StoreName.CONNECTORS),
                context.getStateStore(StoreName.STATUSES),
                context.getStateStore(StoreName.OFFSETS),
                context.getStateStore(StoreName.CONFIGS),
                context.getStateStore(StoreName.HISTORY),
                context.getStateStore(StoreName.SECRETS),
                context.getStateStore(StoreName.QUOTAS),
                context.getStateStore(StoreName.PIPELINES));
    }
}
