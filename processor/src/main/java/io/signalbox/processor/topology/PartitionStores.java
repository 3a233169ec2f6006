package io.signalbox.processor.topology;

import io.signalbox.processor.domain.ConfigVersion;
import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.ConnectorStatus;
import io.signalbox.processor.domain.HistoryEntry;
import io.signalbox.processor.domain.ObservedOffsets;
import io.signalbox.processor.domain.PipelineState;
import io.signalbox.processor.domain.StoredSecret;
import java.util.Optional;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** The stores of one partition as a reader sees them: an owner's, or a standby's copy of them. */
public interface PartitionStores {

    /** Without their status. */
    ReadOnlyKeyValueStore<String, ConnectorState> connectors();

    ReadOnlyKeyValueStore<String, ConnectorStatus> statuses();

    /** As they were last read, of whatever incarnation. */
    ReadOnlyKeyValueStore<String, ObservedOffsets> offsets();

    /** Under {@link VersionKey}s. */
    ReadOnlyKeyValueStore<byte[], ConfigVersion> configs();

    /** See {@link HistoryView}. */
    ReadOnlyKeyValueStore<byte[], HistoryEntry> history();

    /** What is kept for configs to refer to, deleted ones among it. */
    ReadOnlyKeyValueStore<String, StoredSecret> secrets();

    /** See {@link QuotaView}. */
    ReadOnlyKeyValueStore<byte[], byte[]> quotas();

    /** Also those that are gone. */
    ReadOnlyKeyValueStore<String, PipelineState> pipelines();

    /** @return the state with its status; empty when the name was never used; an owner may know it before the stores */
    default Optional<ConnectorState> find(String key) {
        return stored(key);
    }

    /** As {@link #find}, from the stores, so that it fits what else is in them. */
    default Optional<ConnectorState> stored(String key) {
        return Optional.ofNullable(connectors().get(key))
                .map(state -> state.withStatus(statuses().get(key)));
    }
}
