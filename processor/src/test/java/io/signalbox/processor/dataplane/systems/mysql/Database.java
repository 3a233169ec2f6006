package io.signalbox.processor.dataplane.systems.mysql;

import io.signalbox.processor.dataplane.systems.KnownSystems;
import io.signalbox.processor.dataplane.systems.RealMariaDb;
import io.signalbox.processor.dataplane.systems.Systems;
import io.signalbox.processor.domain.Config;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** A database of a test's own, with a name that has to be quoted, on the one server of this JVM. */
final class Database {

    static final Systems SYSTEMS = new KnownSystems(Clock.systemUTC());
    static final String MYSQL = "io.debezium.connector.mysql.MySqlConnector";
    static final String MARIADB = "io.debezium.connector.mariadb.MariaDbConnector";
    static final String PASSWORD = "pa$$ \\word";

    private static final Pattern SPECIAL = Pattern.compile("[^A-Za-z0-9_]");
    private static final AtomicInteger MADE = new AtomicInteger();

    final String name = "db `%d` 'x'".formatted(MADE.incrementAndGet());

    Database() {
        server().run("", "CREATE DATABASE " + Sql.quoted(name));
    }

    static RealMariaDb server() {
        return Holder.SERVER;
    }

    /** In this database; each in a transaction of its own. */
    void run(String... statements) {
        for (String each : statements) {
            server().run("", "USE " + Sql.quoted(name), each);
        }
    }

    /** A user that has to show a password, with no rights but to connect. */
    String newUser() {
        String user = "user-" + MADE.incrementAndGet();
        server().run("", "CREATE USER '" + user + "' IDENTIFIED BY 'pa$$ \\\\word'");
        return user;
    }

    /** Of Debezium's connector for MySQL, as {@value RealMariaDb#ADMIN}. */
    Config source() {
        return source(RealMariaDb.ADMIN, "");
    }

    Config source(String user, String password) {
        return Config.of(Map.of(
                "connector.class",
                MYSQL,
                "database.hostname",
                RealMariaDb.HOST,
                "database.port",
                Integer.toString(server().port()),
                "database.user",
                user,
                "database.password",
                password,
                "database.include.list",
                SPECIAL.matcher(name).replaceAll("\\\\$0")));
    }

    private static final class Holder {
        private static final RealMariaDb SERVER = new RealMariaDb();
    }
}
