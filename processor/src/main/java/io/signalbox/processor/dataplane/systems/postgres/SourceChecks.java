package io.signalbox.processor.dataplane.systems.postgres;

import io.signalbox.processor.dataplane.systems.Catalog.Column;
import io.signalbox.processor.dataplane.systems.Check;
import io.signalbox.processor.dataplane.systems.Check.Result;
import io.signalbox.processor.dataplane.systems.Check.Result.Failed;
import io.signalbox.processor.dataplane.systems.Check.Result.Success;
import io.signalbox.processor.dataplane.systems.Check.Result.Warn;
import io.signalbox.processor.dataplane.systems.Check.Test;
import io.signalbox.processor.dataplane.systems.Check.Test.Permission;
import io.signalbox.processor.dataplane.systems.Check.Test.Setup;
import io.signalbox.processor.dataplane.systems.Entry;
import io.signalbox.processor.dataplane.systems.NameList;
import io.signalbox.processor.dataplane.systems.Session;
import io.signalbox.processor.dataplane.systems.SystemException;
import io.signalbox.processor.dataplane.systems.TableFilter;
import io.signalbox.processor.dataplane.systems.TableName;
import io.signalbox.processor.dataplane.systems.Trials;
import io.signalbox.processor.dataplane.systems.postgres.Tables.Table;
import io.signalbox.processor.domain.Config;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What is tried before a PostgreSQL is copied from. */
final class SourceChecks {

    private static final String NO_STREAM = "a copy that ends by itself needs none";

    private final Trials trials;
    private final Config source;

    SourceChecks(Clock clock, Config source) {
        trials = new Trials(clock);
        this.source = source;
    }

    List<Check> run() {
        new Entry(trials).pass(() -> new Server(Address.ofSource(source)), Work.LIMIT, this::inside);
        return trials.done();
    }

    private void inside(Session session, Server server) {
        Address address = server.address();
        if (PostgresSource.followsChanges(source)) {
            trials.ask(server, replicationRole(address), () -> replicates(session));
            trials.ask(server, publications(address), () -> publishes(session));
            trials.ask(server, walLevel(), () -> walLevel(session));
            trials.ask(server, slots(), () -> slots(session));
            trials.ask(server, senders(), () -> senders(session));
        } else {
            trials.skip(NO_STREAM, replicationRole(address), publications(address), walLevel(), slots(), senders());
        }
        tables(session, server);
    }

    private static Test replicationRole(Address address) {
        return new Permission(
                "REPLICATION",
                "The user may read the stream of changes.",
                List.of("ALTER ROLE " + Sql.quoted(address.user()) + " REPLICATION"));
    }

    private static Result replicates(Session session) throws SQLException {
        // Amazon's gives its right by a role.
        return session.first("""
                        select coalesce(bool_or(rolsuper or rolreplication or rolname <> current_user), false)
                        from pg_roles
                        where rolname = current_user
                           or rolname = 'rds_replication' and pg_has_role(current_user, oid, 'MEMBER')""", row -> row.getBoolean(1))
                ? new Success()
                : new Failed("the user has not the attribute REPLICATION");
    }

    private static Test publications(Address address) {
        return new Permission(
                "CREATE PUBLICATION",
                "The user may make the publication that tells which tables are followed.",
                List.of("GRANT CREATE ON DATABASE " + Sql.quoted(address.database()) + " TO "
                        + Sql.quoted(address.user())));
    }

    private Result publishes(Session session) throws SQLException {
        String publication = source.get("publication.name");
        if (publication != null && new Publication(session, publication, false).exists()) {
            return new Success();
        }
        return session.first("select has_database_privilege(current_database(), 'CREATE')", row -> row.getBoolean(1))
                ? new Success()
                : new Failed("the user may create nothing in the database");
    }

    private static Test walLevel() {
        return new Setup(
                "wal_level",
                "The server writes its log so that changes can be read from it.",
                List.of("ALTER SYSTEM SET wal_level = 'logical'", "Restart the server."));
    }

