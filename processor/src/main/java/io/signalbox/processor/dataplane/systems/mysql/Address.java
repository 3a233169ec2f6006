package io.signalbox.processor.dataplane.systems.mysql;

import io.signalbox.processor.dataplane.systems.SystemException;
import io.signalbox.processor.dataplane.systems.SystemException.Kind;
import io.signalbox.processor.domain.Config;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Where a server is, and who asks, as Debezium's sources for MySQL and MariaDB say it.
 *
 * @param sslMode one of those of Debezium's source for MySQL; {@code preferred} where none is given
 */
record Address(String host, int port, String user, String password, String sslMode) {

    private static final int STANDARD_PORT = 3306;
    private static final int HIGHEST_PORT = 65_535;
    private static final List<String> SSL_MODES =
            List.of("disabled", Tls.PREFERRED, "required", "verify_ca", "verify_identity");
    private static final Pattern HOST =
            Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9._-]{0,252})|(?=.*:)[0-9A-Fa-f:.]{2,45}");

    Address {
        if (!HOST.matcher(host).matches()) {
            throw refused("the host is neither a name nor an address");
        }
        if (port < 1 || port > HIGHEST_PORT) {
            throw refused("the port is not between 1 and " + HIGHEST_PORT);
        }
        if (user.isEmpty()) {
            throw refused("a user is needed");
        }
        if (!SSL_MODES.contains(sslMode)) {
            throw refused("the SSL mode is none of " + String.join(", ", SSL_MODES));
        }
    }

    static Address of(Config source) {
        String host = given(source, "database.hostname");
        String mode = given(source, Tls.SETTING);
        return new Address(
                host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host,
                port(given(source, "database.port")),
                given(source, "database.user"),
                password(source),
                mode.isEmpty() ? Tls.PREFERRED : Tls.ofMySql(mode.toLowerCase(Locale.ROOT)));
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    /** As it is, blanks and all. */
    private static String password(Config source) {
        String password = source.get("database.password");
        return password == null ? "" : password;
    }

    private static String given(Config config, String name) {
        String value = config.get(name);
        return value == null ? "" : value.strip();
    }

    private static int port(String port) {
        try {
            return port.isEmpty() ? STANDARD_PORT : Integer.parseInt(port);
        } catch (NumberFormatException e) {
            throw refused("the port is no number");
        }
    }

    private static SystemException refused(String why) {
        return new SystemException(Kind.REFUSED, why);
    }
}
