package io.signalbox.processor.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.processor.codec.StoreSerde;
import io.signalbox.processor.domain.AccessKey;
import io.signalbox.processor.domain.AccessKeyId;
import io.signalbox.processor.domain.ClusterKey;
import io.signalbox.processor.domain.ClusterSpec;
import io.signalbox.processor.domain.ClusterState;
import io.signalbox.processor.domain.Command;
import io.signalbox.processor.domain.CommandOutcome;
import io.signalbox.processor.domain.Config;
import io.signalbox.processor.domain.ConfigVersion;
import io.signalbox.processor.domain.ConnectorKey;
import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.ConnectorStatus;
import io.signalbox.processor.domain.ConnectorType;
import io.signalbox.processor.domain.HistoryEntry;
import io.signalbox.processor.domain.ObservedOffsets;
import io.signalbox.processor.domain.PipelineKey;
import io.signalbox.processor.domain.PipelinePlan;
import io.signalbox.processor.domain.PipelineState;
import io.signalbox.processor.domain.QuotaKey;
import io.signalbox.processor.domain.RunState;
import io.signalbox.processor.domain.SecretId;
import io.signalbox.processor.domain.StoredSecret;
import io.signalbox.processor.domain.TargetState;
import io.signalbox.processor.domain.TaskStatus;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.StoreBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever takes over has nothing but the changelogs: from them it knows all that the one before it knew. */
class TakeoverTest {

    private static final ConnectorKey ORDERS = new ConnectorKey("default", "local", "orders");
    private static final Config CONFIG = Config.of(Map.of("connector.class", "FileStreamSource", "name", "orders"));

    /** By id, in this order; each would do something else, or be refused, if it were decided a second time. */
    private static final Map<String, Command> ASKED = new LinkedHashMap<>();

    static {
        ASKED.put("c1", new Command.CreateConnector(CONFIG, TargetState.RUNNING, ConnectorType.SOURCE, true));
        ASKED.put("c2", new Command.CreateConnector(CONFIG, TargetState.RUNNING, ConnectorType.SOURCE, true));
        ASKED.put("c3", new Command.PauseConnector());
        ASKED.put("c4", new Command.StopConnector());
        ASKED.put("c5", new Command.ResetOffsets());
        ASKED.put("c6", new Command.RestartConnector(false, false));
    }

    @TempDir
    Path first;

    @TempDir
    Path second;

    @Test
    void no_store_is_forgotten_here() {
        assertThat(stores().keySet())
                .containsExactlyInAnyOrderElementsOf(StoreCatalogue.all(new OpenPartitions(() -> "test")).stream()
                        .map(StoreBuilder::name)
                        .toList());
    }

    @Test
    void an_heir_that_has_the_changelogs_only_has_the_same_stores() {
        try (var before = new TopologyBench(first);
                var heir = new TopologyBench(second)) {
            live(before);
            restore(before, heir);
            for (String store : stores().keySet()) {
                assertThat(content(heir, store))
                        .as(store)
                        .isNotEmpty()
                        .usingRecursiveComparison()
                        .isEqualTo(content(before, store));
            }
        }
    }

    @Test
    void an_heir_that_has_the_changelogs_only_gives_the_answers_that_were_given_and_does_nothing_twice() {
        try (var before = new TopologyBench(first);
                var heir = new TopologyBench(second)) {
            Map<String, CommandOutcome> told = live(before);
            restore(before, heir);
            ASKED.forEach((id, command) -> {
                heir.send(ORDERS, id, command);
                assertThat(heir.outcomes()).as(id).containsExactly(told.get(id));
                assertThat(heir.events()).as(id).isEmpty();
            });
            heir.send(ORDERS, "c7", new Command.ResumeConnector());
            assertThat(heir.events())
                    .singleElement()
                    .satisfies(event -> assertThat(event.revision()).isEqualTo(revision(before) + 1));
        }
    }

