package io.signalbox.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.processor.dataplane.systems.RealPostgres;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A table with a column of each type of PostgreSQL that is promised to arrive as it is, and rows for it. */
final class ManyTypes {

    static final String TABLE = "public.items";

    /** A change is at the target. */
    private static final Duration FOLLOWS = Duration.ofSeconds(5);

    /**
     * @param value of row number {@code i}, as SQL
     * @param same what has to be equal at both ends, as SQL
     */
    private record Column(String name, String type, String value, String same) {}

    private static final List<Column> COLUMNS = List.of(
            as("small", "smallint", "i % 30000"),
            as("num", "integer not null", "i"),
            as("dec", "numeric(20, 4)", "i * 1.2345"),
            as("flag", "boolean", "i % 2 = 0"),
            as("r", "real", "i / 3.0"),
            as("d", "double precision", "i / 7.0"),
            as("txt", "text", "'text ' || i || ' äöü€😀'"),
            as("vc", "varchar(40)", "nullif('vc' || i % 5, 'vc0')"),
            as("ch", "char(10)", "'c' || i % 100"),
            as("day", "date", "date '1970-01-01' + (i % 30000 - 9000)"),
            as("tm", "time", "time '00:00:00.123456' + (i % 86400) * interval '1 second'"),
            as("ts", "timestamp", "timestamp '2001-02-03 04:05:06.789012' + i * interval '1 minute'"),
            as("ts3", "timestamp(3)", "timestamp '2001-02-03 04:05:06.789' - i * interval '1 day'"),
            as("tstz", "timestamptz", "timestamptz '2001-02-03 04:05:06.789012+02' + i * interval '1 hour'"),
            as("u", "uuid", "md5(i::text)::uuid"),
            as("js", "json", "json_build_object('a', i)"),
            as("jb", "jsonb", "jsonb_build_object('b', i, 'n', null)"),
            as("bin", "bytea", "decode(md5(i::text), 'hex')"),
            as("tags", "text[]", "array['x' || i, null, 'with \"quotes\", and comma']"),
            as("nums", "integer[]", "array[i, null, -i]"),
            as("m", "mood", "(array['sad', 'ok', 'happy']::mood[])[1 + i % 3]"),
            as("ip", "inet", "('10.0.' || i / 256 % 256 || '.' || i % 256)::inet"),
            as("net", "cidr", "'10.1.0.0/16'"),
            as("mac", "macaddr", "'08:00:2b:01:02:03'"),
            as("bits", "bit(8)", "(i % 256)::bit(8)"),
            as("vbits", "varbit(12)", "(i % 4096)::bit(12)::varbit"),
            as("x", "xml", "('<a>' || i || '</a>')::xml"),
            as("rng", "int4range", "int4range(i, i + 5)"),
            as("\"Mixed Case\"", "text", "'mixed ' || i"),
            // These arrive as values that mean the same, in columns of other types.
            new Column("cash", "money", "(i * 1.5)::numeric::money", "cash::numeric"),
            new Column("hour", "timetz", "timetz '01:02:03.456+02'", "hour at time zone 'utc'"),
            new Column(
                    "span", "interval", "make_interval(months => i % 20, secs => i % 1000 + 0.5)", "span::interval"));

    private ManyTypes() {}

    private static Column as(String name, String type, String value) {
        return new Column(name, type, value, name);
    }

    static int columns() {
        return COLUMNS.size() + 1;
    }

    /** With one row more that has no values but its key. */
    static void create(RealPostgres server, String database, int rows) {
        server.run(
                database,
                "CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy')",
                "CREATE TABLE %s (id bigint PRIMARY KEY, %s)"
                        .formatted(
                                TABLE,
                                COLUMNS.stream()
                                        .map(each -> each.name() + " " + each.type())
                                        .collect(Collectors.joining(", "))),
                "INSERT INTO %s SELECT i, %s FROM generate_series(1, %d) i"
                        .formatted(TABLE, COLUMNS.stream().map(Column::value).collect(Collectors.joining(", ")), rows),
                "INSERT INTO " + TABLE + " (id, num) VALUES (0, 0)");
    }

    static void assertEqual(RealPostgres source, String sourceDatabase, RealPostgres target, String targetDatabase) {
        assertThat(sums(target, targetDatabase)).isEqualTo(sums(source, sourceDatabase));
    }

    /** How many rows there are, and of each column a sum over all its values in the order of the keys. */
    private static Map<String, String> sums(RealPostgres server, String database) {
        Map<String, String> sums = new LinkedHashMap<>();
        sums.put("rows", server.list(database, "SELECT count(*) FROM " + TABLE).getFirst());
        String query = COLUMNS.stream()
                .map(each -> "md5(string_agg(coalesce((%s)::text, 'none'), ',' ORDER BY id))".formatted(each.same()))
                .collect(Collectors.joining(", ", "SELECT unnest(ARRAY[", "]) FROM " + TABLE));
        List<String> values = server.list(database, query);
        for (int i = 0; i < COLUMNS.size(); i++) {
            sums.put(COLUMNS.get(i).name(), values.get(i));
        }
        return sums;
    }

    /**
     * Rows of the table that are inserted, updated and deleted, a column and a table that are added.
     *
     * @param database as it is called at both ends
     */
    static void assertChangesFollow(RealPostgres source, RealPostgres target, String database) {
        var both = new Ends(source, target, database);
        both.assertFollows(
                "an insert",
                "INSERT INTO items (id, num, txt) VALUES (20001, 1, 'new')",
                "SELECT txt FROM items WHERE id = 20001",
                "new");
        both.assertFollows(
                "an update",
                "UPDATE items SET txt = 'other' WHERE id = 1",
                "SELECT txt FROM items WHERE id = 1",
                "other");
        both.assertFollows(
                "a delete", "DELETE FROM items WHERE id = 2", "SELECT count(*) FROM items WHERE id = 2", "0");
        both.assertFollows(
                "a new column",
                "ALTER TABLE items ADD extra text; UPDATE items SET extra = 'set' WHERE id = 3",
                "SELECT extra FROM items WHERE id = 3",
                "set");
        both.assertFollows(
                "a new table",
                "CREATE TABLE fresh (id int PRIMARY KEY, what text); INSERT INTO fresh VALUES (1, 'one')",
                "SELECT what FROM fresh WHERE id = 1",
                "one");
    }

    private record Ends(RealPostgres source, RealPostgres target, String database) {

        void assertFollows(String what, String change, String query, String value) {
            source.run(database, change);
            long began = System.nanoTime();
            Supermetal.await()
                    .untilAsserted(
                            () -> assertThat(target.list(database, query)).containsExactly(value));
            Promised.atMost(FOLLOWS, Duration.ofNanos(System.nanoTime() - began), what);
        }
    }
}
