package io.signalbox.api.dialect.supermetal.mapping;

import io.signalbox.api.dialect.supermetal.model.Wrong;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.zip.CRC32;

/**
 * MySQL as Debezium's connector reads it. Its settings are Debezium's: see its reference. Where the server turns out to be MariaDB,
 * the settings that differ are put over these when it is asked.
 */
final class MySqlSource implements Source {

    /** Above those that people give to servers by hand. */
    private static final long LEAST_SERVER_ID = 100_000_000L;

    private static final long SERVER_IDS = 2_000_000_000L;

    private final Tree mysql;
    private final Tree connection;
    private final String brokers;

    /** @param brokers of the Kafka in which it keeps the structure of tables */
    MySqlSource(Tree mysql, String brokers) {
        this.mysql = mysql;
        this.brokers = brokers;
        connection = mysql.at("connection");
    }

    @Override
    public SortedMap<String, String> settings(TopicNames topics, Tree limits) {
        SortedMap<String, String> settings = CommonSettings.ofSource(topics, limits);
        settings.put("connector.class", "io.debezium.connector.mysql.MySqlConnector");
        connection(settings);
        settings.put("database.server.id", Long.toString(serverId(topics)));
        settings.put("schema.history.internal.kafka.topic", topics.history());
        settings.put("schema.history.internal.kafka.bootstrap.servers", brokers);
        settings.put("include.schema.changes", "false");
        settings.put("snapshot.mode", mysql.flag("skip_snapshot") ? "no_data" : "initial");
        if (mysql.flag("infer_tinyint1_as_boolean")) {
            settings.put("converters", "boolean");
            settings.put("boolean.type", "io.debezium.connector.binlog.converters.TinyIntOneToBooleanConverter");
        }
        Tree catalog = mysql.at("catalog");
        if (catalog.there() && !database().isEmpty() && !catalog.text("name").equals(database())) {
            throw Wrong.notRunnable(
                    catalog.at("name").pointer(), "is not " + database() + ", the database of the connection");
        }
        settings.putAll(TableSelection.settings(catalog));
        return settings;
    }

    private void connection(SortedMap<String, String> settings) {
        if (connection.text("user").isEmpty()) {
            throw Wrong.notRunnable(connection.at("user").pointer(), "is missing, and Debezium needs it");
        }
        settings.put("database.hostname", connection.text("host"));
        settings.put("database.port", connection.text("port"));
        settings.put("database.user", connection.text("user"));
        settings.put("database.password", connection.text("password"));
        if (!database().isEmpty()) {
            settings.put("database.include.list", TableSelection.quoted(database()));
        }
        if (connection.has("ssl_mode")) {
            settings.put(
                    "database.ssl.mode",
                    switch (connection.at("ssl_mode").tag()) {
                        case "disable" -> "disabled";
                        case "require" -> "required";
                        case "verify_ca" -> "verify_ca";
                        default -> "verify_identity";
                    });
            if (connection.at("ssl_mode").tag().equals("disable")) {
                // Otherwise the driver sends no password of MySQL's usual kind.
                settings.put("driver.allowPublicKeyRetrieval", "true");
            }
        }
    }

    /** A server lets nobody follow it under the number of another one: it follows from the name, and so is always the same. */
    private static long serverId(TopicNames topics) {
        var digest = new CRC32();
        digest.update(topics.key().toString().getBytes(StandardCharsets.UTF_8));
        return LEAST_SERVER_ID + digest.getValue() % SERVER_IDS;
    }

    @Override
    public void towardsRows(SortedMap<String, String> settings) {
        settings.put("tombstones.on.delete", "false");
        settings.put("skipped.operations", "none");
        // Numbers beyond those that a long has.
        settings.put("bigint.unsigned.handling.mode", "precise");
    }

    @Override
    public String targetSchema() {
        return database();
    }

    @Override
    public String database() {
        return connection.text("database");
    }

    @Override
    public boolean hasSchemas() {
        return false;
    }

    @Override
    public boolean ends() {
        return false;
    }

    @Override
    public boolean ownsPublication() {
        return false;
    }

    @Override
    public boolean adaptsTimes() {
        return false;
    }
}
