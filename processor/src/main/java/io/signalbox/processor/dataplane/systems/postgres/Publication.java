package io.signalbox.processor.dataplane.systems.postgres;

import io.signalbox.processor.dataplane.systems.Session;
import io.signalbox.processor.dataplane.systems.TableName;
import java.sql.SQLException;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A publication: which tables' changes a source gets (CREATE PUBLICATION in PostgreSQL's manual). */
final class Publication {

    private final Session session;
    private final String name;
    private final boolean viaRoot;

    /** @param viaRoot whether partitions are published as the table that they are parts of */
    Publication(Session session, String name, boolean viaRoot) {
        this.session = session;
        this.name = name;
        this.viaRoot = viaRoot;
    }

    /** @param tables where it is not for all */
    private record Found(boolean all, boolean viaRoot, SortedSet<TableName> tables) {}

    boolean exists() throws SQLException {
        return found() != null;
    }

    /** Makes it one for all tables, also those that do not exist yet; only few users may. */
    void ensureAll() throws SQLException {
        Found found = found();
        if (found == null) {
            session.run(create(" FOR ALL TABLES"));
        } else if (!found.all()) {
            replace(" FOR ALL TABLES");
        } else {
            ensureRoot(found);
        }
    }

    /** @return which of the tables it did not have until now, if it had any */
    SortedSet<TableName> ensure(SortedSet<TableName> tables) throws SQLException {
        Found found = found();
        if (found == null) {
            session.run(create(list(tables)));
            return new TreeSet<>();
        }
        if (found.all()) {
            replace(list(tables));
            return new TreeSet<>();
        }
        ensureRoot(found);
        if (found.tables().equals(tables)) {
            return new TreeSet<>();
        }
        if (tables.isEmpty()) {
            replace("");
        } else {
            session.run("ALTER PUBLICATION " + Sql.quoted(name) + " SET"
                    + list(tables).substring(" FOR".length()));
        }
        SortedSet<TableName> late = new TreeSet<>(tables);
        late.removeAll(found.tables());
        return found.tables().isEmpty() ? new TreeSet<>() : late;
    }

    void drop() throws SQLException {
        session.run("DROP PUBLICATION IF EXISTS " + Sql.quoted(name));
    }

    /** In one step of the log: whoever decodes it finds the one or the other. */
    private void replace(String tables) throws SQLException {
        session.together(() -> {
            drop();
            session.run(create(tables));
        });
    }

    private void ensureRoot(Found found) throws SQLException {
        if (found.viaRoot() != viaRoot) {
            session.run(
                    "ALTER PUBLICATION " + Sql.quoted(name) + " SET (publish_via_partition_root = " + viaRoot + ")");
        }
    }

    private String create(String tables) {
        return "CREATE PUBLICATION " + Sql.quoted(name) + tables + " WITH (publish_via_partition_root = " + viaRoot
                + ")";
    }

    private static String list(SortedSet<TableName> tables) {
        return tables.isEmpty()
                ? ""
                : " FOR TABLE "
                        + tables.stream()
                                .map(each -> "ONLY " + Sql.quoted(each))
                                .collect(Collectors.joining(", "));
    }

    private Found found() throws SQLException {
        Found found = session.first(
                "select puballtables, pubviaroot from pg_publication where pubname = ?",
                row -> new Found(row.getBoolean(1), row.getBoolean(2), new TreeSet<>()),
                name);
        if (found != null && !found.all()) {
            List<TableName> tables = session.list("""
                    select n.nspname, c.relname from pg_publication p
                      join pg_publication_rel r on r.prpubid = p.oid join pg_class c on c.oid = r.prrelid
                      join pg_namespace n on n.oid = c.relnamespace
                    where p.pubname = ?""", row -> new TableName(row.getString(1), row.getString(2)), name);
            found.tables().addAll(tables);
        }
        return found;
    }
}
