package io.signalbox.api.dialect.supermetal.model;

import static io.signalbox.api.dialect.supermetal.model.Field.optional;
import static io.signalbox.api.dialect.supermetal.model.Field.required;
import static io.signalbox.api.dialect.supermetal.model.Parts.bare;
import static io.signalbox.api.dialect.supermetal.model.Parts.count;
import static io.signalbox.api.dialect.supermetal.model.Parts.flag;
import static io.signalbox.api.dialect.supermetal.model.Parts.group;
import static io.signalbox.api.dialect.supermetal.model.Parts.keyless;
import static io.signalbox.api.dialect.supermetal.model.Parts.listOf;
import static io.signalbox.api.dialect.supermetal.model.Parts.objectStore;
import static io.signalbox.api.dialect.supermetal.model.Parts.oneOf;
import static io.signalbox.api.dialect.supermetal.model.Parts.oneWordOf;
import static io.signalbox.api.dialect.supermetal.model.Parts.pem;
import static io.signalbox.api.dialect.supermetal.model.Parts.port;
import static io.signalbox.api.dialect.supermetal.model.Parts.share;
import static io.signalbox.api.dialect.supermetal.model.Parts.size;
import static io.signalbox.api.dialect.supermetal.model.Parts.systemColumns;
import static io.signalbox.api.dialect.supermetal.model.Parts.text;
import static io.signalbox.api.dialect.supermetal.model.Parts.tunnel;
import static io.signalbox.api.dialect.supermetal.model.Parts.word;

/** The sources that are not run here, as wholes. */
final class SourceShapes {

    private SourceShapes() {}

    static Field sqlserver() {
        return optional(
                        "sqlserver",
                        group(
                                required(
                                        "connection",
                                        group(
                                                required("host", word()).asFixed(),
                                                required("database", word()).asFixed(),
                                                required("auth", sqlServerAuth()),
                                                optional("port", port())
                                                        .asFixed()
                                                        .or(1433),
                                                optional(
                                                        "ssl_mode",
                                                        oneOf(bare("disable"), optional("enable", group(caFile())))),
                                                optional("max_pool_size", count())
                                                        .or(0),
                                                tunnel())),
                                required(
                                        "replication_type",
                                        oneOf(
                                                optional("capture_table_replication", captureTables()),
                                                bare("snapshot"))),
                                optional("snapshot_isolation", oneWordOf("Auto", "Required", "Disabled"))
                                        .or("Required"),
                                parallel(),
                                CatalogShape.field(),
                                keyless(),
                                systemColumns()))
                .refused("Debezium has a connector for SQL Server, but it was not tried here.");
    }

    private static Shape sqlServerAuth() {
        return oneOf(
                optional("standard", userAndPassword()),
                optional("windows", userAndPassword()),
                optional("activedirectory", group(required("token", text()).asSecret())));
    }

    private static Shape userAndPassword() {
        return group(required("user", word()), required("password", text()).asSecret());
    }

    private static Shape captureTables() {
        return group(
                optional("cdc_max_scans", count()).or(0),
                optional("cdc_max_trans", count()).or(0),
                optional("cdc_poll_interval_secs", size()).or(0),
                optional("skip_snapshot", flag()).or(false),
                optional("skip_tables_without_ct", flag()).or(false),
                optional("transactional_cdc_enabled", flag()).or(false));
    }

    static Field mongo() {
        return optional(
                        "mongo",
                        group(
                                required(
                                        "connection",
                                        group(
                                                required("address", word()),
                                                required("database", word()).asFixed(),
                                                optional("user", text()),
                                                optional("password", text()).asSecret(),
                                                optional("authentication_source", text()),
                                                optional(
                                                        "ssl_mode",
                                                        oneOf(
                                                                bare("disable"),
                                                                optional(
                                                                        "enable",
                                                                        group(
                                                                                caFile(),
                                                                                optional("cert_key_file", pem())
                                                                                        .asSecret())))),
                                                optional("max_pool_size", count())
                                                        .or(0))),
                                required(
                                        "replication_type",
                                        oneOf(
                                                optional(
                                                        "change_streams",
                                                        group(
                                                                required("replication_mode", mongoMode()),
                                                                optional("skip_snapshot", flag())
                                                                        .or(false))),
                                                optional(
                                                        "snapshot", group(required("replication_mode", mongoMode()))))),
                                optional("flatten_body", flag()).or(false),
                                optional("flatten_max_depth", count()).or(0),
                                CatalogShape.field(),
                                systemColumns()))
                .refused("Columns of documents are not inferred here.");
    }

