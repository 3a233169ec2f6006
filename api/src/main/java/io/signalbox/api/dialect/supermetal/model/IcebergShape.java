package io.signalbox.api.dialect.supermetal.model;

import static io.signalbox.api.dialect.supermetal.model.Field.optional;
import static io.signalbox.api.dialect.supermetal.model.Field.required;
import static io.signalbox.api.dialect.supermetal.model.Parts.bare;
import static io.signalbox.api.dialect.supermetal.model.Parts.count;
import static io.signalbox.api.dialect.supermetal.model.Parts.flag;
import static io.signalbox.api.dialect.supermetal.model.Parts.group;
import static io.signalbox.api.dialect.supermetal.model.Parts.historyMode;
import static io.signalbox.api.dialect.supermetal.model.Parts.listOf;
import static io.signalbox.api.dialect.supermetal.model.Parts.migrationStrategy;
import static io.signalbox.api.dialect.supermetal.model.Parts.oneOf;
import static io.signalbox.api.dialect.supermetal.model.Parts.oneWordOf;
import static io.signalbox.api.dialect.supermetal.model.Parts.pem;
import static io.signalbox.api.dialect.supermetal.model.Parts.text;
import static io.signalbox.api.dialect.supermetal.model.Parts.whole;
import static io.signalbox.api.dialect.supermetal.model.Parts.word;

import io.signalbox.api.dialect.supermetal.model.Shape.Settings;

/** Iceberg as a sink, which is not run here, as a whole. */
final class IcebergShape {

    private IcebergShape() {}

    static Field sink() {
        return optional(
                        "iceberg",
                        group(
                                required("catalog", catalog()),
                                required("target_namespace", listOf(word())),
                                optional("max_catalog_concurrency", count()).or(0),
                                optional("metadata_compression", oneWordOf("None", "Gzip"))
                                        .or("Gzip"),
                                optional("parquet", parquet()),
                                optional("spec_version", oneWordOf("V1", "V2", "V3"))
                                        .or("V3"),
                                optional("storage_credentials", storage()),
                                optional("truncate_table_if_exists", flag()).or(false),
                                optional("type_conversion", typeConversion()),
                                optional("vended_credentials", flag()).or(false),
                                optional("write_mode", writeMode()),
                                migrationStrategy()))
                .refused("Its connector only appends: updates and deletes would not arrive.");
    }

    private static Shape catalog() {
        return oneOf(
                optional(
                        "rest",
                        group(
                                required("uri", word()),
                                optional("warehouse", text()),
                                optional("auth", auth()),
                                properties())),
                optional(
                        "glue",
                        group(
                                required("warehouse", word()),
                                optional("access_key_id", text()).asSecret(),
                                optional("secret_access_key", text()).asSecret(),
                                optional("session_token", text()).asSecret(),
                                optional("catalog_id", text()),
                                optional("profile_name", text()),
                                optional("region", text()),
                                optional("uri", text()),
                                properties())),
                optional(
                        "hms",
                        group(
                                required("uri", word()),
                                required("warehouse", word()),
                                optional("thrift_transport", text()),
                                properties())),
                optional(
                        "s3tables",
                        group(
                                required("table_bucket_arn", word()),
                                optional("access_key_id", text()).asSecret(),
                                optional("secret_access_key", text()).asSecret(),
                                optional("session_token", text()).asSecret(),
                                optional("endpoint", text()),
                                optional("profile_name", text()),
                                optional("region", text()),
                                properties())),
                optional(
                        "sql",
                        group(
                                required("uri", word()),
                                required("warehouse", word()),
                                optional("bind_style", text()),
                                properties())),
                optional(
                        "snowflake",
                        group(
                                required("uri", word()),
                                required("warehouse", word()),
                                optional("database", text()),
                                optional("schema", text()),
                                optional("role", text()),
                                optional("username", text()),
                                optional("password", text()).asSecret(),
                                properties())),
                optional(
                        "unity",
                        group(
                                required("uri", word()),
                                required("catalog_name", word()),
                                optional("token", text()).asSecret(),
                                properties())));
    }

    private static Shape auth() {
        return oneOf(
                optional(
                        "oauth2",
                        group(
                                required("client_id", word()),
                                required("client_secret", text()).asSecret(),
                                required("token_endpoint", word()),
                                optional("scope", text()))),
                optional("bearer", group(required("token", text()).asSecret())),
                optional(
                        "basic",
                        group(
                                required("username", word()),
                                required("password", text()).asSecret())),
                optional(
                        "sigv4",
                        group(
                                required("region", word()),
                                optional("access_key_id", text()).asSecret(),
                                optional("secret_access_key", text()).asSecret(),
                                optional("session_token", text()).asSecret(),
                                optional("profile_name", text()),
                                optional("service", text()))));
    }

    private static Shape storage() {
        return oneOf(
                optional(
                        "s3",
                        group(
                                optional("access_key_id", text()).asSecret(),
                                optional("secret_access_key", text()).asSecret(),
                                optional("session_token", text()).asSecret(),
                                optional("endpoint", text()),
                                optional("iam_role_arn", text()),
                                optional("path_style_access", flag()).or(false),
                                optional("profile_name", text()),
                                optional("region", text()),
                                properties())),
                optional(
                        "gcs",
                        group(
                                optional("credentials_json", pem()).asSecret(),
                                optional("project_id", text()),
                                properties())),
                optional(
                        "azure",
                        group(
                                required("account_name", word()),
                                optional("account_key", text()).asSecret(),
                                optional("client_id", text()),
                                optional("client_secret", text()).asSecret(),
                                optional("tenant_id", text()),
                                optional("endpoint", text()),
                                properties())),
                optional("custom", group(properties())));
    }

    private static Shape parquet() {
        return group(
                optional("compression", oneWordOf("Uncompressed", "Snappy", "Gzip", "Brotli", "Lz4Raw", "Zstd"))
                        .or("Zstd"),
                optional("compression_level", count()).or(3),
                optional("target_file_size_mb", count()).or(512),
                optional("version", oneWordOf("V1", "V2")).or("V1"));
    }

    private static Shape typeConversion() {
        return group(
                optional(
                        "nanosecond",
                        group(optional("mode", oneWordOf("Microseconds", "String"))
                                .or("Microseconds"))),
                optional(
                        "numeric",
                        group(
                                optional("mode", oneWordOf("Decimal", "Double")).or("Decimal"),
                                optional("precision", whole(1, 38)).or(38),
                                optional("scale", whole(0, 38)).or(19))));
    }

    private static Shape writeMode() {
        return oneOf(
                bare("append"),
                optional(
                        "merge_on_read",
                        group(
                                optional("delete_mode", oneWordOf("Hard", "Soft"))
                                        .or("Soft"),
                                historyMode(),
                                optional("use_positional_deletes_only", flag()).or(false))));
    }

    private static Field properties() {
        return optional("properties", new Settings("key", false));
    }
}
