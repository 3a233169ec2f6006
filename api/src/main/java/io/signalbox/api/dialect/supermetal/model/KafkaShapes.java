package io.signalbox.api.dialect.supermetal.model;

import static io.signalbox.api.dialect.supermetal.model.Field.optional;
import static io.signalbox.api.dialect.supermetal.model.Field.required;
import static io.signalbox.api.dialect.supermetal.model.Parts.count;
import static io.signalbox.api.dialect.supermetal.model.Parts.flag;
import static io.signalbox.api.dialect.supermetal.model.Parts.group;
import static io.signalbox.api.dialect.supermetal.model.Parts.listOf;
import static io.signalbox.api.dialect.supermetal.model.Parts.oneOf;
import static io.signalbox.api.dialect.supermetal.model.Parts.oneWordOf;
import static io.signalbox.api.dialect.supermetal.model.Parts.size;
import static io.signalbox.api.dialect.supermetal.model.Parts.text;
import static io.signalbox.api.dialect.supermetal.model.Parts.whole;
import static io.signalbox.api.dialect.supermetal.model.Parts.word;

import io.signalbox.api.dialect.supermetal.model.Shape.Group;
import io.signalbox.api.dialect.supermetal.model.Shape.Settings;

/** Kafka as a sink, and its formats of messages: every field, and what becomes of it. */
final class KafkaShapes {

    private static final String LIBRDKAFKA = "Kafka's own producer has no such setting.";
    private static final String NO_REGISTRY = "Converters that ask a schema registry are not among the workers' own.";
    private static final String NO_HEADERS = "Debezium writes no such header.";

    private KafkaShapes() {}

    static Field sink() {
        return optional(
                "kafka",
                group(
                        required("connection", connection()),
                        required("format", format()),
                        required("topic_options", topicOptions()),
                        optional("topic_name_template", text())
                                .or("supermetal.{database_or_schema}.{table}")
                                .applied("Kafka Connect's `RegexRouter`. What `{…}` gives is as Debezium writes it in a"
                                        + " topic's name: `_` for what a name may not have."),
                        optional("name", text()).applied("It is kept and shown; nothing is called by it.")));
    }

    private static Group connection() {
        return group(
                required("brokers", listOf(word()))
                        .applied("They have to be those of the workers' own Kafka, as Signalbox knows them."),
                optional(
                                "auth",
                                group(
                                        optional("protocol", oneWordOf("Plaintext", "Ssl", "SaslPlaintext", "SaslSsl"))
                                                .or("Plaintext"),
                                        optional(
                                                        "mechanism",
                                                        oneWordOf(
                                                                "Plain",
                                                                "ScramSha256",
                                                                "ScramSha512",
                                                                "GssApi",
                                                                "OauthBearer"))
                                                .or("Plain"),
                                        optional("username", text()),
                                        optional("password", text()).asSecret(),
                                        optional("ssl_ca_location", text()),
                                        optional("ssl_certificate_location", text()),
                                        optional("ssl_key_location", text()),
                                        optional("ssl_key_password", text()).asSecret()))
                        .refused("Workers write with their own credentials."),
                optional("config", client()));
    }

    private static Group client() {
        return group(
                optional("acks", oneWordOf("All", "Leader", "None"))
                        .or("Leader")
                        .applied("`producer.override.acks`; without `config` as workers have it, which is `all`."),
                optional("batch_size", count()).or(1_000_000).applied("`producer.override.batch.size`."),
                optional("client_id", text()).applied("`producer.override.client.id`."),
                optional("compression_type", oneWordOf("None", "Gzip", "Lz4", "Snappy", "Zstd"))
                        .or("Lz4")
                        .applied("`producer.override.compression.type`."),
                optional("enable_idempotence", flag()).or(false).applied("`producer.override.enable.idempotence`."),
                optional("linger_ms", count()).or(100).applied("`producer.override.linger.ms`."),
                optional("message_max_bytes", count()).or(1_000_000).applied("`producer.override.max.request.size`."),
                optional("message_send_max_retries", count()).or(3).applied("`producer.override.retries`."),
                optional("message_timeout_ms", count()).or(300_000).applied("`producer.override.delivery.timeout.ms`."),
                optional("partitioner", text()).refused(LIBRDKAFKA),
                optional("producer_pool_size", count()).or(0).refused(LIBRDKAFKA),
                optional("producer_preset", oneWordOf("None", "LowLatency", "Throughput"))
                        .or("None")
                        .refused(LIBRDKAFKA),
                optional("producer_properties", new Settings("key", false))
                        .applied(
                                "`producer.override.` and the key. Those that say where to write, or how, are refused."),
                optional("global_properties", new Settings("key", false)).refused(LIBRDKAFKA),
                optional("queue_buffering_max_kbytes", count())
                        .or(1_048_576)
                        .applied("`producer.override.buffer.memory`, unless it is the usual one."),
                optional("queue_buffering_max_messages", count()).or(1_000_000).refused(LIBRDKAFKA),
                optional("retry_backoff_ms", count()).or(100).applied("`producer.override.retry.backoff.ms`."),
                optional("retry_backoff_max_ms", count())
                        .or(60_000)
                        .applied("`producer.override.retry.backoff.max.ms`."),
                optional("shutdown_flush_timeout_ms", size())
                        .or(30_000)
                        .approximated("The worker's own `offset.flush.timeout.ms`."),
                optional("timeout_ms", whole(0, Integer.MAX_VALUE))
                        .or(30_000)
                        .applied("`producer.override.request.timeout.ms`."),
                optional("topic_metadata_refresh_interval_ms", size())
                        .or(60_000)
                        .applied("`producer.override.metadata.max.age.ms`."),
                optional(
                                "transactions",
                                group(
                                        optional("enabled", flag()).or(false),
                                        optional("op_timeout_ms", count()).or(30_000),
                                        optional("timeout_ms", count()).or(60_000),
                                        optional("transactional_id", text())))
                        .refused("Whether a source's records are in transactions is a setting of the workers"
                                + " (`exactly.once.source.support`)."));
    }

