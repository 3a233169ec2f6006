package io.signalbox.api.dialect.supermetal.mapping;

import java.util.SortedMap;
import java.util.TreeMap;

/** What sources, and what sinks, of all kinds have in common. */
final class CommonSettings {

    private static final String JSON = "org.apache.kafka.connect.json.JsonConverter";

    /** Rows a database is asked for, and a batch has, where nobody says how many: as many as Supermetal's. */
    private static final long ROWS = 1_024;

    /** The worker asks for more only then: shorter than the 30 s after which a broker's answer counts as lost. */
    private static final long LONGEST_WAIT_MS = 25_000;

    private CommonSettings() {}

    /** @param limits missing for none */
    static SortedMap<String, String> ofSource(TopicNames topics, Tree limits) {
        SortedMap<String, String> settings = new TreeMap<>();
        settings.put("name", topics.key().source().connector());
        settings.put("tasks.max", "1");
        settings.put("topic.prefix", topics.prefix());
        settings.put("notification.enabled.channels", "sink");
        settings.put("notification.sink.topic.name", topics.notifications());
        // Without it, a quiet database would keep all that is written to it elsewhere.
        settings.put("heartbeat.interval.ms", "10000");
        settings.put("topic.heartbeat.prefix", topics.heartbeats());
        // How long a change waits for others: five times as often as by default.
        settings.put("poll.interval.ms", "100");
        settings.put("snapshot.max.threads", "1");
        settings.put("topic.creation.default.partitions", "1");
        settings.put("topic.creation.default.replication.factor", "-1");
        converters(settings, true, true);
        Tree cdc = limits.at("cdc");
        if (cdc.has("max_buffer_rows")) {
            long rows = cdc.number("max_buffer_rows");
            settings.put("max.batch.size", Long.toString(rows));
            settings.put("max.queue.size", Long.toString(4 * rows));
        }
        if (limits.at("snapshot").has("max_buffer_rows")) {
            String rows = Long.toString(limits.at("snapshot").number("max_buffer_rows"));
            settings.put("snapshot.fetch.size", rows);
            settings.put("incremental.snapshot.chunk.size", rows);
        }
        return settings;
    }

    /** @param limits missing for none */
    static SortedMap<String, String> ofSink(TopicNames topics, Tree limits) {
        SortedMap<String, String> settings = new TreeMap<>();
        settings.put("name", topics.key().sink().connector());
        settings.put("tasks.max", "1");
        settings.put("topics.regex", topics.ofRows());
        settings.put("consumer.override.auto.offset.reset", "earliest");
        // A new table's topic is found that soon.
        settings.put("consumer.override.metadata.max.age.ms", "1000");
        converters(settings, true, true);
        Tree cdc = limits.at("cdc");
        String rows = Long.toString(cdc.has("max_buffer_rows") ? cdc.number("max_buffer_rows") : ROWS);
        settings.put("batch.size", rows);
        settings.put("consumer.override.max.poll.records", rows);
        if (cdc.has("flush_interval_ms")) {
            long wait = Math.min(cdc.number("flush_interval_ms"), LONGEST_WAIT_MS);
            settings.put("consumer.override.fetch.max.wait.ms", Long.toString(wait));
            settings.put("consumer.override.fetch.min.bytes", Long.toString(wait == 0 ? 1 : 1 << 20));
        }
        return settings;
    }

    /** Those that every worker has. A null is a null, also where the column has a default. */
    static void converters(SortedMap<String, String> settings, boolean keySchemas, boolean valueSchemas) {
        settings.put("key.converter", JSON);
        settings.put("key.converter.schemas.enable", Boolean.toString(keySchemas));
        settings.put("key.converter.replace.null.with.default", "false");
        settings.put("value.converter", JSON);
        settings.put("value.converter.schemas.enable", Boolean.toString(valueSchemas));
        settings.put("value.converter.replace.null.with.default", "false");
    }
}
