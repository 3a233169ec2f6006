package io.signalbox.api.dialect.supermetal.model;

import static io.signalbox.api.dialect.supermetal.model.Field.optional;
import static io.signalbox.api.dialect.supermetal.model.Field.required;
import static io.signalbox.api.dialect.supermetal.model.Parts.bare;
import static io.signalbox.api.dialect.supermetal.model.Parts.bytes;
import static io.signalbox.api.dialect.supermetal.model.Parts.count;
import static io.signalbox.api.dialect.supermetal.model.Parts.flag;
import static io.signalbox.api.dialect.supermetal.model.Parts.group;
import static io.signalbox.api.dialect.supermetal.model.Parts.historyMode;
import static io.signalbox.api.dialect.supermetal.model.Parts.listOf;
import static io.signalbox.api.dialect.supermetal.model.Parts.migrationStrategy;
import static io.signalbox.api.dialect.supermetal.model.Parts.oneOf;
import static io.signalbox.api.dialect.supermetal.model.Parts.oneWordOf;
import static io.signalbox.api.dialect.supermetal.model.Parts.pem;
import static io.signalbox.api.dialect.supermetal.model.Parts.port;
import static io.signalbox.api.dialect.supermetal.model.Parts.size;
import static io.signalbox.api.dialect.supermetal.model.Parts.sslMode;
import static io.signalbox.api.dialect.supermetal.model.Parts.tableNameModifier;
import static io.signalbox.api.dialect.supermetal.model.Parts.text;
import static io.signalbox.api.dialect.supermetal.model.Parts.tunnel;
import static io.signalbox.api.dialect.supermetal.model.Parts.word;

import io.signalbox.api.dialect.supermetal.model.Shape.Group;

/** The sinks that are warehouses and engines of tables: none is run here, as wholes. */
final class WarehouseShapes {

    private WarehouseShapes() {}

    private static final String NO_PLUGIN = "There is no connector for it on Maven Central.";

    static Field clickhouse() {
        return optional(
                        "clickhouse",
                        group(
                                required("connection", clickhouseConnection()),
                                required("target_database", word()),
                                optional("async_inserts", flag()).or(true),
                                optional(
                                        "cluster",
                                        group(
                                                required("name", word()),
                                                optional("local_table_suffix", text()),
                                                optional("create_distributed_table", flag()))),
                                optional(
                                        "compression",
                                        group(
                                                optional("policy", oneWordOf("ServerDefault", "TypeBasedV1")),
                                                optional("overrides", listOf(compressionOverride())))),
                                optional("disable_schema_prefix", flag()).or(false),
                                optional("engine", oneWordOf("Auto", "MergeTree", "Null"))
                                        .or("Auto"),
                                historyMode(),
                                optional("max_snapshot_concurrency", count()).or(0),
                                migrationStrategy(),
                                optional("non_nullable_columns", flag()).or(false),
                                optional("preserve_source_nullability", flag()).or(false),
                                optional("snapshot_load_mode", oneWordOf("AtomicSwap", "InPlace", "Truncate")),
                                tableNameModifier(),
                                optional("ttl_days", count()).or(0)))
                .refused("Its connector is not on Maven Central, makes no tables and only inserts.");
    }

    private static Group clickhouseConnection() {
        return group(
                required("http_url", word()).asFixed(),
                optional("user", text()),
                optional("password", text()).asSecret(),
                optional("ssl_client_cert_pem", pem()).asSecret(),
                optional("ssl_client_key_pem", pem()).asSecret(),
                optional("ssl_root_cert", pem()).asSecret(),
                optional("ssl_verify", flag()).or(true));
    }

    private static Shape compressionOverride() {
        return group(
                required("codec", word()),
                optional(
                        "type_family",
                        oneWordOf(
                                "Boolean",
                                "ByteInteger",
                                "Complex",
                                "Decimal",
                                "Enum",
                                "Float",
                                "Integer",
                                "Ip",
                                "Json",
                                "String",
                                "Temporal",
                                "Unspecified",
                                "Uuid",
                                "WideInteger")));
    }

    static Field snowflake() {
        return optional(
                        "snowflake",
                        group(
                                required(
                                        "connection",
                                        group(
                                                required("account_identifier", word())
                                                        .asFixed(),
                                                required("user", word()),
                                                required("warehouse", word()),
                                                required("auth", snowflakeAuth()),
                                                optional("role", text()))),
                                required("target_database", word()),
                                optional("target_schema", text()),
                                optional("use_transactions", flag()).or(false),
                                historyMode(),
                                migrationStrategy()))
                .refused("Its connector only appends: updates and deletes would not arrive.");
    }

    private static Shape snowflakeAuth() {
        return oneOf(
                optional("password", group(required("password", text()).asSecret())),
                optional(
                        "key_pair",
                        group(
                                required("private_key_pem", pem()).asSecret(),
                                optional("private_key_password", text()).asSecret())));
    }

    static Field materialize() {
        return optional(
                        "materialize",
                        group(
                                required(
                                        "connection",
                                        group(
                                                required("host", word()).asFixed(),
                                                required("user", word()),
                                                required("app_password", text()).asSecret(),
                                                required("dbname", word()),
                                                optional("port", port()).asFixed(),
                                                optional("cluster", text()),
                                                optional("max_pool_size", size())
                                                        .or(0),
                                                optional("ssl_mode", sslMode()),
                                                optional("ssl_cert", bytes()).asSecret(),
                                                optional("ssl_key", bytes()).asSecret(),
                                                optional("ssl_root_cert", bytes())
                                                        .asSecret())),
                                optional("target_schema", text()),
                                migrationStrategy()))
                .refused("It takes no upserts as the JDBC sink writes them. It can read the topics by itself.");
    }

