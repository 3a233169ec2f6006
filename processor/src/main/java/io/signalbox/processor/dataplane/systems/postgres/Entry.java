package io.signalbox.processor.dataplane.systems.postgres;

import io.signalbox.processor.dataplane.systems.Check.Result;
import io.signalbox.processor.dataplane.systems.Check.Result.Failed;
import io.signalbox.processor.dataplane.systems.Check.Result.Skipped;
import io.signalbox.processor.dataplane.systems.Check.Result.Success;
import io.signalbox.processor.dataplane.systems.Check.Result.Warn;
import io.signalbox.processor.dataplane.systems.Check.Test;
import io.signalbox.processor.dataplane.systems.Network;
import io.signalbox.processor.dataplane.systems.SystemException;
import io.signalbox.processor.dataplane.systems.Trials;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;

/** The way into a server: network, protocol, credentials, encryption. What comes after it is tried where it ends well. */
final class Entry {

    /** What publications by Debezium need, and what is still kept up. */
    private static final int OLDEST = 130_000;

    private static final String NO_DATABASE = "3D000";

    private final Trials trials;

    Entry(Trials trials) {
        this.trials = trials;
    }

    /**
     * @param read of the config; it may find that there is no address in it
     * @param inside what is tried with the session; does not fail for what the server says
     */
    void pass(Supplier<Address> read, BiConsumer<Session, Address> inside) {
        Instant began = trials.now();
        Address address;
        try {
            address = read.get();
        } catch (SystemException e) {
            trials.found(new Test.Connection(), new Failed(e.getMessage()), began);
            return;
        }
        long started = System.nanoTime();
        if (!Network.check(trials, address.host(), address.port())) {
            trials.skip(
                    "the server cannot be reached",
                    new Test.Connection(),
                    new Test.Authentication(),
                    new Test.Tls(),
                    new Test.ServerInfo(null));
            return;
        }
        Duration left = Work.LIMIT.minusNanos(System.nanoTime() - started);
        Instant connecting = trials.now();
        try (Session session = Session.open(address, left)) {
            trials.found(new Test.Connection(), new Success(), connecting);
            trials.found(new Test.Authentication(), new Success(), connecting);
            trials.run(new Test.Tls(), () -> told(address, () -> tls(session, address)));
            about(session, address);
            inside.accept(session, address);
        } catch (SQLException e) {
            refused(e, address, connecting);
        }
    }

    /** What can be asked of the server, and fail. */
    interface Question {
        Result ask() throws SQLException;
    }

    /** A server that says no to a question says why; that is what came of it. */
    static Result told(Address address, Question question) {
        try {
            return question.ask();
        } catch (SQLException e) {
            return new Failed(Trouble.words(e, address));
        }
    }

    private void refused(SQLException e, Address address, Instant began) {
        Result why = new Failed(Trouble.words(e, address));
        if (Trouble.isCredentials(e)) {
            trials.found(new Test.Connection(), new Success(), began);
            trials.found(new Test.Authentication(), why, began);
            trials.skip("nobody was let in", new Test.Tls(), new Test.ServerInfo(null));
        } else if (Trouble.is(e, Trouble.NO_TLS) || tls(e)) {
            trials.found(new Test.Connection(), new Success(), began);
            trials.skip("there is no encrypted connection to say it over", new Test.Authentication());
            trials.found(new Test.Tls(), why, began);
            trials.skip("nobody was let in", new Test.ServerInfo(null));
        } else if (Trouble.is(e, NO_DATABASE)) {
            trials.found(new Test.Connection(), why, began);
            trials.found(new Test.Authentication(), new Success(), began);
            trials.skip("there is no such database", new Test.Tls(), new Test.ServerInfo(null));
        } else {
            trials.found(new Test.Connection(), why, began);
            trials.skip("there is no connection", new Test.Authentication(), new Test.Tls(), new Test.ServerInfo(null));
        }
    }

    private static boolean tls(Throwable e) {
        return e instanceof SSLException || (e.getCause() != null && tls(e.getCause()));
    }

    private static Result tls(Session session, Address address) throws SQLException {
        boolean encrypted = Boolean.TRUE.equals(
                session.first("select ssl from pg_stat_ssl where pid = pg_backend_pid()", row -> row.getBoolean(1)));
        if (encrypted) {
            return new Success();
        }
        return address.sslMode().equals("disable")
                ? new Skipped("the config says that nothing is encrypted")
                : new Warn("the server offers no TLS: what is copied, and the login, can be read on the way");
    }

    private void about(Session session, Address address) {
        Instant began = trials.now();
        try {
            String version = session.first("show server_version", row -> row.getString(1));
            int number = session.first("select current_setting('server_version_num')::int", row -> row.getInt(1));
            trials.found(
                    new Test.ServerInfo(version),
                    number < OLDEST
                            ? new Failed("PostgreSQL %d or newer is needed".formatted(OLDEST / 10_000))
                            : new Success(),
                    began);
        } catch (SQLException e) {
            trials.found(new Test.ServerInfo(null), new Failed(Trouble.words(e, address)), began);
        }
    }
}
