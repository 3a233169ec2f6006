package io.signalbox.api.dialect.supermetal.mapping;

import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;

/** What a caller sets of the producer, by the names of Kafka's own. */
final class ProducerSettings {

    private static final int KIB = 1_024;

    /** Of who is alone on his machine; a worker has many producers. */
    private static final long USUAL_QUEUE_KIB = 1_048_576;

    /** Those that are the same number, text or flag there. */
    private static final Map<String, String> SAME = Map.ofEntries(
            Map.entry("batch_size", "batch.size"),
            Map.entry("client_id", "client.id"),
            Map.entry("enable_idempotence", "enable.idempotence"),
            Map.entry("linger_ms", "linger.ms"),
            Map.entry("message_max_bytes", "max.request.size"),
            Map.entry("message_send_max_retries", "retries"),
            Map.entry("message_timeout_ms", "delivery.timeout.ms"),
            Map.entry("retry_backoff_ms", "retry.backoff.ms"),
            Map.entry("retry_backoff_max_ms", "retry.backoff.max.ms"),
            Map.entry("timeout_ms", "request.timeout.ms"),
            Map.entry("topic_metadata_refresh_interval_ms", "metadata.max.age.ms"));

    private ProducerSettings() {}

    static void put(SortedMap<String, String> settings, Tree config) {
        SAME.forEach((field, name) -> {
            if (!config.text(field).isEmpty()) {
                settings.put("producer.override." + name, config.text(field));
            }
        });
        settings.put("producer.override.acks", acks(config.text("acks")));
        settings.put(
                "producer.override.compression.type",
                config.text("compression_type").toLowerCase(Locale.ROOT));
        long queue = config.number("queue_buffering_max_kbytes");
        if (queue != USUAL_QUEUE_KIB) {
            settings.put("producer.override.buffer.memory", Long.toString(queue * KIB));
        }
    }

    private static String acks(String acks) {
        return switch (acks) {
            case "None" -> "0";
            case "Leader" -> "1";
            default -> "all";
        };
    }
}
