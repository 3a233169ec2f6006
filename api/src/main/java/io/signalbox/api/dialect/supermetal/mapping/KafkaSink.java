package io.signalbox.api.dialect.supermetal.mapping;

import io.signalbox.api.dialect.supermetal.model.Wrong;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Kafka as a target: there is no sink connector, but the source connector writes what is wanted. Its settings are Kafka
 * Connect's, Debezium's, and those of Kafka's producer.
 */
final class KafkaSink {

    /** They decide where records go, in which form, and as whom: not the caller. */
    private static final Set<String> NOT_OF_CALLERS = Set.of(
            "bootstrap.servers",
            "key.serializer",
            "value.serializer",
            "interceptor.classes",
            "metric.reporters",
            "transactional.id",
            "config.providers");

    private final Tree kafka;
    private final String brokers;

    /** @param brokers of the workers' own Kafka */
    KafkaSink(Tree kafka, String brokers) {
        this.kafka = kafka;
        this.brokers = brokers;
    }

    /** Makes of the config of a source what it is towards this sink. */
    void change(SortedMap<String, String> settings, Source source, TopicNames topics) {
        requireOwn();
        var template = new TopicTemplate(kafka.text("topic_name_template"), kafka.pointer());
        settings.put("transforms", "topic");
        settings.put("transforms.topic.type", "org.apache.kafka.connect.transforms.RegexRouter");
        settings.put("transforms.topic.regex", topics.parts());
        settings.put("transforms.topic.replacement", template.replacement(source));
        format(settings, kafka.at("format").chosen(), source);
        topics(settings, kafka.at("topic_options"));
        Tree config = kafka.at("connection", "config");
        if (config.there()) {
            ProducerSettings.put(settings, config);
            properties(settings, config.at("producer_properties"));
        }
    }

    /** One of them is enough: nobody need know all of them. */
    void requireOwn() {
        Set<String> own = brokers(brokers);
        Tree given = kafka.at("connection", "brokers");
        Set<String> named = new TreeSet<>();
        given.node().forEach(each -> named.addAll(brokers(each.asText())));
        if (named.isEmpty() || !own.containsAll(named) && named.stream().noneMatch(own::contains)) {
            throw Wrong.notRunnable(
                    given.pointer(),
                    "is not the Kafka that the workers write to: its brokers are known here as " + brokers);
        }
    }

    private static Set<String> brokers(String list) {
        return Arrays.stream(list.split(","))
                .map(String::strip)
                .filter(broker -> !broker.isEmpty())
                .map(broker -> broker.replaceFirst("^[A-Za-z_]+://", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static void format(SortedMap<String, String> settings, Tree debezium, Source source) {
        Tree serdes = debezium.at("format_config");
        CommonSettings.converters(settings, embeds(serdes.at("key_serde")), embeds(serdes.at("value_serde")));
        if (!debezium.flag("include_before")) {
            throw Wrong.notRunnable(
                    debezium.at("include_before").pointer(),
                    "is false, and nothing takes what was before out of a record");
        }
        settings.put("tombstones.on.delete", Boolean.toString(debezium.flag("tombstones_on_delete")));
        String skipped = debezium.text("skipped_operations");
        settings.put("skipped.operations", skipped.isEmpty() ? "t" : skipped);
        if (debezium.flag("emit_tx_metadata")) {
            settings.put("provide.transaction.metadata", "true");
            settings.put("topic.transaction", debezium.text("tx_metadata_topic"));
        }
        Tree headers = debezium.at("headers");
        if (headers.there()) {
            settings.put("extended.headers.enabled", Boolean.toString(headers.flag("context")));
        }
        Tree types = debezium.at("data_types");
        if (types.there()) {
            settings.put("binary.handling.mode", binary(types.text("binary_handling_mode")));
            settings.put(
                    "decimal.handling.mode", types.text("decimal_handling_mode").toLowerCase(Locale.ROOT));
            settings.put("time.precision.mode", times(types.text("time_precision_mode"), source));
        }
    }

    private static boolean embeds(Tree serde) {
        return serde.there() && serde.chosen().at("options").flag("embed_schema_in_message");
    }

    private static String binary(String mode) {
        return switch (mode) {
            case "Base64" -> "base64";
            case "Base64UrlSafe" -> "base64-url-safe";
            case "Hex" -> "hex";
            default -> "bytes";
        };
    }

    private static String times(String mode, Source source) {
        return switch (mode) {
            case "AdaptiveTimeMicroseconds" -> "adaptive_time_microseconds";
            case "Connect" -> "connect";
            case "IsoString" -> "isostring";
            case "Microseconds" -> "microseconds";
            case "Nanoseconds" -> "nanoseconds";
            default -> source.adaptsTimes() ? "adaptive" : "adaptive_time_microseconds";
        };
    }

    private static void topics(SortedMap<String, String> settings, Tree options) {
        settings.put("topic.creation.default.partitions", usually(options.number("partitions")));
        settings.put("topic.creation.default.replication.factor", usually(options.number("replication_factor")));
        Tree config = options.at("config");
        for (int i = 0; i < config.node().size(); i++) {
            Tree setting = config.item(i);
            settings.put("topic.creation.default." + setting.text("key"), setting.text("value"));
        }
    }

    /** Zero is what the brokers think best. */
    private static String usually(long number) {
        return number == 0 ? "-1" : Long.toString(number);
    }

    private static void properties(SortedMap<String, String> settings, Tree properties) {
        for (int i = 0; i < properties.node().size(); i++) {
            Tree property = properties.item(i);
            String key = property.text("key");
            if (NOT_OF_CALLERS.contains(key)
                    || key.startsWith("sasl.")
                    || key.startsWith("ssl.")
                    || key.startsWith("security.")) {
                throw Wrong.notRunnable(
                        property.at("key").pointer(), "is " + key + ", which is a matter of the workers");
            }
            settings.put("producer.override." + key, property.text("value"));
        }
    }
}
