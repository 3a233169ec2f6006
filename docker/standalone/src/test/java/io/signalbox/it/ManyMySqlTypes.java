package io.signalbox.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.processor.dataplane.systems.RealMariaDb;
import io.signalbox.processor.dataplane.systems.RealPostgres;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A table with a column of each type of MySQL that is promised to arrive as it is in PostgreSQL, and rows for it. */
final class ManyMySqlTypes {

    static final String TABLE = "items";

    /**
     * @param value of row number {@code i}, as MySQL's SQL
     * @param there what it is as text, as MySQL's SQL
     * @param here the same, as PostgreSQL's
     */
    private record Column(String name, String type, String value, String there, String here) {}

    private static final String BYTES_HERE = "upper(encode(%s, 'hex'))";
    private static final String MICROS_THERE = "date_format(%s, '%%Y-%%m-%%d %%H:%%i:%%s.%%f')";
    private static final String MICROS_HERE = "to_char(%s, 'YYYY-MM-DD HH24:MI:SS.US')";

    private static final List<Column> COLUMNS = List.of(
            as("tiny", "tinyint", "i % 100 - 50"),
            as("small", "smallint unsigned", "i * 60"),
            as("medium", "mediumint", "-i * 8000"),
            as("num", "int unsigned", "4294967295 - i"),
            as("big", "bigint unsigned", "18446744073709551615 - i"),
            as("deci", "decimal(20, 4)", "i * 1.2345"),
            as("doub", "double", "i / 8"),
            as("vc", "varchar(40)", "nullif(concat('vc', i % 5), 'vc0')"),
            as("ch", "char(10)", "concat('c', i % 100)"),
            as("txt", "text", "concat('text ', i, ' äöü€😀')"),
            as("day", "date", "date_add('1970-01-01', interval i * 9 - 3000 day)"),
            as("yr", "year", "1950 + i % 100"),
            as("mood", "enum('sad', 'ok', 'happy')", "1 + i % 3"),
            as("tags", "set('x', 'y', 'z')", "i % 8"),
            as("js", "json", "json_object('a', i, 'b', null)"),
            new Column("flag", "tinyint(1)", "i % 2", "elt(flag + 1, 'false', 'true')", "flag::text"),
            of("bin", "binary(16)", "unhex(md5(i))", "hex(%s)", BYTES_HERE),
            of("vbin", "varbinary(20)", "concat('v', char(i % 256))", "hex(%s)", BYTES_HERE),
            of("lob", "blob", "repeat(char(i % 256), 300)", "hex(%s)", BYTES_HERE),
            of(
                    "dt",
                    "datetime(6)",
                    "date_add('2001-02-03 04:05:06.789012', interval i minute)",
                    MICROS_THERE,
                    MICROS_HERE),
            of("dt0", "datetime", "date_sub('2001-02-03 04:05:06', interval i day)", MICROS_THERE, MICROS_HERE),
            new Column(
                    "ts",
                    "timestamp(3) null",
                    "date_add('2001-02-03 04:05:06.789', interval i hour)",
                    MICROS_THERE.formatted("convert_tz(ts, @@session.time_zone, '+00:00')"),
                    MICROS_HERE.formatted("ts at time zone 'utc'")));

    private ManyMySqlTypes() {}

    private static Column as(String name, String type, String value) {
        return new Column(name, type, value, name, name + "::text");
    }

    private static Column of(String name, String type, String value, String there, String here) {
        return new Column(name, type, value, there.formatted(name), here.formatted(name));
    }

    static int columns() {
        return COLUMNS.size() + 1;
    }

    /** With one row more that has no values but its key. */
    static void create(RealMariaDb server, String database, int rows) {
        server.run(
                database,
                "CREATE TABLE %s (id bigint PRIMARY KEY, %s) CHARACTER SET utf8mb4"
                        .formatted(
                                TABLE,
                                COLUMNS.stream()
                                        .map(each -> each.name() + " " + each.type())
                                        .collect(Collectors.joining(", "))),
                "INSERT INTO %s SELECT i, %s FROM (SELECT CAST(seq AS SIGNED) AS i FROM seq_1_to_%d) AS numbers"
                        .formatted(TABLE, COLUMNS.stream().map(Column::value).collect(Collectors.joining(", ")), rows),
                "INSERT INTO " + TABLE + " (id) VALUES (0)");
    }

    static void assertEqual(RealMariaDb source, RealPostgres target, String database) {
        Map<String, List<String>> there = new LinkedHashMap<>();
        Map<String, List<String>> here = new LinkedHashMap<>();
        for (Column each : COLUMNS) {
            there.put(each.name(), source.list(database, values("concat(id, ' ', %s)", each.there(), TABLE)));
            here.put(
                    each.name(), target.list(database, values("id || ' ' || %s", each.here(), database + "." + TABLE)));
        }
        assertThat(here).isEqualTo(there);
    }

    private static String values(String row, String value, String table) {
        return "SELECT coalesce(" + row.formatted(value) + ", 'none') FROM " + table + " ORDER BY id";
    }
}
