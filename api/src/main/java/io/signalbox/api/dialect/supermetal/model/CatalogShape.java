package io.signalbox.api.dialect.supermetal.model;

import static io.signalbox.api.dialect.supermetal.model.Field.optional;
import static io.signalbox.api.dialect.supermetal.model.Field.required;
import static io.signalbox.api.dialect.supermetal.model.Parts.bare;
import static io.signalbox.api.dialect.supermetal.model.Parts.count;
import static io.signalbox.api.dialect.supermetal.model.Parts.flag;
import static io.signalbox.api.dialect.supermetal.model.Parts.group;
import static io.signalbox.api.dialect.supermetal.model.Parts.listOf;
import static io.signalbox.api.dialect.supermetal.model.Parts.oneOf;
import static io.signalbox.api.dialect.supermetal.model.Parts.oneWordOf;
import static io.signalbox.api.dialect.supermetal.model.Parts.text;
import static io.signalbox.api.dialect.supermetal.model.Parts.word;

/** Which schemas, tables and columns are wanted: what discovery answers, with an action on each. */
final class CatalogShape {

    private static final String OTHER_SINK = "It is about a sink that is not run here.";
    private static final String OTHER_SOURCE = "It is about a source that is not run here.";
    private static final String TOLD = "As discovery told it: it is kept and shown, and selects nothing.";

    private CatalogShape() {}

    static Field field() {
        return optional(
                "catalog",
                group(
                        required("name", word())
                                .applied("It has to be the database of the connection, where that names one."),
                        optional("default_action", action())
                                .or("Exclude")
                                .applied("Of schemas that are not listed. Without a catalog everything is included."),
                        required("schemas", listOf(schema()))));
    }

    private static Shape schema() {
        return group(
                required("name", word()).applied("`table.include.list`, `table.exclude.list`; of MySQL a database."),
                optional("action", action())
                        .or("Include")
                        .applied("Of tables that are not listed; an included schema of an excluding catalog that lists"
                                + " included tables has no others."),
                required("tables", listOf(table())));
    }

    private static Shape table() {
        return group(
                required("name", word()).applied("`table.include.list`, `table.exclude.list`."),
                optional("action", action()).or("Include").applied("Over that of its schema."),
                optional("columns", listOf(column())),
                optional(
                                "iceberg_partition_spec",
                                group(required(
                                        "fields",
                                        listOf(group(
                                                required("source_column", word()),
                                                required("transform", transform()),
                                                optional("name", text()))))))
                        .refused(OTHER_SINK),
                optional("source_option", oneOf(optional("file", group(optional("primary_keys", listOf(word()))))))
                        .refused(OTHER_SOURCE),
                optional("target_option", targetOption()).refused(OTHER_SINK),
                optional("on_mongo_type_conflict", typeConflict()).refused(OTHER_SOURCE));
    }

    private static Shape column() {
        return group(
                required("name", word()).applied("`column.exclude.list`."),
                optional("action", action())
                        .or("Include")
                        .applied("An excluded column is not read. Columns of the primary key have to be included."),
                optional("data_type", text()).applied(TOLD),
                optional("nullable", flag()).applied(TOLD),
                optional("primary_key", flag()).applied(TOLD),
                optional("supported", flag()).applied(TOLD));
    }

    private static Shape action() {
        return oneWordOf("Include", "Exclude");
    }

    static Shape typeConflict() {
        return oneOf(bare("Coerce"), bare("WidenToString"));
    }

    private static Shape transform() {
        return oneOf(
                bare("identity"),
                bare("year"),
                bare("month"),
                bare("day"),
                bare("hour"),
                optional("bucket", group(optional("num_buckets", count()).or(0))),
                optional("truncate", group(optional("width", count()).or(0))));
    }

    private static Shape targetOption() {
        return oneOf(
                optional(
                        "clickhouse",
                        group(
                                optional("order_by", group(optional("entries", listOf(word())))),
                                optional("partitioning", group(optional("expression", text()))),
                                optional("sharding_key", text()))),
                optional(
                        "file_sink",
                        group(required(
                                "fields",
                                listOf(group(
                                        required("source_column", word()),
                                        optional("name", text()),
                                        optional(
                                                "transform",
                                                oneWordOf("Identity", "Year", "Month", "Day", "Hour"))))))));
    }
}