    /** Also that of a webhook. */
    static Shape format() {
        return oneOf(
                optional("debezium", debezium()),
                optional(
                                "supermetal",
                                group(
                                        required("format_config", formatConfig()),
                                        optional("tombstones_on_delete", flag()).or(true)))
                        .refused("Messages are Debezium's."));
    }

    private static Group debezium() {
        return group(
                required("format_config", formatConfig()),
                optional("data_types", dataTypes()),
                optional("emit_tx_metadata", flag()).or(false).applied("`provide.transaction.metadata`."),
                optional("tx_metadata_topic", text())
                        .or("transaction")
                        .applied("`topic.transaction`: the topic is `sm.`, the id, `.` and this name."),
                optional("include_before", flag())
                        .or(true)
                        .applied("`false` is refused: no transformation of Kafka Connect's takes it out."),
                optional("skipped_operations", text()).or("t").applied("`skipped.operations`."),
                optional("tombstones_on_delete", flag()).or(true).applied("`tombstones.on.delete`."),
                optional("headers", headers()));
    }

    private static Group headers() {
        return group(
                optional("context", flag()).or(true).applied("`extended.headers.enabled`."),
                optional("pk_update", flag()).or(true).refused("Debezium always writes them."),
                optional("db", flag()).or(false).refused(NO_HEADERS),
                optional("db_name", text()).refused(NO_HEADERS),
                optional("op", flag()).or(false).refused(NO_HEADERS),
                optional("op_name", text()).refused(NO_HEADERS),
                optional("schema", flag()).or(false).refused(NO_HEADERS),
                optional("schema_name", text()).refused(NO_HEADERS),
                optional("tbl", flag()).or(false).refused(NO_HEADERS),
                optional("tbl_name", text()).refused(NO_HEADERS),
                optional("prefix", text()).refused(NO_HEADERS),
                optional("source_name", text()).refused(NO_HEADERS),
                optional("source_template", text()).refused(NO_HEADERS));
    }

    private static Group dataTypes() {
        return group(
                optional("binary_handling_mode", oneWordOf("Bytes", "Base64", "Base64UrlSafe", "Hex"))
                        .or("Bytes")
                        .applied("`binary.handling.mode`."),
                optional("decimal_handling_mode", oneWordOf("Precise", "Double", "String"))
                        .or("Precise")
                        .applied("`decimal.handling.mode`."),
                optional(
                                "time_precision_mode",
                                oneWordOf(
                                        "Adaptive",
                                        "AdaptiveTimeMicroseconds",
                                        "Connect",
                                        "IsoString",
                                        "Microseconds",
                                        "Nanoseconds"))
                        .or("Adaptive")
                        .applied(
                                "`time.precision.mode`. MySQL's has no `Adaptive`: it is `AdaptiveTimeMicroseconds`."));
    }

    private static Group formatConfig() {
        return group(optional("key_serde", serde()), required("value_serde", serde()));
    }

    private static Shape serde() {
        return oneOf(
                optional(
                                "json",
                                group(
                                        optional(
                                                "options",
                                                group(optional("embed_schema_in_message", flag())
                                                        .or(false)
                                                        .applied("`schemas.enable` of the converter."))),
                                        optional("schema_registry", registry()).refused(NO_REGISTRY)))
                        .applied("Kafka Connect's `JsonConverter`; of keys also if nothing is said."),
                optional("avro", group(required("schema_registry", registry()))).refused(NO_REGISTRY),
                optional("protobuf", group(required("schema_registry", registry())))
                        .refused(NO_REGISTRY));
    }

    private static Shape registry() {
        return oneOf(optional("confluent", registryConnection()), optional("apicurio", registryConnection()));
    }

    private static Group registryConnection() {
        return group(
                required("url", word()).asFixed(),
                optional("username", text()),
                optional("password", text()).asSecret());
    }

    private static Group topicOptions() {
        return group(
                optional("partitions", whole(0, 10_000)).or(1).applied("`topic.creation.default.partitions`."),
                optional("replication_factor", whole(0, 100))
                        .or(1)
                        .applied("`topic.creation.default.replication.factor`."),
                optional("config", new Settings("key", false)).applied("`topic.creation.default.` and the key."),
                optional("naming_mode", oneWordOf("Default", "Unicode"))
                        .or("Default")
                        .refused("Debezium has one way to make a topic's name of a table's."),
                optional("operation_timeout_ms", count()).or(30_000).approximated("Kafka Connect's own timeout."));
    }
}
