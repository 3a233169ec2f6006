package io.signalbox.processor.dataplane.systems.postgres;

import io.signalbox.processor.dataplane.systems.Session;
import io.signalbox.processor.dataplane.systems.TableFilter;
import io.signalbox.processor.dataplane.systems.TableName;
import java.sql.SQLException;
import java.util.List;

/** Tables of a source, with what decides whether they can be copied. */
final class Tables {

    /** What Debezium finds, too: no views, no foreign tables, nothing of a session or of the server itself. */
    private static final String ALL = """
            select n.nspname, c.relname, c.relkind = 'p', c.relispartition, c.relpersistence = 'u',
                   exists (select from pg_index i where i.indrelid = c.oid and i.indisprimary),
                   exists (select from pg_index i where i.indrelid = c.oid and i.indisunique and i.indisvalid
                           and i.indpred is null and i.indexprs is null),
                   c.relreplident::text,
                   has_schema_privilege(n.oid, 'USAGE') and has_table_privilege(c.oid, 'SELECT'),
                   pg_has_role(c.relowner, 'USAGE')
            from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where c.relkind in ('r', 'p') and c.relpersistence in ('p', 'u')
              and n.nspname <> 'information_schema' and n.nspname !~ '^pg_'
            order by n.nspname, c.relname""";

    private Tables() {}

    /**
     * @param root of a partitioned table
     * @param unlogged so that its changes are in no log
     * @param unique whether there is an index that can be used as a key where there is no primary key
     * @param identity {@code pg_class.relreplident}: d, f, i or n
     */
    record Table(
            TableName name,
            boolean root,
            boolean partition,
            boolean unlogged,
            boolean primaryKey,
            boolean unique,
            String identity,
            boolean readable,
            boolean owned) {

        /** Whether the server lets its rows be changed once it is in a publication. */
        boolean canBePublished() {
            return switch (identity) {
                case "f", "i" -> true;
                case "d" -> primaryKey;
                default -> false;
            };
        }

        /**
         * @param changes whether they are followed, too
         * @param viaRoot whether partitions are copied as the table that they are parts of
         * @return why it cannot be copied, for people; null when it can
         */
        String obstacle(boolean changes, boolean viaRoot) {
            if (root && !viaRoot) {
                return "its partitions are copied";
            }
            if (partition && viaRoot) {
                return "it is copied as a part of its table";
            }
            if (!primaryKey && !unique) {
                return "it has no primary key";
            }
            if (changes && unlogged) {
                return "it is unlogged, so that its changes are in no log";
            }
            if (changes && !root && !canBePublished()) {
                return "it has no replica identity; give it a primary key, or set REPLICA IDENTITY";
            }
            return null;
        }
    }

    static List<Table> all(Session session) throws SQLException {
        return session.list(
                ALL,
                row -> new Table(
                        new TableName(row.getString(1), row.getString(2)),
                        row.getBoolean(3),
                        row.getBoolean(4),
                        row.getBoolean(5),
                        row.getBoolean(6),
                        row.getBoolean(7),
                        row.getString(8),
                        row.getBoolean(9),
                        row.getBoolean(10)));
    }

    static List<Table> taken(List<Table> all, TableFilter filter) {
        return all.stream()
                .filter(each -> filter.takes(each.name().schema(), each.name().table()))
                .toList();
    }
}
