package io.signalbox.processor.topology;

import io.signalbox.processor.codec.StoreSerde;
import io.signalbox.processor.domain.AccessKey;
import io.signalbox.processor.domain.ClusterState;
import io.signalbox.processor.domain.ConfigVersion;
import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.ConnectorStatus;
import io.signalbox.processor.domain.HistoryEntry;
import io.signalbox.processor.domain.ObservedOffsets;
import io.signalbox.processor.domain.PipelineState;
import io.signalbox.processor.domain.StoredSecret;
import io.signalbox.schemas.Topic;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** How each store is built: RocksDB, changelogged, without a cache in front, since every write is to be seen at once. */
final class StoreCatalogue {

    private static final Map<String, String> CHANGELOG =
            Map.of("max.message.bytes", Integer.toString(Topic.MAX_MESSAGE_BYTES));

    private StoreCatalogue() {}

    /** @param open told which stores are open */
    static List<StoreBuilder<?>> all(OpenPartitions open) {
        return List.of(
                tracked(keyed(StoreName.CONNECTORS, ConnectorState.class), open),
                tracked(keyed(StoreName.STATUSES, ConnectorStatus.class), open),
                tracked(keyed(StoreName.OFFSETS, ObservedOffsets.class), open),
                tracked(keyed(StoreName.CLUSTERS, ClusterState.class), open),
                tracked(keyed(StoreName.ACCESS_KEYS, AccessKey.class), open),
                tracked(keyed(StoreName.SECRETS, StoredSecret.class), open),
                tracked(keyed(StoreName.PIPELINES, PipelineState.class), open),
                tracked(ranged(StoreName.CONFIGS, ConfigVersion.class), open),
                tracked(ranged(StoreName.HISTORY, HistoryEntry.class), open),
                tracked(raw(StoreName.OUTCOMES), open),
                tracked(raw(StoreName.QUOTAS), open));
    }

    private static <K, V> StoreBuilder<?> tracked(StoreBuilder<KeyValueStore<K, V>> builder, OpenPartitions open) {
        return new TrackedStoreBuilder<>(builder, open);
    }

    /** Of several kinds of records. */
    private static StoreBuilder<KeyValueStore<byte[], byte[]>> raw(String name) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.ByteArray(), Serdes.ByteArray())
                .withCachingDisabled()
                .withLoggingEnabled(CHANGELOG);
    }

    /** Under keys of its own making, so that what belongs together is one range. */
    private static <T extends Record> StoreBuilder<KeyValueStore<byte[], T>> ranged(String name, Class<T> type) {
        return Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(name), Serdes.ByteArray(), StoreSerde.of(type))
                .withCachingDisabled()
                .withLoggingEnabled(CHANGELOG);
    }

    private static <T extends Record> StoreBuilder<KeyValueStore<String, T>> keyed(String name, Class<T> type) {
        Serde<T> values = StoreSerde.of(type);
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.String(), values)
                .withCachingDisabled()
                .withLoggingEnabled(CHANGELOG);
    }
}
