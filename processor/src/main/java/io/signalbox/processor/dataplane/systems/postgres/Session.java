package io.signalbox.processor.dataplane.systems.postgres;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/**
 * One connection for one piece of work. It ends by itself when its time is over, in the midst of a statement if it has to; then
 * the statement fails as if the connection had been lost. Each statement is a transaction of its own unless {@link #together}.
 */
final class Session implements AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration LOCK = Duration.ofSeconds(3);

    /** What a server may send for one statement. */
    private static final String LARGEST_ANSWER = "16M";

    private final Connection connection;
    private final Thread clock;

    private Session(Connection connection, Duration left) {
        this.connection = connection;
        clock = Thread.ofVirtual().name("database-deadline").start(() -> end(left));
    }

    /** @param limit for all of it, from now on */
    static Session open(Address address, Duration limit) throws SQLException {
        long began = System.nanoTime();
        Connection connection = new Driver().connect(url(address), properties(address, limit));
        return new Session(connection, limit.minusNanos(System.nanoTime() - began));
    }

    /** Turns a row into what is wanted of it. */
    interface Row<T> {
        T of(ResultSet row) throws SQLException;
    }

    /** What is done in one transaction. */
    interface Steps {
        void run() throws SQLException;
    }

    /** @param parameters for the question marks in it, by their types */
    <T> List<T> list(String query, Row<T> row, Object... parameters) throws SQLException {
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
    <T> T first(String query, Row<T> row, Object... parameters) throws SQLException {
        List<T> all = list(query, row, parameters);
        return all.isEmpty() ? null : all.getFirst();
    }

    void run(String statement) throws SQLException {
        try (var run = connection.createStatement()) {
            run.execute(statement);
        }
    }

    /** All of it, or nothing. */
    void together(Steps steps) throws SQLException {
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

    /** The host is nothing but a host, see {@link Address}. */
    private static String url(Address address) {
        return "jdbc:postgresql://" + address + "/" + URLEncoder.encode(address.database(), StandardCharsets.UTF_8);
    }

    private static Properties properties(Address address, Duration limit) {
        Properties properties = new Properties();
        PGProperty.USER.set(properties, address.user());
        PGProperty.PASSWORD.set(properties, address.password());
        PGProperty.APPLICATION_NAME.set(properties, "signalbox");
        PGProperty.SOCKET_FACTORY.set(properties, GuardedSockets.class.getName());
        PGProperty.SSL_MODE.set(properties, address.sslMode());
        if (address.sslMode().startsWith("verify")) {
            // Whom the replica's JVM trusts; otherwise pgjdbc asks for files of the replica's user.
            PGProperty.SSL_FACTORY.set(properties, "org.postgresql.ssl.DefaultJavaSSLFactory");
        }
        PGProperty.GSS_ENC_MODE.set(properties, "disable");
        PGProperty.CONNECT_TIMEOUT.set(properties, Math.toIntExact(CONNECT.toSeconds()));
        PGProperty.LOGIN_TIMEOUT.set(
                properties, Math.toIntExact(CONNECT.plusSeconds(2).toSeconds()));
        PGProperty.SOCKET_TIMEOUT.set(properties, Math.toIntExact(limit.toSeconds()));
        PGProperty.MAX_RESULT_BUFFER.set(properties, LARGEST_ANSWER);
        PGProperty.OPTIONS.set(
                properties, "-c statement_timeout=%d -c lock_timeout=%d".formatted(limit.toMillis(), LOCK.toMillis()));
        return properties;
    }
}
