package io.signalbox.processor.dataplane.systems;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** A real database server on a free port of the loopback, and what tests say to it as the one who may do everything. */
public abstract class RealDatabase implements AutoCloseable {

    public static final String HOST = "127.0.0.1";

    public abstract int port();

    /** As the one who may do everything. */
    public abstract Connection connect(String database) throws SQLException;

    @Override
    public abstract void close();

    /** Each in a transaction of its own. */
    public void run(String database, String... statements) {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The first column of each row, as text. */
    public List<String> list(String database, String query) {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            List<String> all = new ArrayList<>();
            while (rows.next()) {
                all.add(rows.getString(1));
            }
            return all;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
