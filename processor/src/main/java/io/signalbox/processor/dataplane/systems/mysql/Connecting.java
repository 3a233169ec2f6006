package io.signalbox.processor.dataplane.systems.mysql;

import io.signalbox.processor.dataplane.systems.GuardedSockets;
import io.signalbox.processor.dataplane.systems.Session;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import org.mariadb.jdbc.Driver;

/** Connects to MySQL and MariaDB servers; MariaDB's driver speaks to both. */
final class Connecting {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration LOCK = Duration.ofSeconds(3);

    /** By password, of which the last sends it as it is, over TLS only: no server has the replica log in as its own user. */
    private static final String BY_PASSWORD =
            "mysql_native_password,client_ed25519,parsec,caching_sha2_password,mysql_clear_password";

    private Connecting() {}

    /** @param limit for all of it, from now on */
    static Session open(Address address, Duration limit) throws SQLException {
        long began = System.nanoTime();
        Connection connection = connect(address, limit);
        return new Session(connection, limit.minusNanos(System.nanoTime() - began));
    }

    private static Connection connect(Address address, Duration limit) throws SQLException {
        try {
            return connect(address, Tls.ofMariaDb(address.sslMode(), true), limit);
        } catch (SQLException e) {
            if (address.sslMode().equals(Tls.PREFERRED) && Trouble.isWithoutTls(e)) {
                return connect(address, Tls.OFF, limit);
            }
            throw e;
        }
    }

    /** The host is nothing but a host, see {@link Address}; the settings are the driver's. */
    private static Connection connect(Address address, String sslMode, Duration limit) throws SQLException {
        var settings = new Properties();
        settings.setProperty("user", address.user());
        settings.setProperty("password", address.password());
        settings.setProperty("sslMode", sslMode);
        settings.setProperty("socketFactory", GuardedSockets.class.getName());
        settings.setProperty("restrictedAuth", BY_PASSWORD);
        // Where all can be read anyway.
        settings.setProperty("allowPublicKeyRetrieval", Boolean.toString(sslMode.equals(Tls.OFF)));
        // Nobody is sent on to elsewhere, and no server gets a file of the replica's.
        settings.setProperty("permitRedirect", "false");
        settings.setProperty("allowLocalInfile", "false");
        settings.setProperty("connectTimeout", Long.toString(CONNECT.toMillis()));
        settings.setProperty("socketTimeout", Long.toString(limit.toMillis()));
        settings.setProperty("sessionVariables", "lock_wait_timeout=" + LOCK.toSeconds());
        return new Driver().connect("jdbc:mariadb://" + address + "/", settings);
    }
}
