package io.signalbox.processor.dataplane.systems;

import io.signalbox.processor.dataplane.systems.Check.Result;
import io.signalbox.processor.dataplane.systems.Check.Result.Failed;
import io.signalbox.processor.dataplane.systems.Check.Result.Success;
import io.signalbox.processor.dataplane.systems.Check.Test;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/** The way into a server: network, protocol, credentials, encryption. What comes after it is tried where it ends well. */
public final class Entry {

    /** What is particular to one server and who asks there. */
    public interface Door {

        /** A name, or an address without brackets. */
        String host();

        int port();

        /** @param limit for all that is done in it */
        Session open(Duration limit) throws SQLException;

        /** What the server or the driver said, without what it may have been told in confidence. */
        String words(SQLException e);

        Refusal refusal(SQLException e);

        /** Whether nobody on the way can read what is said. */
        Result encryption(Session session) throws SQLException;

        /** As the server says it. */
        String version(Session session) throws SQLException;

        /** Whether it is new enough. */
        Result fitness(Session session) throws SQLException;
    }

    /** Which step it was that a server refused. */
    public enum Refusal {
        CREDENTIALS,
        TLS,
        DATABASE,
        OTHER
    }

    /** What can be asked of a server, and fail. */
    public interface Question {
        Result ask() throws SQLException;
    }

    private final Trials trials;

    public Entry(Trials trials) {
        this.trials = trials;
    }

    /**
     * @param read of the config; it may find that there is no address in it
     * @param limit for all of it
     * @param inside what is tried with the session; does not fail for what the server says
     */
    public <D extends Door> void pass(Supplier<D> read, Duration limit, BiConsumer<Session, D> inside) {
        Instant began = trials.now();
        D door;
        try {
            door = read.get();
        } catch (SystemException e) {
            trials.found(new Test.Connection(), new Failed(e.getMessage()), began);
            return;
        }
        long started = System.nanoTime();
        if (!Network.check(trials, door.host(), door.port())) {
            trials.skip(
                    "the server cannot be reached",
                    new Test.Connection(),
                    new Test.Authentication(),
                    new Test.Tls(),
                    new Test.ServerInfo(null));
            return;
        }
        Instant connecting = trials.now();
        try (Session session = door.open(limit.minusNanos(System.nanoTime() - started))) {
            trials.found(new Test.Connection(), new Success(), connecting);
            trials.found(new Test.Authentication(), new Success(), connecting);
            trials.run(new Test.Tls(), () -> told(door, () -> door.encryption(session)));
            about(door, session);
            inside.accept(session, door);
        } catch (SQLException e) {
            refused(e, door, connecting);
        }
    }

    /** A server that says no to a question says why; that is what came of it. */
    public static Result told(Door door, Question question) {
        try {
            return question.ask();
        } catch (SQLException e) {
            return new Failed(door.words(e));
        }
    }

    private void refused(SQLException e, Door door, Instant began) {
        Result why = new Failed(door.words(e));
        switch (door.refusal(e)) {
            case CREDENTIALS -> {
                trials.found(new Test.Connection(), new Success(), began);
                trials.found(new Test.Authentication(), why, began);
                trials.skip("nobody was let in", new Test.Tls(), new Test.ServerInfo(null));
            }
            case TLS -> {
                trials.found(new Test.Connection(), new Success(), began);
                trials.skip("there is no encrypted connection to say it over", new Test.Authentication());
                trials.found(new Test.Tls(), why, began);
                trials.skip("nobody was let in", new Test.ServerInfo(null));
            }
            case DATABASE -> {
                trials.found(new Test.Connection(), why, began);
                trials.found(new Test.Authentication(), new Success(), began);
                trials.skip("there is no such database", new Test.Tls(), new Test.ServerInfo(null));
            }
            case OTHER -> {
                trials.found(new Test.Connection(), why, began);
                trials.skip(
                        "there is no connection", new Test.Authentication(), new Test.Tls(), new Test.ServerInfo(null));
            }
        }
    }

    private void about(Door door, Session session) {
        Instant began = trials.now();
        try {
            trials.found(new Test.ServerInfo(door.version(session)), door.fitness(session), began);
        } catch (SQLException e) {
            trials.found(new Test.ServerInfo(null), new Failed(door.words(e)), began);
        }
    }
}
