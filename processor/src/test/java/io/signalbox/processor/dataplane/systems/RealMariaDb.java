package io.signalbox.processor.dataplane.systems;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * A real MariaDB server on a free port of the loopback, with an empty data directory of its own. Its user {@value #ADMIN} may do
 * everything and needs no password; all others have to show theirs.
 */
public final class RealMariaDb extends RealDatabase {

    public static final String ADMIN = "admin";

    /** Where others use the machine, too. */
    private static final Duration START = Duration.ofMinutes(3);

    private final MariaDbPrograms programs = MariaDbPrograms.unpacked();
    private final Path home;
    private final int port;
    private final Process server;

    /** One whose changes can be followed. */
    public RealMariaDb() {
        this(Map.of());
    }

    /** @param settings of the server, over those with which its changes can be followed; empty to leave one out */
    public RealMariaDb(Map<String, String> settings) {
        try {
            home = Files.createTempDirectory("mariadb");
            port = freePort();
            install();
            server = start(settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        awaitReady();
    }

    @Override
    public int port() {
        return port;
    }

    /**
     * As {@value #ADMIN}.
     *
     * @param database empty for none
     */
    @Override
    public Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:mariadb://" + HOST + ":" + port + "/" + database + "?sslMode=disable", ADMIN, "");
    }

    /** What the server told so far, for people. */
    public String log() {
        try {
            return Files.readString(home.resolve("log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.destroyForcibly().onExit().join();
        try {
            Files.walkFileTree(home, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path directory, IOException e) throws IOException {
                    Files.delete(directory);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket any = new ServerSocket(0)) {
            return any.getLocalPort();
        }
    }

    /** As mariadb-install-db does it: the server itself makes its own tables, told by the SQL that comes with it. */
    private void install() throws IOException {
        Files.createDirectory(home.resolve("data"));
        var statements = new StringBuilder("CREATE DATABASE mysql;\nUSE mysql;\n");
        for (String part : List.of("system_tables", "performance_tables", "system_tables_data")) {
            statements.append(programs.sql("mariadb_" + part + ".sql"));
        }
        Path script = Files.writeString(home.resolve("install.sql"), statements);
        Process installer =
                command("--bootstrap").redirectInput(script.toFile()).start();
        if (exit(installer) != 0) {
            throw new IllegalStateException("The server could not be installed: " + log());
        }
    }

    private static int exit(Process process) {
        try {
            if (process.waitFor(START.toSeconds(), TimeUnit.SECONDS)) {
                return process.exitValue();
            }
            throw new IllegalStateException("It takes too long");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            process.destroyForcibly();
        }
    }

    private Process start(Map<String, String> settings) throws IOException {
        Path first = Files.writeString(
                home.resolve("first.sql"),
                "CREATE USER IF NOT EXISTS admin@'%' IDENTIFIED BY '';\nGRANT ALL ON *.* TO admin@'%' WITH GRANT OPTION;\n");
        Map<String, String> all = new TreeMap<>(Map.of(
                "port",
                Integer.toString(port),
                "bind-address",
                HOST,
                "socket",
                home.resolve("socket").toString(),
                "pid-file",
                home.resolve("pid").toString(),
                "init-file",
                first.toString(),
                "log-bin",
                "changes",
                "binlog-format",
                "ROW",
                "server-id",
                "1",
                // It would make a key first, which takes long where others use the machine.
                "ssl",
                "OFF"));
        all.putAll(settings);
        Process started = command(all.entrySet().stream()
                        .filter(each -> !each.getValue().isEmpty())
                        .map(each -> "--" + each.getKey() + "=" + each.getValue())
                        .toArray(String[]::new))
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly, "stop-mariadb"));
        return started;
    }

    private ProcessBuilder command(String... options) {
        List<String> command = new ArrayList<>(List.of(
                programs.server().toString(),
                "--no-defaults",
                "--basedir=" + programs.home(),
                "--datadir=" + home.resolve("data"),
                "--user=" + System.getProperty("user.name"),
                "--skip-name-resolve",
                "--character-set-server=utf8mb4",
                "--innodb-buffer-pool-size=32M",
                "--innodb-flush-log-at-trx-commit=0"));
        command.addAll(List.of(options));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(home.resolve("log").toFile()));
    }

    private void awaitReady() {
        long deadline = System.nanoTime() + START.toNanos();
        while (!log().contains("ready for connections")) {
            if (!server.isAlive() || System.nanoTime() > deadline) {
                String told = log();
                close();
                throw new IllegalStateException("The server does not start: " + told);
            }
            try {
                server.waitFor(100, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }
}
