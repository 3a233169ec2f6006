package io.signalbox.api.dialect.supermetal.mapping;

import io.signalbox.api.dialect.supermetal.model.Wrong;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;

/** PostgreSQL as Debezium's JDBC sink writes to it. Its settings are Debezium's, those of the URL pgjdbc's. */
final class PostgresSink {

    private final Tree postgres;
    private final Tree connection;

    PostgresSink(Tree postgres) {
        this.postgres = postgres;
        connection = postgres.at("connection");
    }

    /** @param usualSchema of a table when nothing is said; empty when that is not known before */
    SortedMap<String, String> settings(TopicNames topics, Tree limits, String usualSchema) {
        SortedMap<String, String> settings = CommonSettings.ofSink(topics, limits);
        settings.put("connector.class", "io.debezium.connector.jdbc.JdbcSinkConnector");
        settings.put("connection.url", url());
        settings.put("connection.username", connection.text("user"));
        settings.put("connection.password", connection.text("password"));
        settings.put("connection.restart.on.errors", "true");
        // It has one task, which writes with one connection.
        settings.put("connection.pool.min_size", "1");
        long pool = connection.number("max_pool_size");
        if (pool > 0) {
            settings.put("connection.pool.max_size", Long.toString(Math.min(pool, Integer.MAX_VALUE)));
        }
        settings.put("collection.name.format", table(usualSchema));
        settings.put("quote.identifiers", "true");
        settings.put("insert.mode", "upsert");
        settings.put("primary.key.mode", "record_key");
        settings.put("delete.enabled", "true");
        settings.put("truncate.enabled", "true");
        settings.put("schema.evolution", evolution());
        settings.put("use.time.zone", "UTC");
        return settings;
    }

    private String url() {
        String host = connection.text("host");
        String mode = PostgresSsl.mode(connection);
        var url = new StringBuilder("jdbc:postgresql://")
                .append(host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host)
                .append(':')
                .append(connection.number("port"))
                .append('/')
                .append(encoded(connection.text("database")))
                .append("?sslmode=")
                .append(mode);
        if (PostgresSsl.verifies(mode)) {
            url.append("&sslfactory=").append(PostgresSsl.OF_THE_JVM);
        }
        long lock = connection.number("operation_lock_timeout_seconds");
        if (lock > 0) {
            url.append("&options=").append(encoded("-c lock_timeout=" + lock + "s"));
        }
        return url.toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /**
     * With quotes, so that a dot in a name separates nothing.
     *
     * @param usual the schema when nothing is said
     */
    private String table(String usual) {
        String given = postgres.text("target_schema");
        if (given.indexOf('"') >= 0 || given.contains("${")) {
            throw Wrong.notRunnable(postgres.at("target_schema").pointer(), "must have neither \" nor ${ in it");
        }
        if (given.isEmpty() && usual.isEmpty()) {
            throw Wrong.notRunnable(
                    postgres.at("target_schema").pointer(),
                    "is needed for tables of all databases: the schemas to be made cannot be known before");
        }
        return "\"" + (given.isEmpty() ? usual : given) + "\".\"${source.table}\"";
    }

    private String evolution() {
        Tree strategy = postgres.at("migration_strategy");
        if (!strategy.there()) {
            return "basic";
        }
        Tree allowed = strategy.at("allowed");
        boolean adds = !allowed.there();
        for (int i = 0; i < allowed.node().size(); i++) {
            Tree operation = allowed.item(i);
            if (!operation.node().asText().equals("Add")) {
                throw Wrong.notRunnable(
                        operation.pointer(),
                        "is " + operation.node().asText() + ", and the sink only adds tables and columns");
            }
            adds = true;
        }
        return adds && !strategy.flag("disable_all") ? "basic" : "none";
    }
}
