package io.signalbox.it;

import io.signalbox.processor.dataplane.systems.RealPostgres;
import java.util.Map;
import java.util.TreeMap;

/** Configs of a copy between two PostgreSQL servers as somebody would write them by hand, who knows all that there is to know. */
final class DebeziumConfigs {

    private DebeziumConfigs() {}

    /** @param prefix of its topics; the slot and the publication have the name {@code slot} */
    static Map<String, String> source(RealPostgres server, String database, String prefix, String slot) {
        Map<String, String> config = new TreeMap<>();
        config.put("connector.class", "io.debezium.connector.postgresql.PostgresConnector");
        config.put("tasks.max", "1");
        config.put("database.hostname", RealPostgres.HOST);
        config.put("database.port", Integer.toString(server.port()));
        config.put("database.user", RealPostgres.ADMIN);
        config.put("database.password", "nobody asks for it");
        config.put("database.dbname", database);
        config.put("topic.prefix", prefix);
        config.put("plugin.name", "pgoutput");
        config.put("slot.name", slot);
        config.put("publication.name", slot);
        config.put("publication.autocreate.mode", "disabled");
        config.put("snapshot.mode", "initial");
        config.put("notification.enabled.channels", "sink");
        config.put("notification.sink.topic.name", prefix + "-notifications");
        config.put("heartbeat.interval.ms", "1000");
        config.put("topic.heartbeat.prefix", prefix + "-heartbeat");
        config.put("decimal.handling.mode", "precise");
        config.put("interval.handling.mode", "string");
        config.put("include.unknown.datatypes", "true");
        config.put("column.propagate.source.type", ".*");
        config.put("tombstones.on.delete", "false");
        config.put("topic.creation.default.replication.factor", "-1");
        config.put("topic.creation.default.partitions", "1");
        config.putAll(json());
        return config;
    }

    /** Takes the topics below {@code prefix}, and leaves each table in its schema. */
    static Map<String, String> sink(RealPostgres server, String database, String prefix) {
        Map<String, String> config = new TreeMap<>();
        config.put("connector.class", "io.debezium.connector.jdbc.JdbcSinkConnector");
        config.put("tasks.max", "1");
        config.put("topics.regex", prefix.replace(".", "\\.") + "\\..+");
        config.put("connection.url", server.url(database));
        config.put("connection.username", RealPostgres.ADMIN);
        config.put("connection.password", "nobody asks for it");
        config.put("connection.pool.min_size", "1");
        config.put("insert.mode", "upsert");
        config.put("primary.key.mode", "record_key");
        config.put("delete.enabled", "true");
        config.put("schema.evolution", "basic");
        config.put("quote.identifiers", "true");
        config.put("collection.name.format", "\"${source.schema}\".\"${source.table}\"");
        config.put("use.time.zone", "UTC");
        config.put("consumer.override.metadata.max.age.ms", "1000");
        config.put("consumer.override.auto.offset.reset", "earliest");
        config.putAll(json());
        return config;
    }

    private static Map<String, String> json() {
        return Map.of(
                "key.converter", "org.apache.kafka.connect.json.JsonConverter",
                "key.converter.schemas.enable", "true",
                "value.converter", "org.apache.kafka.connect.json.JsonConverter",
                "value.converter.schemas.enable", "true");
    }
}
