package io.signalbox.api.dialect.supermetal.model;

import static io.signalbox.api.dialect.supermetal.model.Field.optional;
import static io.signalbox.api.dialect.supermetal.model.Field.required;
import static io.signalbox.api.dialect.supermetal.model.Parts.flag;
import static io.signalbox.api.dialect.supermetal.model.Parts.group;
import static io.signalbox.api.dialect.supermetal.model.Parts.oneOf;

import io.signalbox.api.dialect.supermetal.model.Shape.Group;
import io.signalbox.api.dialect.supermetal.model.Shape.Text;

/**
 * What a connector of this dialect is: the newest that is known of it, of which everything older is a part. Only
 * {@code id}, {@code source} and {@code sink} have to be there. A source or sink is a tag, and a line here.
 */
public final class ConnectorShape {

    private static final int LONGEST_ID = 255;
    private static final int LONGEST_NAME = 100;

    public static final Field SOURCE = required(
            "source",
            oneOf(
                    PostgresShapes.source(),
                    SourceShapes.sqlserver(),
                    MySqlShape.source(),
                    SourceShapes.mongo(),
                    SourceShapes.oracle(),
                    SourceShapes.fileSource(),
                    SourceShapes.db2()));

    public static final Field SINK = required(
            "sink",
            oneOf(
                    PostgresShapes.sink(),
                    WarehouseShapes.clickhouse(),
                    WarehouseShapes.snowflake(),
                    WarehouseShapes.materialize(),
                    KafkaShapes.sink(),
                    WarehouseShapes.databricks(),
                    OutletShapes.webhook(),
                    IcebergShape.sink(),
                    WarehouseShapes.doris(),
                    WarehouseShapes.duckdb("duckdb"),
                    WarehouseShapes.duckdb("motherduck"),
                    WarehouseShapes.bigQuery(),
                    OutletShapes.fileSink(),
                    WarehouseShapes.redshift()));

    public static final Field BUFFER = EnvelopeShapes.buffer();

    /** An id may be empty where one is made for it; one that a path names takes its place. */
    public static final Group CONNECTOR = group(
            required("id", new Text(0, LONGEST_ID))
                    .applied("Connectors, topics and the group begin with `sm.` and it."),
            SOURCE,
            SINK,
            BUFFER,
            EnvelopeShapes.limits(),
            optional("disabled", flag()).or(false).applied("It is there, and stopped."),
            EnvelopeShapes.schedule(),
            optional("name", new Text(1, LONGEST_NAME)).applied("It is shown."),
            EnvelopeShapes.identifierNaming());

    private ConnectorShape() {}
}
