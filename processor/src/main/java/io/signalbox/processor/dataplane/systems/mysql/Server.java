package io.signalbox.processor.dataplane.systems.mysql;

import io.signalbox.processor.dataplane.systems.Check.Result;
import io.signalbox.processor.dataplane.systems.Check.Result.Skipped;
import io.signalbox.processor.dataplane.systems.Check.Result.Success;
import io.signalbox.processor.dataplane.systems.Check.Result.Warn;
import io.signalbox.processor.dataplane.systems.Entry;
import io.signalbox.processor.dataplane.systems.Entry.Refusal;
import io.signalbox.processor.dataplane.systems.Session;
import java.sql.SQLException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A MySQL or MariaDB server that somebody wants to enter. */
record Server(Address address) implements Entry.Door {

    /** Major and minor, in hundreds: the oldest that Debezium is tried with. */
    private static final int OLDEST_MYSQL = 800;

    private static final int OLDEST_MARIADB = 1_104;
    private static final Pattern VERSION = Pattern.compile("(\\d{1,4})\\.(\\d{1,2}).*");

    @Override
    public String host() {
        return address.host();
    }

    @Override
    public int port() {
        return address.port();
    }

    @Override
    public Session open(Duration limit) throws SQLException {
        return Connecting.open(address, limit);
    }

    @Override
    public String words(SQLException e) {
        return Trouble.words(e, address);
    }

    @Override
    public Refusal refusal(SQLException e) {
        if (Trouble.isCredentials(e)) {
            return Refusal.CREDENTIALS;
        }
        if (Trouble.isWithoutTls(e) || Trouble.isTls(e)) {
            return Refusal.TLS;
        }
        return e.getErrorCode() == Trouble.NO_DATABASE ? Refusal.DATABASE : Refusal.OTHER;
    }

    @Override
    public Result encryption(Session session) throws SQLException {
        if (Flavour.encrypted(session)) {
            return new Success();
        }
        return address.sslMode().equals("disabled")
                ? new Skipped("the config says that nothing is encrypted")
                : new Warn("the server offers no TLS: what is copied, and the login, can be read on the way");
    }

    @Override
    public String version(Session session) throws SQLException {
        return session.first("select version()", row -> row.getString(1));
    }

    @Override
    public Result fitness(Session session) throws SQLException {
        Flavour flavour = Flavour.of(session);
        int oldest = flavour == Flavour.MARIADB ? OLDEST_MARIADB : OLDEST_MYSQL;
        Matcher version = VERSION.matcher(version(session));
        boolean known = version.matches()
                && Integer.parseInt(version.group(1)) * 100 + Integer.parseInt(version.group(2)) >= oldest;
        return known
                ? new Success()
                : new Warn("Debezium is not tried with versions of %s before %d.%d"
                        .formatted(flavour.label(), oldest / 100, oldest % 100));
    }
}
