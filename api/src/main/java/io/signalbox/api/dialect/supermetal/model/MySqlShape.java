package io.signalbox.api.dialect.supermetal.model;

import static io.signalbox.api.dialect.supermetal.model.Field.optional;
import static io.signalbox.api.dialect.supermetal.model.Field.required;
import static io.signalbox.api.dialect.supermetal.model.Parts.bare;
import static io.signalbox.api.dialect.supermetal.model.Parts.count;
import static io.signalbox.api.dialect.supermetal.model.Parts.flag;
import static io.signalbox.api.dialect.supermetal.model.Parts.group;
import static io.signalbox.api.dialect.supermetal.model.Parts.keyless;
import static io.signalbox.api.dialect.supermetal.model.Parts.oneOf;
import static io.signalbox.api.dialect.supermetal.model.Parts.port;
import static io.signalbox.api.dialect.supermetal.model.Parts.systemColumns;
import static io.signalbox.api.dialect.supermetal.model.Parts.text;
import static io.signalbox.api.dialect.supermetal.model.Parts.tunnel;
import static io.signalbox.api.dialect.supermetal.model.Parts.word;

import io.signalbox.api.dialect.supermetal.model.Shape.Group;

/** MySQL as a source: every field, and what becomes of it. */
final class MySqlShape {

    private MySqlShape() {}

    static Field source() {
        return optional(
                "mysql",
                group(
                        required("connection", connection()),
                        optional("skip_snapshot", flag()).or(false).applied("`snapshot.mode=no_data`."),
                        optional("infer_tinyint1_as_boolean", flag())
                                .or(true)
                                .applied("Debezium's `TinyIntOneToBooleanConverter`."),
                        optional("parallel_snapshots_enabled", flag())
                                .or(true)
                                .approximated(
                                        "One table after another, in one transaction (`snapshot.max.threads=1`)."),
                        CatalogShape.field(),
                        keyless(),
                        systemColumns()));
    }

    private static Group connection() {
        return group(
                required("host", word()).asFixed().applied("`database.hostname`."),
                optional("port", port()).asFixed().or(3306).applied("`database.port`."),
                optional("user", text()).applied("`database.user`; it has to be there."),
                optional("password", text()).asSecret().applied("`database.password`, sealed."),
                optional("database", text())
                        .asFixed()
                        .applied(
                                "`database.include.list`. Without it all that are not MySQL's own, which needs a target"
                                        + " schema towards PostgreSQL."),
                optional(
                        "ssl_mode",
                        oneOf(
                                bare("disable").applied("`database.ssl.mode=disabled`, of MariaDB `disable`."),
                                bare("require").applied("`database.ssl.mode=required`, of MariaDB `trust`."),
                                optional("verify_ca", group(caFile()))
                                        .applied("`database.ssl.mode=verify_ca`, of MariaDB `verify-ca`."),
                                optional("verify_identity", group(caFile()))
                                        .applied("`database.ssl.mode=verify_identity`, of MariaDB `verify-full`."))),
                optional("max_pool_size", count())
                        .or(0)
                        .approximated("Nothing: Debezium has no pool, but one connection for changes and one or two"
                                + " beside."),
                tunnel());
    }

    private static Field caFile() {
        return SourceShapes.caFile()
                .refused("The driver reads it from a file of the worker, which Signalbox cannot put there: without it,"
                        + " what the worker's JVM trusts is trusted.");
    }
}