    static Field databricks() {
        return optional(
                        "databricks",
                        group(
                                required(
                                        "auth",
                                        oneOf(
                                                bare("cli"),
                                                optional(
                                                        "pat",
                                                        group(
                                                                required("workspace_host", word()),
                                                                required("personal_access_token", text())
                                                                        .asSecret())),
                                                optional(
                                                        "m2m",
                                                        group(
                                                                required("workspace_host", word()),
                                                                required("client_id", word()),
                                                                required("client_secret", text())
                                                                        .asSecret())))),
                                required("target_catalog", word()),
                                required("volume", word()),
                                required("warehouse", word()),
                                optional("target_schema", text()),
                                optional("storage_credential", text()),
                                optional(
                                        "table_features",
                                        group(
                                                optional("deletion_vectors", flag())
                                                        .or(false),
                                                optional("delta_uniform", flag())
                                                        .or(false),
                                                optional("type_widening", flag())
                                                        .or(false))),
                                historyMode(),
                                migrationStrategy()))
                .refused(NO_PLUGIN);
    }

    static Field doris() {
        return optional(
                        "doris",
                        group(
                                required(
                                        "connection",
                                        group(
                                                required("fe_http_url", word()).asFixed(),
                                                required("user", word()),
                                                optional("password", text()).asSecret(),
                                                optional("fe_mysql_port", port())
                                                        .or(9030),
                                                optional("fe_mysql_pool_max", count())
                                                        .or(0),
                                                optional("ssl_client_cert_pem", pem())
                                                        .asSecret(),
                                                optional("ssl_client_key_pem", pem())
                                                        .asSecret(),
                                                optional("ssl_root_cert", pem()).asSecret(),
                                                optional("ssl_verify", flag()).or(true))),
                                required("target_database", word()),
                                optional("binary_handling_mode", oneWordOf("Bytes", "Base64", "Hex"))
                                        .or("Bytes"),
                                optional("disable_schema_prefix", flag()).or(false),
                                optional("max_snapshot_concurrency", count()).or(0),
                                optional("preserve_source_nullability", flag()).or(false),
                                optional("table_model", oneWordOf("Auto", "UniqueKey", "DuplicateKey"))
                                        .or("Auto"),
                                tableNameModifier(),
                                historyMode(),
                                migrationStrategy()))
                .refused(NO_PLUGIN);
    }

    static Field duckdb(String tag) {
        return optional(
                        tag,
                        group(
                                required(
                                        "connection",
                                        oneOf(
                                                optional(
                                                        "quack",
                                                        group(
                                                                required("url", word())
                                                                        .asFixed(),
                                                                optional("token", text())
                                                                        .asSecret(),
                                                                optional("ssl", flag())
                                                                        .or(true))),
                                                optional("pg", PostgresShapes.connection()))),
                                required("target_database", word()),
                                optional("target_schema", text()),
                                optional("enable_primary_keys", flag()).or(false),
                                optional("max_snapshot_concurrency", count()).or(0),
                                optional("preserve_source_nullability", flag()).or(false),
                                optional("use_transactions", flag()).or(false),
                                historyMode(),
                                migrationStrategy()))
                .refused(NO_PLUGIN);
    }

    static Field bigQuery() {
        return optional(
                        "big_query",
                        group(
                                required(
                                        "auth",
                                        oneOf(optional(
                                                "service_account_key",
                                                group(required("key_json", pem())
                                                        .asSecret())))),
                                required("project_id", word()),
                                required("dataset", word()),
                                required(
                                        "write_mode",
                                        oneOf(
                                                optional(
                                                        "merge",
                                                        group(optional("use_transactions", flag())
                                                                .or(false))),
                                                optional(
                                                        "storage_write_api",
                                                        group(optional("max_staleness_minutes", count())
                                                                .or(0))))),
                                optional("disable_schema_prefix", flag()).or(false),
                                optional("max_snapshot_concurrency", count()),
                                optional("query_priority", oneWordOf("Interactive", "Batch"))
                                        .or("Interactive"),
                                historyMode(),
                                migrationStrategy()))
                .refused("Of its connector there is only an alpha version on Maven Central.");
    }

    static Field redshift() {
        return optional(
                        "redshift",
                        group(
                                required(
                                        "connection",
                                        group(
                                                required("host", word()).asFixed(),
                                                required("database", word()).asFixed(),
                                                required("user", word()),
                                                required("auth", redshiftAuth()),
                                                optional("port", port()).asFixed(),
                                                optional("max_pool_size", size())
                                                        .or(0),
                                                optional("ssl_mode", sslMode()),
                                                optional("ssl_root_cert", pem()).asSecret(),
                                                tunnel())),
                                optional("target_schema", text()),
                                optional("sort_dist_keys", flag()),
                                optional("use_transactions", flag()).or(false),
                                historyMode(),
                                migrationStrategy()))
                .refused(NO_PLUGIN);
    }

    private static Shape redshiftAuth() {
        return oneOf(
                optional("password", group(required("password", text()).asSecret())),
                optional(
                        "iam_credentials",
                        group(
                                optional("access_key_id", text()).asSecret(),
                                optional("secret_access_key", text()).asSecret(),
                                optional("session_token", text()).asSecret(),
                                optional("auto_create", flag()),
                                optional("cluster_identifier", text()),
                                optional("region", text()))));
    }
}
