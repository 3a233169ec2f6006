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
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;

/**
 * A real PostgreSQL server on a free port of the loopback, with an empty data directory of its own. Its user {@value #ADMIN} may do
 * everything and is believed; all others have to show their passwords.
 */
public final class RealPostgres extends RealDatabase {

    public static final String ADMIN = "postgres";

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

    @Override
    public int port() {
        return server.getPort();
    }

    /** As {@value #ADMIN}. */
    @Override
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
