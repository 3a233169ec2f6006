package io.signalbox.processor.dataplane.systems.postgres;

import io.signalbox.processor.dataplane.systems.Catalog.Column;
import io.signalbox.processor.dataplane.systems.Session;
import io.signalbox.processor.dataplane.systems.TableName;
import java.sql.ResultSet;
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
            "bool",
            "int2",
            "int4",
            "int8",
            "float4",
            "float8",
            "numeric",
            "money",
            "text",
            "varchar",
            "bpchar",
            "date",
            "time",
            "timetz",
            "timestamp",
            "timestamptz",
            "interval",
            "uuid",
            "json",
            "jsonb",
            "xml",
            "bytea",
            "inet",
            "cidr",
            "macaddr",
            "bit",
            "varbit",
            "int4range",
            "int8range",
            "numrange",
            "tsrange",
            "tstzrange",
            "daterange");

    /** Of which arrays are exact. */
    private static final Set<String> IN_ARRAYS =
            Set.of("int2", "int4", "int8", "text", "varchar", "bool", "float8", "uuid");

    private static final String ALL = """
            select n.nspname, c.relname, a.attname, format_type(a.atttypid, a.atttypmod), not a.attnotnull,
                   coalesce(a.attnum = any (i.indkey), false), b.typname, b.typtype = 'e', e.typname,
                   a.atttypmod < 0 and b.typtypmod < 0 and t.typtypmod < 0, a.attgenerated <> ''
            from pg_attribute a
              join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
              join pg_type t on t.oid = a.atttypid
              join pg_type b on b.oid = case when t.typtype = 'd' then t.typbasetype else t.oid end
              left join pg_type e on e.oid = b.typelem and b.typcategory = 'A'
              left join pg_index i on i.indrelid = c.oid and i.indisprimary
            where c.relkind in ('r', 'p') and c.relpersistence in ('p', 'u') and a.attnum > 0 and not a.attisdropped
              and n.nspname <> 'information_schema' and n.nspname !~ '^pg_'
            order by n.nspname, c.relname, a.attnum""";

    private Columns() {}

    private record Found(TableName table, Column column) {}

    /** Of each table, in their order. */
    static Map<TableName, List<Column>> all(Session session) throws SQLException {
        Map<TableName, List<Column>> columns = new LinkedHashMap<>();
        session.list(ALL, Columns::found)
                .forEach(each -> columns.computeIfAbsent(each.table(), name -> new ArrayList<>())
                        .add(each.column()));
        return columns;
    }

    private static Found found(ResultSet row) throws SQLException {
        boolean supported = !row.getBoolean(11)
                && (row.getBoolean(8) || exact(row.getString(7), row.getString(9), row.getBoolean(10)));
        return new Found(
                new TableName(row.getString(1), row.getString(2)),
                new Column(row.getString(3), row.getString(4), row.getBoolean(5), row.getBoolean(6), supported));
    }

    /**
     * @param element of an array; null of everything else
     * @param unbounded of a number without precision, for which the JDBC sink makes a column of floating-point numbers
     */
    private static boolean exact(String type, String element, boolean unbounded) {
        if (element != null) {
            return IN_ARRAYS.contains(element);
        }
        return EXACT.contains(type) && !(type.equals("numeric") && unbounded);
    }
}
