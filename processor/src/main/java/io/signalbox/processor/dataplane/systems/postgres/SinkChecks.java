package io.signalbox.processor.dataplane.systems.postgres;

import io.signalbox.processor.dataplane.systems.Check;
import io.signalbox.processor.dataplane.systems.Check.Result;
import io.signalbox.processor.dataplane.systems.Check.Result.Failed;
import io.signalbox.processor.dataplane.systems.Check.Result.Success;
import io.signalbox.processor.dataplane.systems.Check.Result.Warn;
import io.signalbox.processor.dataplane.systems.Check.Test.Permission;
import io.signalbox.processor.dataplane.systems.Check.Test.Setup;
import io.signalbox.processor.dataplane.systems.Entry;
import io.signalbox.processor.dataplane.systems.Session;
import io.signalbox.processor.dataplane.systems.SystemException;
import io.signalbox.processor.dataplane.systems.Trials;
import io.signalbox.processor.domain.Config;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;

/** What is tried before a PostgreSQL is copied to. */
final class SinkChecks {

    private final Trials trials;
    private final Config sink;

    SinkChecks(Clock clock, Config sink) {
        trials = new Trials(clock);
        this.sink = sink;
    }

    List<Check> run() {
        new Entry(trials).pass(() -> new Server(Address.ofSink(sink)), Work.LIMIT, this::inside);
        return trials.done();
    }

    private void inside(Session session, Server server) {
        Address address = server.address();
        trials.ask(
                server,
                new Setup("read_only", "The server takes writes.", List.of("Name the primary server.")),
                () -> writes(session));
        trials.ask(
                server,
                new Permission(
                        "CREATE",
                        "The user may make the schemas and tables that are copied to.",
                        List.of("GRANT CREATE ON DATABASE " + Sql.quoted(address.database()) + " TO "
                                + Sql.quoted(address.user()))),
                () -> creates(session));
    }

    private static Result writes(Session session) throws SQLException {
        return session.first(
                        "select pg_is_in_recovery() or current_setting('transaction_read_only')::bool",
                        row -> row.getBoolean(1))
                ? new Failed("the server, or this user of it, only reads")
                : new Success();
    }

    private Result creates(Session session) throws SQLException {
        TargetSchema target;
        try {
            target = TargetSchema.of(sink);
        } catch (SystemException e) {
            return new Failed(e.getMessage());
        }
        boolean schemas =
                session.first("select has_database_privilege(current_database(), 'CREATE')", row -> row.getBoolean(1));
        if (target.sameAsSource()) {
            return schemas
                    ? new Success()
                    : new Warn("the user may make no schemas: those of the source have to be there, and to let him"
                            + " create");
        }
        if (!PostgresSink.exists(session, target.name())) {
            return schemas
                    ? new Success()
                    : new Failed("the schema " + target.name() + " is not there, and the user may not make it");
        }
        return session.first(
                        "select has_schema_privilege(?, 'CREATE') and has_schema_privilege(?, 'USAGE')",
                        row -> row.getBoolean(1),
                        target.name(),
                        target.name())
                ? new Success()
                : new Failed("the user may not create tables in the schema " + target.name());
    }
}
