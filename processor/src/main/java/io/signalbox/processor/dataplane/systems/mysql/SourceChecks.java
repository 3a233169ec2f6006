package io.signalbox.processor.dataplane.systems.mysql;

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
import io.signalbox.processor.dataplane.systems.TableName;
import io.signalbox.processor.dataplane.systems.Trials;
import io.signalbox.processor.dataplane.systems.mysql.Tables.Table;
import io.signalbox.processor.domain.Config;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What is tried before a MySQL or MariaDB is copied from. */
final class SourceChecks {

    /** How many tables are tried to read, each by a question of its own. */
    private static final int MOST_READ = 500;

    private static final int DENIED_TABLE = 1142;
    private static final int DENIED_COLUMN = 1143;

    private final Trials trials;
    private final Config source;

    SourceChecks(Clock clock, Config source) {
        trials = new Trials(clock);
        this.source = source;
    }

    List<Check> run() {
        new Entry(trials).pass(() -> new Server(Address.of(source)), Work.LIMIT, this::inside);
        return trials.done();
    }

    private void inside(Session session, Server server) {
        String user;
        Grants grants;
        Map<String, String> settings;
        try {
            user = Sql.account(session.first("select current_user()", row -> row.getString(1)));
            grants = Grants.of(session);
            settings = BinaryLog.settings(session);
        } catch (SQLException e) {
            trials.found(new Test.Connection(), new Failed(server.words(e)), trials.now());
            return;
        }
        rights(user, grants);
        for (BinaryLog setting : BinaryLog.values()) {
            trials.run(
                    setting.test(),
                    () -> setting.wrong(settings).<Result>map(Failed::new).orElseGet(Success::new));
        }
        tables(session, server, user);
    }

    private void rights(String user, Grants grants) {
        right(
                "REPLICATION SLAVE",
                "The user may read the binary log.",
                user,
                grants,
                grants.everywhere("REPLICATION SLAVE"));
        right(
                "REPLICATION CLIENT",
                "The user may ask how far the binary log is.",
                user,
                grants,
                grants.everywhere("REPLICATION CLIENT", "BINLOG MONITOR", "SUPER"));
        right(
                "RELOAD",
                "The user may lock tables for the moment in which a copy begins.",
                user,
                grants,
                grants.everywhere("RELOAD", "FLUSH_TABLES") || grants.somewhere("LOCK TABLES"));
    }

    private void right(String name, String description, String user, Grants grants, boolean has) {
        trials.run(
                new Permission(name, description, List.of("GRANT " + name + " ON *.* TO " + user)),
                () -> has
                        ? new Success()
                        : grants.byRoles()
                                ? new Warn("the user has not the right " + name + ", unless by one of his roles")
                                : new Failed("the user has not the right " + name));
    }

    private void tables(Session session, Server server, String user) {
        Test taken = new Setup(
                "tables",
                "There are tables to copy that the user can see.",
                List.of(
                        "Name in the catalog, as the database writes them, tables that exist, and let the user read them."));
        List<Table> tables = new ArrayList<>();
        trials.ask(server, taken, () -> taken(session, tables));
        if (tables.isEmpty()) {
            return;
        }
        List<TableName> unreadable = new ArrayList<>();
        Result readable = Entry.told(server, () -> {
            unreadable.addAll(unreadable(session, tables));
            return unreadable.isEmpty()
                    ? new Success()
                    : new Failed("the user may not read " + NameList.of(unreadable));
        });
        trials.run(
                new Permission(
                        "SELECT",
                        "The user may read the tables.",
                        unreadable.stream()
                                .limit(NameList.MOST)
                                .map(name -> "GRANT SELECT ON " + Sql.quoted(name) + " TO " + user)
                                .toList()),
                () -> readable);
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
            tables.addAll(Tables.taken(Tables.all(session), MySqlSource.filter(source)));
        } catch (SystemException e) {
            return new Failed(e.getMessage());
        }
        return tables.isEmpty() ? new Warn("there is no table that the catalog includes") : new Success();
    }

    /** A table that one may do anything with can be seen, and need not be readable. */
    private static List<TableName> unreadable(Session session, List<Table> tables) throws SQLException {
        List<TableName> unreadable = new ArrayList<>();
        for (Table table : tables.subList(0, Math.min(tables.size(), MOST_READ))) {
            try {
                session.run("SELECT * FROM " + Sql.quoted(table.name()) + " LIMIT 0");
            } catch (SQLException e) {
                if (e.getErrorCode() != DENIED_TABLE && e.getErrorCode() != DENIED_COLUMN) {
                    throw e;
                }
                unreadable.add(table.name());
            }
        }
        return unreadable;
    }

    private static Result keys(List<Table> tables) {
        List<String> out = tables.stream()
                .filter(table -> table.obstacle() != null)
                .map(table -> table.name() + " (" + table.obstacle() + ")")
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
