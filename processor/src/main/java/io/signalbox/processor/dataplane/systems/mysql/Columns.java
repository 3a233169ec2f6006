package io.signalbox.processor.dataplane.systems.mysql;

import io.signalbox.processor.dataplane.systems.Catalog.Column;
import io.signalbox.processor.dataplane.systems.Session;
import io.signalbox.processor.dataplane.systems.TableName;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The columns of a source's tables, and whether what is in them arrives as it is. */
final class Columns {

    /** Each was copied, and compared. */
    private static final Set<String> EXACT = Set.of(
            "tinyint",
            "smallint",
            "mediumint",
            "int",
            "bigint",
            "decimal",
            "double",
            "char",
            "varchar",
            "tinytext",
            "text",
            "mediumtext",
            "longtext",
            "binary",
            "varbinary",
            "tinyblob",
            "blob",
            "mediumblob",
            "longblob",
            "date",
            "datetime",
            "timestamp",
            "year",
            "json",
            "enum",
            "set");

    private static final String ALL = """
            select table_schema, table_name, column_name, column_type, is_nullable = 'YES', column_key = 'PRI', data_type
            from information_schema.columns where table_schema not in %s
            order by table_schema, table_name, ordinal_position""".formatted(Tables.OWN);

    private Columns() {}

    private record Found(TableName table, Column column) {}

    /** Of each table, in their order. */
    static Map<TableName, List<Column>> all(Session session) throws SQLException {
        Map<TableName, List<Column>> columns = new LinkedHashMap<>();
        session.list(
                        ALL,
                        row -> new Found(
                                new TableName(row.getString(1), row.getString(2)),
                                new Column(
                                        row.getString(3),
                                        row.getString(4),
                                        row.getBoolean(5),
                                        row.getBoolean(6),
                                        EXACT.contains(row.getString(7)))))
                .forEach(each -> columns.computeIfAbsent(each.table(), name -> new ArrayList<>())
                        .add(each.column()));
        return columns;
    }
}
