package io.signalbox.fault;

import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.signalbox.it.RealParts;
import io.signalbox.processor.codec.Codecs;
import io.signalbox.processor.codec.StoreSerde;
import io.signalbox.processor.domain.CommandOutcome;
import io.signalbox.processor.topology.ConnectorTopology;
import io.signalbox.processor.topology.DesiredStates;
import io.signalbox.processor.topology.FaultPoints;
import io.signalbox.processor.topology.FollowUps;
import io.signalbox.processor.topology.OpenPartitions;
import io.signalbox.processor.topology.StoreName;
import io.signalbox.processor.topology.TopicNames;
import io.signalbox.schemas.AvroWire;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/**
 * The command topic of a run, processed once more from its start in empty stores, beside the changelogs that the run left: each
 * store's content by key, as bytes. One partition at a time, as the replicas did.
 */
final class Replay {

    private static final List<String> STORES = List.of(
            StoreName.CONNECTORS,
            StoreName.STATUSES,
            StoreName.OFFSETS,
            StoreName.CONFIGS,
            StoreName.HISTORY,
            StoreName.CLUSTERS);

    private final TopicNames topics;
    private final String application;
    private final Codecs codecs;
    private final Map<String, Object> consumer;

    Replay(RealParts parts, String prefix) {
        topics = new TopicNames(prefix);
        application = prefix;
        codecs = new Codecs(
                topics,
                new AvroWire(new CachedSchemaRegistryClient(parts.registry().url(), 1_000)));
        consumer = Map.of("bootstrap.servers", parts.broker().bootstrapServers(), "isolation.level", "read_committed");
    }

    /** What a partition's stores hold. @param outcomes by command: how each ended, wherever its partition was */
    record Content(Map<String, Map<Bytes, Bytes>> stores, Map<Bytes, CommandOutcome> outcomes) {

        int size() {
            return stores.values().stream().mapToInt(Map::size).sum() + outcomes.size();
        }
    }

    /** What the changelogs of a run hold, all owners being gone. */
    Content left(int partition) {
        Map<String, Map<Bytes, Bytes>> stores = new TreeMap<>();
        for (String store : STORES) {
            stores.put(store, latest(store, partition));
        }
        return new Content(stores, outcomes(latest(StoreName.OUTCOMES, partition)));
    }

    /** What the commands give when they are processed again. */
    Content again(int partition, Path directory) {
        var settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, application);
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:9092");
        settings.put(StreamsConfig.STATE_DIR_CONFIG, directory.toString());
        var topology = ConnectorTopology.build(
                codecs,
                new OpenPartitions(() -> "replay"),
                (outcome, replyTo) -> {},
                FollowUps.NONE,
                DesiredStates.NONE,
                FaultPoints.NONE);
        try (var driver = new TopologyTestDriver(topology, settings, Instant.EPOCH)) {
            var commands =
                    driver.createInputTopic(topics.commands(), new ByteArraySerializer(), new ByteArraySerializer());
            read(
                    topics.commands(),
                    partition,
                    command -> commands.pipeInput(new TestRecord<>(
                            command.key(),
                            command.value(),
                            command.headers(),
                            Instant.ofEpochMilli(command.timestamp()))));
            Map<String, Map<Bytes, Bytes>> stores = new TreeMap<>();
            for (String store : STORES) {
                stores.put(store, latest(driver, store));
            }
            return new Content(stores, outcomes(latest(driver, StoreName.OUTCOMES)));
        }
    }

    private Map<Bytes, Bytes> latest(String store, int partition) {
        Map<Bytes, Bytes> latest = new HashMap<>();
        read(changelog(store), partition, change -> put(latest, change.key(), change.value()));
        return latest;
    }

    private Map<Bytes, Bytes> latest(TopologyTestDriver driver, String store) {
        Map<Bytes, Bytes> latest = new HashMap<>();
        if (driver.producedTopicNames().contains(changelog(store))) {
            driver.createOutputTopic(changelog(store), new ByteArrayDeserializer(), new ByteArrayDeserializer())
                    .readRecordsToList()
                    .forEach(change -> put(latest, change.key(), change.value()));
        }
        return latest;
    }

    private static void put(Map<Bytes, Bytes> latest, byte[] key, byte[] value) {
        if (value == null) {
            latest.remove(Bytes.wrap(key));
        } else {
            latest.put(Bytes.wrap(key), Bytes.wrap(value));
        }
    }

    private String changelog(String store) {
        return application + "-" + store + "-changelog";
    }

    /** An outcome says in which partition its command is; here there is but one, and entries that only order others in time. */
    private static Map<Bytes, CommandOutcome> outcomes(Map<Bytes, Bytes> stored) {
        var serde = StoreSerde.of(CommandOutcome.class);
        Map<Bytes, CommandOutcome> outcomes = new HashMap<>();
        stored.forEach((key, value) -> {
            if (value.get().length > 1) {
                var found = serde.deserializer().deserialize("", value.get());
                outcomes.put(
                        key,
                        new CommandOutcome(
                                found.commandId(),
                                found.key(),
                                found.stage(),
                                found.rejection(),
                                found.message(),
                                found.created(),
                                0,
                                found.offset(),
                                found.at(),
                                found.connector(),
                                found.cluster(),
                                found.status(),
                                found.command(),
                                found.actor(),
                                found.pipeline()));
            }
        });
        return outcomes;
    }

    private void read(String topic, int number, Consumer<ConsumerRecord<byte[], byte[]>> each) {
        try (var records = new KafkaConsumer<>(consumer, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            var partition = new TopicPartition(topic, number);
            records.assign(List.of(partition));
            records.seekToBeginning(List.of(partition));
            long end = records.endOffsets(List.of(partition)).get(partition);
            while (records.position(partition) < end) {
                records.poll(Duration.ofMillis(100)).forEach(each);
            }
        }
    }
}
