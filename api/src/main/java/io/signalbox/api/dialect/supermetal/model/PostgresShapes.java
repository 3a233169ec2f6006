package io.signalbox.api.dialect.supermetal.model;

import static io.signalbox.api.dialect.supermetal.model.Field.optional;
import static io.signalbox.api.dialect.supermetal.model.Field.required;
import static io.signalbox.api.dialect.supermetal.model.Parts.count;
import static io.signalbox.api.dialect.supermetal.model.Parts.flag;
import static io.signalbox.api.dialect.supermetal.model.Parts.group;
import static io.signalbox.api.dialect.supermetal.model.Parts.keyless;
import static io.signalbox.api.dialect.supermetal.model.Parts.objectStore;
import static io.signalbox.api.dialect.supermetal.model.Parts.oneOf;
import static io.signalbox.api.dialect.supermetal.model.Parts.oneWordOf;
import static io.signalbox.api.dialect.supermetal.model.Parts.pem;
import static io.signalbox.api.dialect.supermetal.model.Parts.port;
import static io.signalbox.api.dialect.supermetal.model.Parts.size;
import static io.signalbox.api.dialect.supermetal.model.Parts.sslMode;
import static io.signalbox.api.dialect.supermetal.model.Parts.systemColumns;
import static io.signalbox.api.dialect.supermetal.model.Parts.text;
import static io.signalbox.api.dialect.supermetal.model.Parts.tunnel;
import static io.signalbox.api.dialect.supermetal.model.Parts.whole;
import static io.signalbox.api.dialect.supermetal.model.Parts.with;
import static io.signalbox.api.dialect.supermetal.model.Parts.word;
import static java.util.Map.entry;

import io.signalbox.api.dialect.supermetal.model.Fate.Kind;
import io.signalbox.api.dialect.supermetal.model.Shape.Group;
import java.util.Map;

/** PostgreSQL as a source and as a sink: every field, and what becomes of it. */
final class PostgresShapes {

    private static final long MOST_RETRY_SECONDS = 7 * 24 * 3600L;
    private static final long MOST_LOCK_SECONDS = 24 * 3600L;

    private static final Fate NO_FILES = new Fate(
            Kind.REFUSED,
            "The driver reads client certificates from files of the worker, which Signalbox cannot put there.");
    private static final Fate NO_TRUST =
            new Fate(Kind.REFUSED, "Trusted is what the JVMs of the workers and of Signalbox trust: add it there.");
    private static final String TRUST =
            "; `VerifyCa` and `VerifyFull` by what the JVMs of the workers and of Signalbox trust.";
    private static final Fate NO_TUNNEL = tunnel().fate();

    private PostgresShapes() {}

    static Field source() {
        return optional(
                "postgres",
                group(
                        required("connection", with(connection(), OF_SOURCE)),
                        required("replication_type", replicationType()),
                        optional("parallel_snapshots_enabled", flag())
                                .or(true)
                                .approximated("One table after another, in one transaction (`snapshot.max.threads=1`):"
                                        + " Debezium's threads would each see another moment."),
                        optional("partitions_as_root", flag())
                                .or(false)
                                .applied(
                                        "`publish.via.partition.root`, also of the publication that is made; for logical"
                                                + " replication only."),
                        CatalogShape.field(),
                        keyless(),
                        systemColumns()));
    }

    static Field sink() {
        return optional(
                "postgres",
                group(
                        required("connection", with(connection(), OF_SINK)),
                        optional("target_schema", text())
                                .applied(
                                        "`collection.name.format`. Without it each table keeps the schema of its source, of"
                                                + " MySQL the database. A schema that there is not is made."),
                        migrationStrategy()));
    }

    static Field migrationStrategy() {
        return optional(
                "migration_strategy",
                group(
                        optional("allowed", Parts.listOf(oneWordOf("Add", "Drop", "Datatype", "Nullability", "Order")))
                                .applied(
                                        "`Add`, or nothing said: `schema.evolution=basic`, new tables and columns follow."
                                                + " None: `schema.evolution=none`. Any other is refused: the sink only adds."),
                        optional("disable_all", flag())
                                .or(false)
                                .applied("`schema.evolution=none`: tables have to be there.")));
    }