    private static Map<String, CommandOutcome> live(TopologyBench bench) {
        ASKED.forEach((id, command) -> bench.send(ORDERS, id, command));
        var tasks = List.of(new TaskStatus(0, RunState.PAUSED, "w:8083", "1.0", null));
        var status = new ConnectorStatus(RunState.PAUSED, "w:8083", "1.0", null, ConnectorType.SOURCE, tasks);
        bench.send(ORDERS, "r1", new Command.ReportStatus("c1", 1L, status));
        bench.send(ORDERS, "r2", new Command.ReportOffsets("c1", "[]"));
        var spec = new ClusterSpec(List.of("http://localhost:8083"), null, null, ClusterSpec.Policies.DEFAULT);
        bench.send(new ClusterKey("default", "local"), "k1", new Command.RegisterCluster(spec));
        bench.send(new AccessKeyId("K1"), "a1", new Command.CreateAccessKey("ci", "a-hash", List.of("viewer")));
        bench.send(new SecretId("default", "local", "db"), "s1", new Command.CreateSecret("sealed", Map.of()));
        bench.send(new QuotaKey("lab"), "q1", new Command.SetQuota(10, null));
        var plan = new PipelinePlan(Config.of(Map.of("connector.class", "X")), null, false, null, false, true);
        bench.send(new PipelineKey("lab", "local", "p"), "p1", new Command.CreatePipeline("{}", plan));
        bench.deliver();
        Map<String, CommandOutcome> told = new LinkedHashMap<>();
        bench.outcomes().forEach(outcome -> told.put(outcome.commandId(), outcome));
        return told;
    }

    private static long revision(TopologyBench bench) {
        return bench.driver
                .<String, ConnectorState>getKeyValueStore(StoreName.CONNECTORS)
                .get(ORDERS.toString())
                .revision();
    }

    private record Types<K, V>(Serde<K> keys, Serde<V> values) {}

    private static Map<String, Types<?, ?>> stores() {
        Map<String, Types<?, ?>> stores = new LinkedHashMap<>(Map.of(
                StoreName.CONNECTORS, new Types<>(Serdes.String(), StoreSerde.of(ConnectorState.class)),
                StoreName.QUOTAS, new Types<>(Serdes.ByteArray(), Serdes.ByteArray()),
                StoreName.STATUSES, new Types<>(Serdes.String(), StoreSerde.of(ConnectorStatus.class)),
                StoreName.OFFSETS, new Types<>(Serdes.String(), StoreSerde.of(ObservedOffsets.class)),
                StoreName.ACCESS_KEYS, new Types<>(Serdes.String(), StoreSerde.of(AccessKey.class)),
                StoreName.PIPELINES, new Types<>(Serdes.String(), StoreSerde.of(PipelineState.class)),
                StoreName.CLUSTERS, new Types<>(Serdes.String(), StoreSerde.of(ClusterState.class)),
                StoreName.CONFIGS, new Types<>(Serdes.ByteArray(), StoreSerde.of(ConfigVersion.class)),
                StoreName.HISTORY, new Types<>(Serdes.ByteArray(), StoreSerde.of(HistoryEntry.class)),
                StoreName.OUTCOMES, new Types<>(Serdes.ByteArray(), Serdes.ByteArray())));
        stores.put(StoreName.SECRETS, new Types<>(Serdes.String(), StoreSerde.of(StoredSecret.class)));
        return stores;
    }

    private static void restore(TopologyBench before, TopologyBench heir) {
        stores().forEach((store, serdes) -> restore(before, heir, store, serdes));
    }

    private static <K, V> void restore(TopologyBench before, TopologyBench heir, String store, Types<K, V> serdes) {
        String changelog = "signalbox-" + store + "-changelog";
        if (!before.driver.producedTopicNames().contains(changelog)) {
            return;
        }
        var records = before.driver
                .createOutputTopic(changelog, new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList();
        var restored = heir.driver.<K, V>getKeyValueStore(store);
        for (var record : records) {
            K key = serdes.keys().deserializer().deserialize(changelog, record.key());
            restored.put(
                    key,
                    record.value() == null
                            ? null
                            : serdes.values().deserializer().deserialize(changelog, record.value()));
        }
    }

    private static List<Object> content(TopologyBench bench, String store) {
        List<Object> content = new java.util.ArrayList<>();
        try (var all = bench.driver.getKeyValueStore(store).all()) {
            all.forEachRemaining(entry -> content.add(List.of(entry.key, entry.value)));
        }
        return content;
    }
}
