package io.signalbox.api.dialect.supermetal.mapping;

import io.signalbox.api.dialect.supermetal.model.Wrong;
import java.util.SortedMap;
import java.util.regex.Pattern;

/** PostgreSQL as Debezium's connector reads it. Its settings are Debezium's: see its reference. */
final class PostgresSource implements Source {

    /** It stands unquoted where Debezium writes it. */
    private static final Pattern PUBLICATION = Pattern.compile("[a-z_][a-z0-9_$]{0,62}");

    /** What the sink puts the table's own schema for. */
    static final String OF_THE_SOURCE = "${source.schema}";

    private static final int BETWEEN_TRIES_SECONDS = 10;
    private static final int USUAL_WINDOW_SECONDS = 300;

    private final Tree postgres;
    private final Tree connection;
    private final Tree replication;

    PostgresSource(Tree postgres) {
        this.postgres = postgres;
        connection = postgres.at("connection");
        replication = postgres.at("replication_type");
    }

    @Override
    public SortedMap<String, String> settings(TopicNames topics, Tree limits) {
        SortedMap<String, String> settings = CommonSettings.ofSource(topics, limits);
        settings.put("connector.class", "io.debezium.connector.postgresql.PostgresConnector");
        settings.put("plugin.name", "pgoutput");
        connection(settings);
        settings.put("slot.name", topics.key().slot());
        settings.put(
                "publication.name",
                ownsPublication() || !follows()
                        ? topics.key().slot()
                        : replication.chosen().text("publication_name"));
        settings.put("publication.autocreate.mode", "disabled");
        settings.put("snapshot.mode", snapshotMode());
        partitions(settings);
        if (follows()) {
            retries(settings);
            toast(settings);
        }
        catalog();
        settings.putAll(TableSelection.settings(postgres.at("catalog")));
        return settings;
    }

    private void connection(SortedMap<String, String> settings) {
        settings.put("database.hostname", connection.text("host"));
        settings.put("database.port", connection.text("port"));
        settings.put("database.user", connection.text("user"));
        settings.put("database.password", connection.text("password"));
        settings.put("database.dbname", connection.text("database"));
        String mode = PostgresSsl.mode(connection);
        settings.put("database.sslmode", mode);
        if (PostgresSsl.verifies(mode)) {
            settings.put("database.sslfactory", PostgresSsl.OF_THE_JVM);
        }
        long lock = connection.number("operation_lock_timeout_seconds");
        if (lock > 0) {
            settings.put("database.initial.statements", "SET lock_timeout = '" + lock + "s'");
        }
    }

    private String snapshotMode() {
        if (!follows()) {
            return "initial_only";
        }
        return replication.chosen().flag("skip_snapshots") ? "no_data" : "initial";
    }

    private void partitions(SortedMap<String, String> settings) {
        boolean asRoot = postgres.flag("partitions_as_root");
        if (asRoot && !follows()) {
            throw Wrong.notRunnable(postgres.at("partitions_as_root").pointer(), "is for logical replication only");
        }
        settings.put("publish.via.partition.root", Boolean.toString(asRoot));
    }

    private void retries(SortedMap<String, String> settings) {
        long window = replication.chosen().number("retry_window_seconds");
        long tries = Math.ceilDiv(window == 0 ? USUAL_WINDOW_SECONDS : window, BETWEEN_TRIES_SECONDS);
        settings.put("errors.max.retries", Long.toString(tries));
        settings.put("retriable.restart.connector.wait.ms", BETWEEN_TRIES_SECONDS + "000");
        settings.put("slot.max.retries", Long.toString(tries));
        settings.put("slot.retry.delay.ms", BETWEEN_TRIES_SECONDS + "000");
    }

    private void toast(SortedMap<String, String> settings) {
        if (replication.chosen().text("toast_mode").equals("ReplicaIdentityFull")) {
            settings.put("replica.identity.autoset.values", ".*:FULL");
        }
    }

    private void catalog() {
        Tree catalog = postgres.at("catalog");
        String database = connection.text("database");
        if (catalog.there() && !catalog.text("name").equals(database)) {
            throw Wrong.notRunnable(
                    catalog.at("name").pointer(), "is not " + database + ", the database of the connection");
        }
        Tree publication = replication.chosen().at("publication_name");
        String name = replication.chosen().text("publication_name");
        if (!name.isEmpty() && !PUBLICATION.matcher(name).matches()) {
            throw Wrong.notRunnable(
                    publication.pointer(),
                    "cannot be followed: Debezium needs a name of lower-case letters, digits, underscores and dollar signs");
        }
    }

    /** What the target needs that writes rows: the value itself where the log has only a place for it. */
    @Override
    public void towardsRows(SortedMap<String, String> settings) {
        settings.put("tombstones.on.delete", "false");
        // Columns of types that Debezium has no words for arrive as well, and all in columns of their own types.
        settings.put("include.unknown.datatypes", "true");
        settings.put("interval.handling.mode", "string");
        settings.put("column.propagate.source.type", ".*");
        // The target's tables are emptied, too.
        settings.put("skipped.operations", "none");
        if (follows() && !settings.containsKey("replica.identity.autoset.values")) {
            settings.put("post.processors", "reselect");
            settings.put("reselect.type", "io.debezium.processors.reselect.ReselectColumnsPostProcessor");
            settings.put("reselect.reselect.unavailable.values", "true");
            settings.put("reselect.reselect.null.values", "false");
        }
    }

    @Override
    public String targetSchema() {
        return OF_THE_SOURCE;
    }

    @Override
    public String database() {
        return connection.text("database");
    }

    @Override
    public boolean hasSchemas() {
        return true;
    }

    @Override
    public boolean ends() {
        return !follows();
    }

    @Override
    public boolean ownsPublication() {
        return follows() && replication.chosen().text("publication_name").isEmpty();
    }

    @Override
    public boolean adaptsTimes() {
        return true;
    }

    private boolean follows() {
        return replication.tag().equals("logical_replication");
    }
}
