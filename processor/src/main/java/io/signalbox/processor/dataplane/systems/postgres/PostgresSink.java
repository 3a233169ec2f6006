package io.signalbox.processor.dataplane.systems.postgres;

import io.signalbox.processor.dataplane.systems.Check;
import io.signalbox.processor.dataplane.systems.Session;
import io.signalbox.processor.dataplane.systems.SinkSystem;
import io.signalbox.processor.domain.Config;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** PostgreSQL as Debezium's JDBC sink writes to it. The sink makes tables, but no schemas. */
public final class PostgresSink implements SinkSystem {

    private final Clock clock;

    public PostgresSink(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void prepare(Config sink, Supplier<Set<String>> schemas) {
        TargetSchema target = TargetSchema.of(sink);
        Set<String> wanted = target.sameAsSource() ? schemas.get() : Set.of(target.name());
        if (!wanted.isEmpty()) {
            Work.at(Address.ofSink(sink), session -> {
                for (String schema : wanted) {
                    ensure(session, schema);
                }
                return null;
            });
        }
    }

    private static void ensure(Session session, String schema) throws SQLException {
        if (exists(session, schema)) {
            return;
        }
        try {
            session.run("CREATE SCHEMA " + Sql.quoted(schema));
        } catch (SQLException e) {
            // Another one was faster.
            if (!Trouble.is(e, Trouble.SCHEMA_EXISTS, Trouble.NOT_UNIQUE)) {
                throw e;
            }
        }
    }

    /** Asked first: who may not make any may still use what is there. */
    static boolean exists(Session session, String schema) throws SQLException {
        return session.first("select 1 from pg_namespace where nspname = ?", row -> true, schema) != null;
    }

    @Override
    public List<Check> check(Config sink) {
        return new SinkChecks(clock, sink).run();
    }
}
