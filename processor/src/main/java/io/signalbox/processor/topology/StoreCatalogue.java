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
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** How each store is built: RocksDB, changelogged, without a cache in front, since every write is to be seen at once. */
final class StoreCatalogue {

    private static final Map<String, String> CHANGELOG =
            Map.of("max.message.bytes", Integer.toString(Topic.MAX_MESSAGE_BYTES));

    private StoreCatalogue() {}

    static List<StoreBuilder<?>> all() {
        return List.of(
                keyed(StoreName.CONNECTORS, ConnectorState.class),
                keyed(StoreName.STATUSES, ConnectorStatus.class),
                keyed(StoreName.OFFSETS, ObservedOffsets.class),
                keyed(StoreName.CLUSTERS, ClusterState.class),
                keyed(StoreName.ACCESS_KEYS, AccessKey.class),
                keyed(StoreName.SECRETS, StoredSecret.class),
                keyed(StoreName.PIPELINES, PipelineState.class),
                ranged(StoreName.CONFIGS, ConfigVersion.class),
                ranged(StoreName.HISTORY, HistoryEntry.class),
                raw(StoreName.OUTCOMES),
                raw(StoreName.QUOTAS));
    }

    /** Of several kinds of records. */
    private static StoreBuilder<?> raw(String name) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.ByteArray(), Serdes.ByteArray())
                .withCachingDisabled()
                .withLoggingEnabled(CHANGELOG);
    }

    /** Under keys of its own making, so that what belongs together is one range. */
    private static <T extends Record> StoreBuilder<?> ranged(String name, Class<T> type) {
        return Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(name), Serdes.ByteArray(), StoreSerde.of(type))
                .withCachingDisabled()
                .withLoggingEnabled(CHANGELOG);
    }

    private static <T extends Record> StoreBuilder<?> keyed(String name, Class<T> type) {
        Serde<T> values = StoreSerde.of(type);
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.String(), values)
                .withCachingDisabled()
                .withLoggingEnabled(CHANGELOG);
    }
}
