package io.signalbox.standalone;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/**
 * Who runs on a data directory: a file per process, {@code <name>.pid}. The script `down` reads them; a killed launcher
 * leaves them behind, so a process counts only if it is alive and marked as ours.
 */
public final class RunDirectory {

    /** An open lock file is a held lock, and a forgotten one would be collected. */
    private static final List<FileChannel> HELD = new CopyOnWriteArrayList<>();

    private RunDirectory() {}

    /** Claims the directory until this JVM ends; fails if another launcher holds it or its parts still run. */
    public static void claim(Path home) throws IOException {
        Path dir = Files.createDirectories(home.resolve("run"));
        FileChannel lockFile = FileChannel.open(dir.resolve("lock"), CREATE, WRITE);
        FileLock lock = lockFile.tryLock();
        List<String> running = running(dir);
        if (lock == null || !running.isEmpty()) {
            lockFile.close();
            String who = running.isEmpty() ? "it is just starting" : String.join(", ", running);
            throw new StandaloneException("already running (%s); stop it with docker/standalone/down".formatted(who));
        }
        HELD.add(lockFile);
    }

    static void record(Path home, String name, long pid) throws IOException {
        Files.createDirectories(home.resolve("run"));
        Files.writeString(file(home, name), pid + "\n");
    }

    static void forget(Path home, String name) {
        try {
            Files.deleteIfExists(file(home, name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Kills what an earlier run left behind; for tests, whose JVM may have been killed. */
    public static void killLeftOvers(Path home) throws IOException {
        Path dir = home.resolve("run");
        if (Files.isDirectory(dir)) {
            for (Path file : pidFiles(dir)) {
                ours(file).ifPresent(ProcessHandle::destroyForcibly);
                Files.delete(file);
            }
        }
    }

    private static List<String> running(Path dir) throws IOException {
        return pidFiles(dir).stream()
                .flatMap(file -> ours(file).stream().map(process -> name(file) + " " + process.pid()))
                .toList();
    }

    private static Optional<ProcessHandle> ours(Path pidFile) {
        try {
            long pid = Long.parseLong(Files.readString(pidFile).strip());
            String mark = JavaCommand.MARK + name(pidFile);
            return ProcessHandle.of(pid)
                    .filter(ProcessHandle::isAlive)
                    .filter(process -> process.info().commandLine().orElse(mark).contains(mark));
        } catch (IOException | NumberFormatException unreadable) {
            throw new StandaloneException("%s is damaged; remove it".formatted(pidFile), unreadable);
        }
    }

    private static List<Path> pidFiles(Path dir) throws IOException {
        try (Stream<Path> files = Files.list(dir)) {
            return files.filter(file -> file.toString().endsWith(".pid"))
                    .sorted()
                    .toList();
        }
    }

    private static String name(Path pidFile) {
        return pidFile.getFileName().toString().replaceFirst("\\.pid$", "");
    }

    private static Path file(Path home, String name) {
        return home.resolve("run").resolve(name + ".pid");
    }
}
