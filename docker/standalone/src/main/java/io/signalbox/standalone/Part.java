package io.signalbox.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * One of the programs that make up a Signalbox system, as a child process on the loopback. It can be stopped or killed and
 * started again, on the same ports and the same data.
 */
public abstract class Part implements AutoCloseable {

    /** An archive is written at the end. */
    static final Duration STOP_LIMIT = Duration.ofSeconds(ClassArchive.writing() ? 120 : 20);

    private final String name;
    private final Path home;
    private ChildProcess child;

    /** @param home of the whole system: logs, configuration and data of all its parts are below it */
    protected Part(String name, Path home) {
        this.name = name;
        this.home = home.toAbsolutePath();
    }

    /** Starts the process and returns at once. */
    public final synchronized void start() {
        if (running()) {
            throw new IllegalStateException(name + " is running");
        }
        try {
            child = ChildProcess.start(command(), home.resolve("logs").resolve(name + ".log"));
            RunDirectory.record(home, name, child.pid());
        } catch (IOException e) {
            throw new StandaloneException(name + " cannot be started: " + e.getMessage(), e);
        }
    }

    /** Returns once the part does its work; fails with a line that says why it does not. */
    public final void awaitReady(Duration limit) throws InterruptedException {
        child().awaitReady(this::ready, limit);
    }

    /** {@link #start} and {@link #awaitReady} with a generous limit. */
    public final void startAndAwait() throws InterruptedException {
        start();
        awaitReady(Duration.ofSeconds(90));
    }

    /** A clean stop; returns when the process has ended. No-op if it does not run. */
    public final void stop() throws InterruptedException {
        if (running()) {
            child().stop(STOP_LIMIT);
        }
        forget();
    }

    /** SIGKILL. No-op if it does not run. */
    public final void kill9() throws InterruptedException {
        if (running()) {
            child().kill9();
        }
        forget();
    }

    public final synchronized boolean running() {
        return child != null && child.alive();
    }

    /** The process last started. */
    public final synchronized ChildProcess child() {
        if (child == null) {
            throw new IllegalStateException(name + " was never started");
        }
        return child;
    }

    public final String name() {
        return name;
    }

    /** Where to reach it, for people. */
    public abstract String address();

    @Override
    public final void close() {
        try {
            stop();
        } catch (InterruptedException e) {
            child().abandon();
            Thread.currentThread().interrupt();
        }
    }

    abstract JavaCommand command() throws IOException;

    abstract boolean ready() throws IOException, InterruptedException;

    private synchronized void forget() {
        if (child != null) {
            RunDirectory.forget(home, name, child.pid());
        }
    }

    final Path home() {
        return home;
    }

    /** A directory of this part's own for what must survive a restart. */
    final Path data() {
        return home.resolve(name);
    }

    /** Writes the settings where the process reads them from; sorted, so that they are easy to compare. */
    final Path writeProperties(Map<String, String> settings) {
        Path file = home.resolve("config").resolve(name + ".properties");
        try {
            Files.createDirectories(file.getParent());
            try (Writer out = Files.newBufferedWriter(file)) {
                for (Map.Entry<String, String> entry : new TreeMap<>(settings).entrySet()) {
                    // Backslashes are escapes in a properties file.
                    out.write(entry.getKey() + "=" + entry.getValue().replace("\\", "\\\\") + "\n");
                }
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
