package io.signalbox.processor.dataplane.systems.postgres;

import io.signalbox.processor.dataplane.systems.Session;
import java.sql.SQLException;
import java.time.Duration;

/** A replication slot: it keeps the log of its server until it is read, or dropped. */
final class Slot {

    private static final int TRIES = 20;
    private static final Duration BETWEEN = Duration.ofMillis(250);

    private record Found(Integer reader) {}

    private Slot() {}

    /**
     * Ends who may still read from it: a connector that was stopped a moment ago, or whose worker died.
     *
     * @throws SQLException also when somebody comes again and again to read from it
     */
    static void drop(Session session, String name) throws SQLException, InterruptedException {
        for (int left = TRIES; ; left--) {
            Found found = session.first("""
                    select active_pid from pg_replication_slots
                    where slot_name = ? and (database is null or database = current_database())""", row -> new Found(row.getObject(1, Integer.class)), name);
            if (found == null) {
                return;
            }
            try {
                if (found.reader() != null) {
                    session.first("select pg_terminate_backend(?)", row -> row.getBoolean(1), found.reader());
                }
                session.first("select pg_drop_replication_slot(?)", row -> name, name);
                return;
            } catch (SQLException e) {
                if (Trouble.is(e, Trouble.NO_SUCH_OBJECT)) {
                    return;
                }
                if (!Trouble.is(e, Trouble.IN_USE) || left == 0) {
                    throw e;
                }
                Thread.sleep(BETWEEN);
            }
        }
    }
}
