package io.signalbox.processor.dataplane.systems.postgres;

import io.signalbox.processor.dataplane.systems.Check.Result;
import io.signalbox.processor.dataplane.systems.Check.Result.Failed;
import io.signalbox.processor.dataplane.systems.Check.Result.Skipped;
import io.signalbox.processor.dataplane.systems.Check.Result.Success;
import io.signalbox.processor.dataplane.systems.Check.Result.Warn;
import io.signalbox.processor.dataplane.systems.Entry;
import io.signalbox.processor.dataplane.systems.Entry.Refusal;
import io.signalbox.processor.dataplane.systems.Session;
import java.sql.SQLException;
import java.time.Duration;
import javax.net.ssl.SSLException;

/** A PostgreSQL server that somebody wants to enter. */
record Server(Address address) implements Entry.Door {

    /** What publications by Debezium need, and what is still kept up. */
    private static final int OLDEST = 130_000;

    private static final String NO_DATABASE = "3D000";

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
        if (Trouble.is(e, Trouble.NO_TLS) || tls(e)) {
            return Refusal.TLS;
        }
        return Trouble.is(e, NO_DATABASE) ? Refusal.DATABASE : Refusal.OTHER;
    }

    private static boolean tls(Throwable e) {
        return e instanceof SSLException || (e.getCause() != null && tls(e.getCause()));
    }

    @Override
    public Result encryption(Session session) throws SQLException {
        boolean encrypted = Boolean.TRUE.equals(
                session.first("select ssl from pg_stat_ssl where pid = pg_backend_pid()", row -> row.getBoolean(1)));
        if (encrypted) {
            return new Success();
        }
        return address.sslMode().equals("disable")
                ? new Skipped("the config says that nothing is encrypted")
                : new Warn("the server offers no TLS: what is copied, and the login, can be read on the way");
    }

    @Override
    public String version(Session session) throws SQLException {
        return session.first("show server_version", row -> row.getString(1));
    }

    @Override
    public Result fitness(Session session) throws SQLException {
        int number = session.first("select current_setting('server_version_num')::int", row -> row.getInt(1));
        return number < OLDEST
                ? new Failed("PostgreSQL %d or newer is needed".formatted(OLDEST / 10_000))
                : new Success();
    }
}
