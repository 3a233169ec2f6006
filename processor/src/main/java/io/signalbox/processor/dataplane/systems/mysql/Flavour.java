package io.signalbox.processor.dataplane.systems.mysql;

import io.signalbox.processor.dataplane.systems.Session;
import io.signalbox.processor.domain.Config;
import java.sql.SQLException;
import java.util.Map;

/**
 * The two kinds of server that speak MySQL's protocol. Each has a connector of its own, because they number their transactions in
 * different ways; which one it is, only the server says.
 */
enum Flavour {
    MYSQL("MySQL", "io.debezium.connector.mysql.MySqlConnector"),
    MARIADB("MariaDB", "io.debezium.connector.mariadb.MariaDbConnector");

    private final String label;
    private final String connector;

    Flavour(String label, String connector) {
        this.label = label;
        this.connector = connector;
    }

    /** As people write it. */
    String label() {
        return label;
    }

    static Flavour of(Session session) throws SQLException {
        String told = session.first("select concat(version(), ' ', @@version_comment)", row -> row.getString(1));
        return told.contains(MARIADB.label) ? MARIADB : MYSQL;
    }

    /** Whether nobody on the way can read what is said in the session. */
    static boolean encrypted(Session session) throws SQLException {
        String version = session.first("show session status like 'Ssl_version'", row -> row.getString(2));
        return version != null && !version.isEmpty();
    }

    /**
     * What has to be changed in a config for the other kind of server.
     *
     * @param session of that address
     * @return empty when it is the right one
     */
    static Map<String, String> settings(Session session, Address address, Config source) throws SQLException {
        Flavour is = of(session);
        if (is.connector.equals(source.get("connector.class"))) {
            return Map.of();
        }
        String tls = is == MARIADB ? Tls.ofMariaDb(address.sslMode(), encrypted(session)) : address.sslMode();
        return Map.of("connector.class", is.connector, Tls.SETTING, tls);
    }
}
