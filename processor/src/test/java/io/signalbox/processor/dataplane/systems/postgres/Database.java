package io.signalbox.processor.dataplane.systems.postgres;

import io.signalbox.processor.dataplane.systems.KnownSystems;
import io.signalbox.processor.dataplane.systems.RealPostgres;
import io.signalbox.processor.dataplane.systems.Systems;
import io.signalbox.processor.domain.Config;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A database of a test's own, with a name that has to be quoted, on the one server of this JVM. */
final class Database {

    static final Systems SYSTEMS = new KnownSystems(Clock.systemUTC());

    private static final AtomicInteger MADE = new AtomicInteger();

    final String name = "db \"%d\" ?&%%".formatted(MADE.incrementAndGet());

    Database() {
        server().run("postgres", "CREATE DATABASE " + Sql.quoted(name));
    }

    static RealPostgres server() {
        return Holder.SERVER;
    }

    void run(String... statements) {
        server().run(name, statements);
    }

    List<String> list(String query) {
        return server().list(name, query);
    }

    /** A user that has to show a password, with no rights but to connect. */
    String newUser(String attributes) {
        String user = "user-" + MADE.incrementAndGet();
        run("CREATE ROLE " + Sql.quoted(user) + " LOGIN PASSWORD 'pa$$ \\word' " + attributes);
        return user;
    }

    static final String PASSWORD = "pa$$ \\word";

    /** Of Debezium's connector, as {@value RealPostgres#ADMIN}. */
    Config source() {
        return source(RealPostgres.ADMIN, "");
    }

    Config source(String user, String password) {
        return Config.of(Map.ofEntries(
                Map.entry("connector.class", "io.debezium.connector.postgresql.PostgresConnector"),
                Map.entry("database.hostname", RealPostgres.HOST),
                Map.entry("database.port", Integer.toString(server().port())),
                Map.entry("database.user", user),
                Map.entry("database.password", password),
                Map.entry("database.dbname", name),
                Map.entry("snapshot.mode", "initial"),
                Map.entry("slot.name", "slot_" + server().port() + "_" + Math.abs(name.hashCode())),
                Map.entry("publication.name", "the publication")));
    }

    Config sink(String user, String password, String format) {
        return Config.of(Map.of(
                "connector.class", "io.debezium.connector.jdbc.JdbcSinkConnector",
                "connection.url", server().url(name),
                "connection.username", user,
                "connection.password", password,
                "collection.name.format", format));
    }

    private static final class Holder {
        private static final RealPostgres SERVER = new RealPostgres();
    }
}
