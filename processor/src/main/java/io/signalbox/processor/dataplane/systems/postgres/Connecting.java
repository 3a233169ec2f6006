package io.signalbox.processor.dataplane.systems.postgres;

import io.signalbox.processor.dataplane.systems.GuardedSockets;
import io.signalbox.processor.dataplane.systems.Session;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/** Connects to PostgreSQL servers. */
final class Connecting {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration LOCK = Duration.ofSeconds(3);

    /** What a server may send for one statement. */
    private static final String LARGEST_ANSWER = "16M";

    private Connecting() {}

    /** @param limit for all of it, from now on */
    static Session open(Address address, Duration limit) throws SQLException {
        long began = System.nanoTime();
        Connection connection = new Driver().connect(url(address), properties(address, limit));
        return new Session(connection, limit.minusNanos(System.nanoTime() - began));
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
