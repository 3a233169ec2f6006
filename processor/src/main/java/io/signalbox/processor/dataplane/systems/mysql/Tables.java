package io.signalbox.processor.dataplane.systems.mysql;

import io.signalbox.processor.dataplane.systems.Session;
import io.signalbox.processor.dataplane.systems.TableFilter;
import io.signalbox.processor.dataplane.systems.TableName;
import java.sql.SQLException;
import java.util.List;

/** Tables of a source that its user can see, with what decides whether they can be copied. */
final class Tables {

    /** The server's own, as Debezium leaves them out. */
    static final String OWN = "('mysql', 'information_schema', 'performance_schema', 'sys')";

    /** No views, no sequences. A unique index is a key where none of its columns may be null. */
    private static final String ALL = """
            select t.table_schema, t.table_name, exists (
              select 1 from information_schema.statistics s
              where s.table_schema = t.table_schema and s.table_name = t.table_name and s.non_unique = 0
              group by s.index_name having max(s.nullable = 'YES') = 0)
            from information_schema.tables t
            where t.table_type = 'BASE TABLE' and t.table_schema not in %s
            order by t.table_schema, t.table_name""".formatted(OWN);

    private Tables() {}

    /** @param key whether a row can be told from all others */
    record Table(TableName name, boolean key) {

        /** @return why it cannot be copied, for people; null when it can */
        String obstacle() {
            return key ? null : "it has no primary key";
        }
    }

    static List<Table> all(Session session) throws SQLException {
        return session.list(
                ALL, row -> new Table(new TableName(row.getString(1), row.getString(2)), row.getBoolean(3)));
    }

    /** @throws io.signalbox.processor.dataplane.systems.SystemException REFUSED when a list of the filter is none */
    static List<Table> taken(List<Table> all, TableFilter filter) {
        return all.stream()
                .filter(each -> filter.takes(each.name().schema(), each.name().table()))
                .toList();
    }
}
