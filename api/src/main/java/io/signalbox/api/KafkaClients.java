package io.signalbox.api;

import io.signalbox.processor.domain.ClusterKey;
import io.signalbox.processor.topology.SharedRocksDb;
import io.signalbox.schemas.Topic;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.StreamsConfig;

/** The Kafka clients of a replica, each with the settings that its promises rest on. */
final class KafkaClients {

    private static final int FETCH_BYTES = 4 * 1024 * 1024;

    private static final int COMMIT_INTERVAL_MS = 100;

    /** As much as a producer has memory for by default. */
    private static final int LARGEST_ROW = 32 * 1024 * 1024;

    private final SignalboxConfig config;

    KafkaClients(SignalboxConfig config) {
        this.config = config;
    }

    Admin admin() {
        return Admin.create(with(Map.of("client.id", "signalbox-admin")));
    }

    /** For commands: acknowledged by all, in order, sent at once; gives up before the caller does. */
    Producer<byte[], byte[]> producer() {
        int deadline = Math.toIntExact(config.getLong(SignalboxConfig.COMMAND_TIMEOUT));
        return new KafkaProducer<>(
                with(Map.of(
                        "client.id",
                        "signalbox-commands",
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                        true,
                        ProducerConfig.LINGER_MS_CONFIG,
                        0,
                        ProducerConfig.MAX_BLOCK_MS_CONFIG,
                        Math.max(1, deadline / 2),
                        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                        Math.max(1, deadline / 2),
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                        Math.max(2, deadline),
                        ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                        Topic.MAX_MESSAGE_BYTES)),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Follows outcomes before they are committed. */
    Consumer<byte[], byte[]> outcomes() {
        return new KafkaConsumer<>(
                follower("signalbox-outcomes", "latest"), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /**
     * Reads the cluster table. Uncommitted, because its content is fixed with the command: a cluster that was registered
     * can then be used at once.
     */
    <V> Consumer<String, V> clusters(Deserializer<V> values) {
        return new KafkaConsumer<>(follower("signalbox-clusters", "earliest"), new StringDeserializer(), values);
    }

    /** Reads the access keys, uncommitted as the clusters: one that was revoked is worth nothing at once. */
    <V> Consumer<String, V> accessKeys(Deserializer<V> values) {
        return new KafkaConsumer<>(follower("signalbox-access", "earliest"), new StringDeserializer(), values);
    }

    /** Reads the stored secrets, uncommitted as the clusters: a config that refers to one comes right after it. */
    <V> Consumer<String, V> secrets(Deserializer<V> values) {
        return new KafkaConsumer<>(follower("signalbox-secrets", "earliest"), new StringDeserializer(), values);
    }

    /** Reads the pipelines, uncommitted as the clusters: who asked for one finds it at once. */
    <V> Consumer<String, V> pipelines(Deserializer<V> values) {
        return new KafkaConsumer<>(follower("signalbox-pipelines", "earliest"), new StringDeserializer(), values);
    }

    /** Of the Kafka that the workers use. */
    Admin pipelineAdmin() {
        return Admin.create(atWorkers(Map.of("client.id", "signalbox-pipelines-admin")));
    }

    /** Reads what the sources of pipelines tell of themselves, without a group; a topic that is not there is not made. */
    Consumer<byte[], byte[]> notifications() {
        return new KafkaConsumer<>(
                atWorkers(Map.of(
                        "client.id",
                        "signalbox-notifications",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false,
                        ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                        false,
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest")),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    /** Reads topics of pipelines, what is committed, without a group; its memory is bounded. */
    Consumer<byte[], byte[]> rows(String clientId) {
        return new KafkaConsumer<>(
                atWorkers(committedReader(clientId, "earliest")),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    /** Deletes rows of pipelines: acknowledged by all, in order; as large as a worker may have written them. */
    Producer<byte[], byte[]> deletes() {
        return new KafkaProducer<>(
                atWorkers(Map.of(
                        "client.id",
                        "signalbox-deletes",
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                        true,
                        ProducerConfig.COMPRESSION_TYPE_CONFIG,
                        "lz4",
                        ProducerConfig.LINGER_MS_CONFIG,
                        5,
                        ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                        LARGEST_ROW)),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    private Map<String, Object> atWorkers(Map<String, Object> more) {
        return withBrokers(String.join(",", config.pipelineBrokers()), more);
    }

    /**
     * Of who reads topics that are others': what is committed, without a group, within bounds; one that is not there is not made.
     *
     * @param ifGone where to go on when what it wants is not there: {@code none} or {@code earliest}
     */
    private static Map<String, Object> committedReader(String clientId, String ifGone) {
        return Map.of(
                "client.id",
                clientId,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                false,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                ifGone,
                ConsumerConfig.FETCH_MAX_BYTES_CONFIG,
                FETCH_BYTES);
    }

    /**
     * Asks the Kafka of a Kafka Connect cluster what its groups have committed.
     *
     * @param brokers null for Signalbox's own
     */
    Admin feedAdmin(ClusterKey cluster, String brokers) {
        return Admin.create(withBrokers(
                brokers, Map.of("client.id", "signalbox-offsets-" + cluster.environment() + "-" + cluster.cluster())));
    }

    /**
     * Reads what a Kafka Connect cluster keeps in its own topics, without a group; a topic that is not there is not made. Values of other
     * topics than this are dropped as they come: there are secrets in them.
     *
     * @param brokers null for Signalbox's own
     * @param topic whose values are kept
     */
    Consumer<String, byte[]> feed(ClusterKey cluster, String brokers, String topic) {
        String clientId = "signalbox-feed-" + cluster.environment() + "-" + cluster.cluster();
        var settings = withBrokers(brokers, committedReader(clientId, "none"));
        return new KafkaConsumer<>(settings, new StringDeserializer(), (of, value) -> of.equals(topic) ? value : null);
    }

    /**
     * Reads what happened, once it is committed, without a group. Its memory is bounded, for there are several of them.
     *
     * @param ifGone where to go on when what it wants is not there: {@code none} or {@code earliest}
     */
    Consumer<String, byte[]> lifecycle(String clientId, String ifGone) {
        return new KafkaConsumer<>(
                with(Map.of(
                        "client.id",
                        clientId,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false,
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        ifGone,
                        ConsumerConfig.FETCH_MAX_BYTES_CONFIG,
                        FETCH_BYTES,
                        ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                        FETCH_BYTES / 8)),
                new StringDeserializer(),
                new ByteArrayDeserializer());
    }

    /** Without a group, and without waiting for commits. */
    private Map<String, Object> follower(String clientId, String begin) {
        return with(Map.of(
                "client.id",
                clientId,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_uncommitted",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                begin));
    }

    /** Shares the partitions of the connector table among the replicas' reconcilers, which do not wait for commits. */
    <V> Consumer<String, V> connectors(Deserializer<V> values) {
        return new KafkaConsumer<>(
                with(Map.of(
                        "client.id",
                        "signalbox-reconciler",
                        ConsumerConfig.GROUP_ID_CONFIG,
                        config.getString(SignalboxConfig.APPLICATION_ID) + "-reconciler",
                        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                        CooperativeStickyAssignor.class.getName(),
                        ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
                        config.getInt(SignalboxConfig.SESSION_TIMEOUT),
                        ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
                        heartbeat(),
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_uncommitted",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false,
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest")),
                new StringDeserializer(),
                values);
    }

    /** @param self {@code host:port} where the other replicas reach this one */
    Properties streams(String self) {
        var settings = new Properties();
        settings.putAll(config.kafka());
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, config.getString(SignalboxConfig.APPLICATION_ID));
        settings.put(StreamsConfig.APPLICATION_SERVER_CONFIG, self);
        settings.put(StreamsConfig.STATE_DIR_CONFIG, config.getString(SignalboxConfig.STATE_DIR));
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, config.getInt(SignalboxConfig.THREADS));
        settings.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, config.getInt(SignalboxConfig.STANDBYS));
        // Who has more to restore than takes a moment gets a copy first, and what it copied when it is next looked.
        settings.put(StreamsConfig.ACCEPTABLE_RECOVERY_LAG_CONFIG, 1_000);
        settings.put(StreamsConfig.PROBING_REBALANCE_INTERVAL_MS_CONFIG, 60_000);
        settings.put(StreamsConfig.MAX_WARMUP_REPLICAS_CONFIG, 6);
        settings.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, config.getInt(SignalboxConfig.TOPIC_REPLICATION));
        settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT_INTERVAL_MS);
        settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
        settings.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, SharedRocksDb.class);
        // What a command leads to goes to half a dozen topics, and leaves with the commit: what comes alone is
        // committed at once.
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), COMMIT_INTERVAL_MS);
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), Topic.MAX_MESSAGE_BYTES);
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), 10_000);
        int session = config.getInt(SignalboxConfig.SESSION_TIMEOUT);
        settings.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), session);
        settings.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), heartbeat());
        settings.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        settings.putAll(config.streams());
        return settings;
    }

    /** Members learn by it that the group rebalances, which a takeover or a move does several times in a row. */
    private int heartbeat() {
        return config.getInt(SignalboxConfig.SESSION_TIMEOUT) / 12;
    }

    /** @param brokers null for Signalbox's own */
    private Map<String, Object> withBrokers(String brokers, Map<String, Object> own) {
        Map<String, Object> settings = with(own);
        if (brokers != null) {
            settings.put("bootstrap.servers", brokers);
        }
        return settings;
    }

    private Map<String, Object> with(Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(config.kafka());
        settings.putAll(more);
        return settings;
    }
}