    private static Shape mongoMode() {
        return oneOf(
                optional(
                        "schema_mode",
                        group(
                                optional("infer_typed_strings", flag()).or(false),
                                optional("majority_type_threshold", share()),
                                optional("object_store", objectStore()),
                                optional("on_type_conflict", CatalogShape.typeConflict()))),
                bare("schemaless_mode"));
    }

    static Field oracle() {
        return optional(
                        "oracle",
                        group(
                                required(
                                        "connection",
                                        group(
                                                required("connect_string", word()),
                                                required("user", word()),
                                                required("password", text()).asSecret(),
                                                optional("pdb", text()),
                                                optional("max_pool_size", count())
                                                        .or(0))),
                                required(
                                        "replication_type",
                                        oneOf(optional(
                                                "log_miner",
                                                group(
                                                        optional("dict", oneWordOf("OnlineCatalog", "RedoLogs"))
                                                                .or("OnlineCatalog"),
                                                        optional("committed_data_only", flag())
                                                                .or(false),
                                                        optional("poll_interval_secs", size())
                                                                .or(0),
                                                        optional("max_buffer_memory_size_per_tx", size())
                                                                .or(0))))),
                                parallel(),
                                CatalogShape.field(),
                                keyless(),
                                systemColumns()))
                .refused("Debezium has a connector for Oracle, but it was not tried here.");
    }

    static Field db2() {
        return optional(
                        "db2",
                        group(
                                required(
                                        "connection",
                                        group(
                                                required("host", word()).asFixed(),
                                                required("database", word()).asFixed(),
                                                required("user", word()),
                                                required("password", text()).asSecret(),
                                                optional("port", port())
                                                        .asFixed()
                                                        .or(50_000),
                                                optional("max_pool_size", count())
                                                        .or(0))),
                                required(
                                        "replication_type",
                                        oneOf(optional(
                                                "snapshot",
                                                group(optional("max_text_size", count())
                                                        .or(10 * 1024 * 1024))))),
                                CatalogShape.field(),
                                keyless(),
                                systemColumns()))
                .refused("Debezium's connector for Db2 comes without IBM's driver, and needs tables of changes there.");
    }

    static Field fileSource() {
        return optional(
                        "file_source",
                        group(
                                required("object_store", objectStore()),
                                optional(
                                        "discovery",
                                        oneOf(optional(
                                                "poll",
                                                group(optional("interval_seconds", size())
                                                        .or(60))))),
                                optional("glob_patterns", listOf(word())),
                                optional("exclude_patterns", listOf(word())),
                                optional("format_details", formatDetails()),
                                optional("table_mapping", tableMapping()),
                                optional(
                                        "post_processing",
                                        oneOf(
                                                bare("delete"),
                                                optional("move", group(required("destination", word()))))),
                                optional(
                                        "error_handling",
                                        group(optional("on_file_error", oneWordOf("Skip", "Fail"))
                                                .or("Skip"))),
                                optional("start_date", size()).or(0),
                                optional("disable_zero_copy", flag()),
                                CatalogShape.field(),
                                systemColumns()))
                .refused("There is no connector on Maven Central that reads files of an object store into rows.");
    }

    private static Shape formatDetails() {
        return oneOf(
                optional(
                        "csv",
                        group(
                                optional("allow_jagged_rows", flag()).or(false),
                                optional("comment", text()),
                                optional("delimiter", text()),
                                optional("encoding", text()),
                                optional("escape", text()),
                                optional("has_header", flag()).or(false),
                                optional("null_values", listOf(text())),
                                optional("quote", text()),
                                optional("skip_rows", count()).or(0),
                                optional("terminator", text()))),
                optional(
                        "json",
                        group(
                                optional("flatten", flag()).or(false),
                                optional("multi_line", flag()).or(true),
                                optional("strip_outer_array", flag()).or(false))),
                optional("parquet", group(optional("binary_as_text", flag()).or(true))));
    }

    private static Shape tableMapping() {
        return oneOf(
                optional("single", group(required("destination", word()))),
                optional("auto", group(optional("prefix", text()), optional("suffix", text()))),
                optional("dynamic", group(required("pattern", word()), required("template", word()))));
    }

    static Field caFile() {
        return optional("ca_file", pem()).asSecret();
    }

    private static Field parallel() {
        return optional("parallel_snapshots_enabled", flag()).or(true);
    }
}
