package io.signalbox.processor.dataplane.systems.postgres;

import io.signalbox.processor.dataplane.systems.SystemException;
import io.signalbox.processor.dataplane.systems.SystemException.Kind;
import io.signalbox.processor.domain.Config;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a database is, and who asks. What a user writes there gets no further than it is meant: pgjdbc's URLs can name classes
 * to load and files to read, so that nothing of them is handed on but these parts.
 *
 * @param sslMode one of libpq's names; {@code prefer} where none is given
 * @param password empty where none is given: never null, for then pgjdbc looks for one of the replica's own user
 */
record Address(String host, int port, String database, String user, String password, String sslMode) {

    private static final int STANDARD_PORT = 5432;
    private static final int HIGHEST_PORT = 65_535;
    private static final List<String> SSL_MODES =
            List.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full");
    private static final Pattern HOST =
            Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9._-]{0,252})|(?=.*:)[0-9A-Fa-f:.]{2,45}");
    private static final Pattern URL = Pattern.compile(
            "jdbc:postgresql://(?<host>[^/?:\\[\\]]+|\\[[^\\]]+])(?::(?<port>[0-9]{1,5}))?/(?<database>[^?]*)(?:\\?(?<rest>.*))?");

    Address {
        if (!HOST.matcher(host).matches()) {
            throw refused("the host is neither a name nor an address");
        }
        if (port < 1 || port > HIGHEST_PORT) {
            throw refused("the port is not between 1 and " + HIGHEST_PORT);
        }
        if (database.isEmpty() || user.isEmpty()) {
            throw refused("a database and a user are needed");
        }
        if (!SSL_MODES.contains(sslMode)) {
            throw refused("the SSL mode is none of " + String.join(", ", SSL_MODES));
        }
    }

    /** Of Debezium's source. */
    static Address ofSource(Config source) {
        return new Address(
                bare(given(source, "database.hostname")),
                port(source.get("database.port")),
                given(source, "database.dbname"),
                given(source, "database.user"),
                given(source, "database.password"),
                mode(source.get("database.sslmode")));
    }

    /** Of Debezium's JDBC sink. */
    static Address ofSink(Config sink) {
        Matcher url = URL.matcher(given(sink, "connection.url"));
        if (!url.matches()) {
            throw refused("connection.url is not jdbc:postgresql://host:port/database");
        }
        return new Address(
                bare(url.group("host")),
                port(url.group("port")),
                decoded(url.group("database")),
                given(sink, "connection.username"),
                given(sink, "connection.password"),
                mode(parameter(url.group("rest"), "sslmode")));
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    private static String given(Config config, String name) {
        String value = config.get(name);
        return value == null ? "" : value;
    }

    private static String bare(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    private static int port(String port) {
        try {
            return port == null || port.isBlank() ? STANDARD_PORT : Integer.parseInt(port.strip());
        } catch (NumberFormatException e) {
            throw refused("the port is no number");
        }
    }

    private static String mode(String mode) {
        return mode == null || mode.isBlank() ? "prefer" : mode.toLowerCase(Locale.ROOT);
    }

    private static String parameter(String rest, String name) {
        for (String each : rest == null ? new String[0] : rest.split("&")) {
            if (each.startsWith(name + "=")) {
                return decoded(each.substring(name.length() + 1));
            }
        }
        return null;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw refused("connection.url is not encoded as a URL is");
        }
    }

    private static SystemException refused(String why) {
        return new SystemException(Kind.REFUSED, why);
    }
}