    private static Result walLevel(Session session) throws SQLException {
        String level = session.first("show wal_level", row -> row.getString(1));
        return level.equals("logical") ? new Success() : new Failed("wal_level is " + level + ", not logical");
    }

    private static Test slots() {
        return new Setup(
                "max_replication_slots",
                "A replication slot is free.",
                List.of("ALTER SYSTEM SET max_replication_slots = 20", "Restart the server."));
    }

    private Result slots(Session session) throws SQLException {
        String ours = source.get("slot.name") == null ? "" : source.get("slot.name");
        return free(session.first("""
                        select current_setting('max_replication_slots')::int
                               - (select count(*)::int from pg_replication_slots where slot_name <> ?)""", row -> row.getInt(1), ours), "all replication slots are in use");
    }

    private static Test senders() {
        return new Setup(
                "max_wal_senders",
                "The server can send its changes to one more.",
                List.of("ALTER SYSTEM SET max_wal_senders = 20", "Restart the server."));
    }

    private static Result senders(Session session) throws SQLException {
        return free(session.first("""
                        select current_setting('max_wal_senders')::int
                               - (select count(*)::int from pg_stat_replication)""", row -> row.getInt(1)), "the server sends its changes to as many as it can");
    }

    private static Result free(int left, String otherwise) {
        return left > 0 ? new Success() : new Failed(otherwise);
    }

    private void tables(Session session, Server server) {
        Address address = server.address();
        Test taken = new Setup(
                "tables",
                "There are tables to copy.",
                List.of("Name in the catalog, as the database writes them, tables that exist."));
        List<Table> tables = new ArrayList<>();
        trials.ask(server, taken, () -> taken(session, tables));
        if (tables.isEmpty()) {
            return;
        }
        trials.run(
                new Permission(
                        "SELECT",
                        "The user may read the tables.",
                        unreadable(tables).stream()
                                .limit(NameList.MOST)
                                .map(name ->
                                        "GRANT SELECT ON " + Sql.quoted(name) + " TO " + Sql.quoted(address.user()))
                                .toList()),
                () -> unreadable(tables).isEmpty()
                        ? new Success()
                        : new Failed("the user may not read " + NameList.of(unreadable(tables))));
        trials.ask(
                server,
                new Setup("keys", "Each table can be copied.", List.of("Give the table a primary key, or exclude it.")),
                () -> keys(tables));
        trials.ask(
                server,
                new Setup("types", "The values of each column arrive as they are.", List.of("Exclude the column.")),
                () -> types(session, tables));
    }

    private Result taken(Session session, List<Table> tables) throws SQLException {
        try {
            tables.addAll(Tables.taken(Tables.all(session), TableFilter.of(source)));
        } catch (SystemException e) {
            return new Failed(e.getMessage());
        }
        return tables.isEmpty() ? new Warn("there is no table that the catalog includes") : new Success();
    }

    private static List<TableName> unreadable(List<Table> tables) {
        return tables.stream()
                .filter(table -> !table.readable())
                .map(Table::name)
                .toList();
    }

    private Result keys(List<Table> tables) {
        boolean changes = PostgresSource.followsChanges(source);
        boolean viaRoot = PostgresSource.viaRoot(source);
        List<String> out = tables.stream()
                .filter(table -> !(viaRoot ? table.partition() : table.root()))
                .filter(table -> table.obstacle(changes, viaRoot) != null)
                .map(table -> table.name() + " (" + table.obstacle(changes, viaRoot) + ")")
                .toList();
        return out.isEmpty() ? new Success() : new Warn("not copied: " + NameList.of(out));
    }

    private static Result types(Session session, List<Table> tables) throws SQLException {
        Map<TableName, List<Column>> columns = Columns.all(session);
        List<String> inexact = tables.stream()
                .flatMap(table -> columns.getOrDefault(table.name(), List.of()).stream()
                        .filter(column -> !column.supported())
                        .map(column -> table.name() + "." + column.name() + " (" + column.dataType() + ")"))
                .toList();
        return inexact.isEmpty()
                ? new Success()
                : new Warn("may arrive changed, or stop the copy: " + NameList.of(inexact));
    }
}
