package io.signalbox.processor.dataplane.systems;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A real PostgreSQL server on a free port of the loopback, with an empty data directory of its own. Its user {@value #ADMIN} may do
 * everything and is believed; all others have to show their passwords.
 */
public final class RealPostgres implements AutoCloseable {

    public static final String ADMIN = "postgres";
    public static final String HOST = "127.0.0.1";

    private static final String WHO_MAY_COME = """
            local all all trust
            host all postgres all trust
            host replication postgres all trust
            host all all all scram-sha-256
            host replication all all scram-sha-256
            """;

    private final EmbeddedPostgres server;

    /** One whose changes can be followed. */
    public RealPostgres() {
        this(Map.of("wal_level", "logical"));
    }

    /** @param settings of the server */
    public RealPostgres(Map<String, String> settings) {
        var builder = EmbeddedPostgres.builder()
                .setPGStartupWait(Duration.ofSeconds(60))
                .setDataDirectoryCustomizer(RealPostgres::demandPasswords);
        settings.forEach(builder::setServerConfig);
        try {
            server = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return server.getPort();
    }

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

    /** As {@value #ADMIN}. */
    public Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(url(database), ADMIN, "");
    }

    /** As the JDBC sink takes it. */
    public String url(String database) {
        return "jdbc:postgresql://" + HOST + ":" + port() + "/" + URLEncoder.encode(database, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void demandPasswords(File data) {
        try {
            Files.writeString(data.toPath().resolve("pg_hba.conf"), WHO_MAY_COME);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
