package io.signalbox.processor.dataplane.systems;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One connection to a database for one piece of work. It ends by itself when its time is over, in the midst of a statement if it has
 * to; then the statement fails as if the connection had been lost. Each statement is a transaction of its own unless
 * {@link #together}.
 */
public final class Session implements AutoCloseable {

    private final Connection connection;
    private final Thread clock;

    /** @param left until it ends by itself */
    public Session(Connection connection, Duration left) {
        this.connection = connection;
        clock = Thread.ofVirtual().name("database-deadline").start(() -> end(left));
    }

    /** Turns a row into what is wanted of it. */
    public interface Row<T> {
        T of(ResultSet row) throws SQLException;
    }

    /** What is done in one transaction. */
    public interface Steps {
        void run() throws SQLException;
    }

    /** @param parameters for the question marks in it, by their types */
    public <T> List<T> list(String query, Row<T> row, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                List<T> all = new ArrayList<>();
                while (rows.next()) {
                    all.add(row.of(rows));
                }
                return all;
            }
        }
    }

    /** @return null when there is no row */
    public <T> T first(String query, Row<T> row, Object... parameters) throws SQLException {
        List<T> all = list(query, row, parameters);
        return all.isEmpty() ? null : all.getFirst();
    }

    public void run(String statement) throws SQLException {
        try (var run = connection.createStatement()) {
            run.execute(statement);
        }
    }

    /** All of it, or nothing. */
    public void together(Steps steps) throws SQLException {
        connection.setAutoCommit(false);
        try {
            steps.run();
            connection.commit();
        } catch (SQLException e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    @Override
    public void close() throws SQLException {
        clock.interrupt();
        connection.close();
    }

    private void end(Duration left) {
        try {
            Thread.sleep(left);
        } catch (InterruptedException closed) {
            return;
        }
        try {
            connection.abort(Runnable::run);
        } catch (SQLException alreadyClosed) {
            // So it was.
            return;
        }
    }
}
