package io.signalbox.api.dialect.supermetal.model;

import static io.signalbox.api.dialect.supermetal.model.Field.optional;
import static io.signalbox.api.dialect.supermetal.model.Field.required;
import static io.signalbox.api.dialect.supermetal.model.Parts.count;
import static io.signalbox.api.dialect.supermetal.model.Parts.flag;
import static io.signalbox.api.dialect.supermetal.model.Parts.group;
import static io.signalbox.api.dialect.supermetal.model.Parts.objectStore;
import static io.signalbox.api.dialect.supermetal.model.Parts.oneOf;
import static io.signalbox.api.dialect.supermetal.model.Parts.oneWordOf;
import static io.signalbox.api.dialect.supermetal.model.Parts.size;
import static io.signalbox.api.dialect.supermetal.model.Parts.text;
import static io.signalbox.api.dialect.supermetal.model.Parts.word;

import io.signalbox.api.dialect.supermetal.model.Shape.Settings;

/** The sinks that are files and web servers: neither is run here, as wholes. */
final class OutletShapes {

    private OutletShapes() {}

    private static final String NO_PLUGIN = "There is no connector for it on Maven Central.";

    static Field webhook() {
        return optional(
                        "webhook",
                        group(
                                required("url", word()).asFixed(),
                                required("format", KafkaShapes.format()),
                                optional(
                                        "auth",
                                        oneOf(
                                                optional(
                                                        "bearer",
                                                        group(required("token", text())
                                                                .asSecret())),
                                                optional(
                                                        "basic",
                                                        group(
                                                                required("username", word()),
                                                                required("password", text())
                                                                        .asSecret())),
                                                optional(
                                                        "header",
                                                        group(
                                                                required("name", word()),
                                                                required("value", text())
                                                                        .asSecret())))),
                                optional(
                                        "batch",
                                        group(
                                                optional("max_batch_size", count())
                                                        .or(0),
                                                optional("max_payload_bytes", size())
                                                        .or(1_048_576))),
                                optional("compression", oneWordOf("None", "Gzip", "Br", "Zstd"))
                                        .or("None"),
                                optional("headers", headers()),
                                optional("path_template", text()),
                                optional(
                                        "rate_limit",
                                        group(
                                                optional("max_bytes_per_second", size())
                                                        .or(0),
                                                optional("max_requests_per_second", count())
                                                        .or(0))),
                                optional("request_timeout_ms", count()).or(30_000),
                                optional(
                                        "retry",
                                        group(
                                                optional("initial_backoff_ms", count())
                                                        .or(1_000),
                                                optional("max_backoff_ms", count())
                                                        .or(180_000),
                                                optional("max_retries", count()).or(1_024),
                                                optional("max_retry_duration_ms", size())))))
                .refused(NO_PLUGIN);
    }

    private static Shape headers() {
        return group(
                optional("idempotency_key", flag()).or(true),
                optional("idempotency_key_header", text()).or("Idempotency-Key"),
                optional("source_schema", flag()).or(true),
                optional("source_schema_header", text()).or("X-Source-Schema"),
                optional("source_table", flag()).or(true),
                optional("source_table_header", text()).or("X-Source-Table"),
                optional("static_", new Settings("name", false)));
    }

    static Field fileSink() {
        return optional(
                        "file_sink",
                        group(
                                required("object_store", objectStore()),
                                optional("output_format", outputFormat()),
                                optional("path_template", text()),
                                optional("target_file_size_mb", count())))
                .refused(NO_PLUGIN);
    }

    private static Shape outputFormat() {
        return oneOf(
                optional(
                        "parquet",
                        group(
                                compression(),
                                optional("compression_level", count()),
                                optional("data_page_size_bytes", size()),
                                optional("dictionary_enabled", flag()),
                                optional("max_row_group_rows", size()),
                                optional("statistics", oneWordOf("None", "Chunk", "Page")),
                                optional("version", oneWordOf("V1", "V2")))),
                optional(
                        "csv",
                        group(
                                compression(),
                                optional("date_format", text()),
                                optional("datetime_format", text()),
                                optional("time_format", text()),
                                optional("timestamp_format", text()),
                                optional("timestamp_tz_format", text()),
                                optional("delimiter", text()),
                                optional("double_quote", flag()),
                                optional("encoding", text()),
                                optional("escape", text()),
                                optional("has_header", flag()),
                                optional("null_value", text()),
                                optional("quote", text()),
                                optional("terminator", text()))),
                optional(
                        "json",
                        group(
                                compression(),
                                optional("flatten", flag()),
                                optional("flatten_separator", text()),
                                optional("format", oneWordOf("Array", "Ndjson")),
                                optional("null_fields", oneWordOf("Include", "Omit")))),
                optional("avro", group(compression())));
    }

    private static Field compression() {
        return optional(
                "compression",
                oneWordOf("None", "Brotli", "Bzip2", "Deflate", "Deflate64", "Gzip", "Lzma", "Xz", "Zlib", "Zstd"));
    }
}
