package io.signalbox.standalone;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A child JVM with a log file of its own; the log of the run before is kept as {@code <name>.previous.log}. */
public final class ChildProcess {

    private static final int TAIL = 6;
    private static final int POLL_MS = 200;

    private final String name;
    private final Path log;
    private final Process process;

    private ChildProcess(String name, Path log, Process process) {
        this.name = name;
        this.log = log;
        this.process = process;
    }

    static ChildProcess start(JavaCommand command, Path log) throws IOException {
        Files.createDirectories(log.getParent());
        if (Files.exists(log)) {
            Path previous = log.resolveSibling(command.part() + ".previous.log");
            Files.move(log, previous, StandardCopyOption.REPLACE_EXISTING);
        }
        ProcessBuilder builder = new ProcessBuilder(command.toList())
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(log.toFile());
        // glibc gives every thread an arena of its own otherwise, which RocksDB and Netty turn into hundreds of
        // megabytes.
        builder.environment().put("MALLOC_ARENA_MAX", "2");
        return new ChildProcess(command.part(), log, builder.start());
    }

    public long pid() {
        return process.pid();
    }

    public Path log() {
        return log;
    }

    public boolean alive() {
        return process.isAlive();
    }

    /** Completes when the process has ended, however it ended. */
    public CompletableFuture<ChildProcess> onExit() {
        return process.onExit().thenApply(ended -> this);
    }

    /** Returns once the probe says yes; fails as soon as the process has ended, or at the deadline. */
    public void awaitReady(Probe probe, Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!ready(probe)) {
            if (!alive()) {
                throw new StandaloneException(obituary());
            }
            if (System.nanoTime() > deadline) {
                throw new StandaloneException(
                        "%s is not ready after %d s; see %s".formatted(name, limit.toSeconds(), log));
            }
            process.waitFor(POLL_MS, TimeUnit.MILLISECONDS);
        }
    }

    /** Asks the process to end (SIGTERM), and makes it after the limit (SIGKILL); returns when it has ended. */
    public void stop(Duration limit) throws InterruptedException {
        process.destroy();
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            kill9();
        }
    }

    /** SIGKILL: what a crash or the kernel's out-of-memory killer does. Returns when the process has ended. */
    public void kill9() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** SIGKILL without waiting for the end. */
    void abandon() {
        process.destroyForcibly();
    }

    /** One line on how the process ended and where to read on. */
    public String obituary() {
        return "%s ended with exit code %d: \"%s\"; read %s and start it again"
                .formatted(name, process.exitValue(), lastWords(), log);
    }

    /** The last lines of the log. */
    public List<String> tail() {
        List<String> lines = lines();
        return lines.subList(Math.max(0, lines.size() - TAIL), lines.size());
    }

    /** The last line that names an error, or simply the last one: a stack trace ends in frames that say little. */
    private String lastWords() {
        List<String> lines = lines();
        return lines.reversed().stream()
                .filter(line -> !line.startsWith("\t") && (line.contains("ERROR") || line.contains("Exception")))
                .findFirst()
                .or(() -> lines.isEmpty()
                        ? Stream.<String>empty().findFirst()
                        : Stream.of(lines.getLast()).findFirst())
                .orElse("no output");
    }

    private List<String> lines() {
        try (Stream<String> all = Files.lines(log, StandardCharsets.UTF_8)) {
            return all.filter(line -> !line.isBlank()).toList();
        } catch (IOException e) {
            return List.of("the log cannot be read: " + e.getMessage());
        }
    }

    private static boolean ready(Probe probe) throws InterruptedException {
        try {
            return probe.ready();
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Whether a part does its work; an {@link IOException} means not yet. */
    @FunctionalInterface
    public interface Probe {
        boolean ready() throws IOException, InterruptedException;
    }
}