    /** Also that of others who speak its protocol. */
    static Group connection() {
        return group(
                required("host", word()).asFixed(),
                optional("port", port()).asFixed().or(5432),
                required("user", word()),
                required("password", text()).asSecret(),
                required("database", word()).asFixed(),
                optional("ssl_mode", sslMode()).or("Prefer"),
                optional("ssl_cert", pem()).asSecret(),
                optional("ssl_key", pem()).asSecret(),
                optional("ssl_root_cert", pem()).asSecret(),
                optional("max_pool_size", size()).or(0),
                optional("operation_lock_timeout_seconds", whole(0, MOST_LOCK_SECONDS))
                        .or(0),
                tunnel());
    }

    private static final Map<String, Fate> OF_SOURCE = Map.ofEntries(
            entry("host", applied("`database.hostname`.")),
            entry("port", applied("`database.port`.")),
            entry("user", applied("`database.user`.")),
            entry("password", applied("`database.password`, sealed.")),
            entry("database", applied("`database.dbname`.")),
            entry("ssl_mode", applied("`database.sslmode`" + TRUST)),
            entry("ssl_cert", NO_FILES),
            entry("ssl_key", NO_FILES),
            entry("ssl_root_cert", NO_TRUST),
            entry(
                    "max_pool_size",
                    approximated(
                            "Nothing: Debezium has no pool, but one connection for changes and one or two beside.")),
            entry("operation_lock_timeout_seconds", applied("`database.initial.statements` with `SET lock_timeout`.")),
            entry("tunnel", NO_TUNNEL));

    private static final Map<String, Fate> OF_SINK = Map.ofEntries(
            entry("host", applied("In `connection.url`.")),
            entry("port", applied("In `connection.url`.")),
            entry("user", applied("`connection.username`.")),
            entry("password", applied("`connection.password`, sealed.")),
            entry("database", applied("In `connection.url`.")),
            entry("ssl_mode", applied("`sslmode` in `connection.url`" + TRUST)),
            entry("ssl_cert", NO_FILES),
            entry("ssl_key", NO_FILES),
            entry("ssl_root_cert", NO_TRUST),
            entry("max_pool_size", applied("`connection.pool.max_size`.")),
            entry("operation_lock_timeout_seconds", applied("`options` in `connection.url` with `lock_timeout`.")),
            entry("tunnel", NO_TUNNEL));

    private static Shape replicationType() {
        return oneOf(
                optional(
                                "logical_replication",
                                group(
                                        optional("publication_name", text())
                                                .applied(
                                                        "`publication.name`: one that there is. Without it `supermetal_` and"
                                                                + " the id in lower case, with `_` for `-`, is made and goes with the"
                                                                + " connector."),
                                        optional("retry_window_seconds", whole(0, MOST_RETRY_SECONDS))
                                                .or(0)
                                                .approximated("So many tries 10 s apart (`errors.max.retries`,"
                                                        + " `slot.max.retries`); 0 is 300 s."),
                                        optional("skip_snapshots", flag())
                                                .or(false)
                                                .applied("`snapshot.mode=no_data`."),
                                        optional("toast_mode", oneWordOf("Placeholder", "ReplicaIdentityFull"))
                                                .applied(
                                                        "`ReplicaIdentityFull`: `replica.identity.autoset.values`, for which"
                                                                + " the user has to own the tables. `Placeholder`, or nothing said:"
                                                                + " towards PostgreSQL the value is read from the source again,"
                                                                + " towards Kafka the placeholder is sent.")))
                        .applied(
                                "`plugin.name=pgoutput`, `snapshot.mode=initial`, with the slot `supermetal_` and the id in"
                                        + " lower case, with `_` for `-`."),
                optional("snapshot", group())
                        .applied("`snapshot.mode=initial_only`; what it copies is complete when the target has it."),
                optional(
                                "query_based",
                                group(
                                        optional("poll_interval_seconds", count())
                                                .or(60),
                                        optional("max_skip_cycles", count()).or(10),
                                        optional(
                                                "delete_tracking",
                                                oneOf(optional(
                                                        "enabled",
                                                        group(
                                                                optional("poll_interval_seconds", count())
                                                                        .or(300),
                                                                optional("pk_index_store", objectStore())))))))
                        .refused("There is no connector that asks by xmin: use logical_replication or snapshot."));
    }

    private static Fate applied(String how) {
        return new Fate(Kind.APPLIED, how);
    }

    private static Fate approximated(String how) {
        return new Fate(Kind.APPROXIMATED, how);
    }
}
