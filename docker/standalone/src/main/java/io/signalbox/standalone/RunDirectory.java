package io.signalbox.standalone;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/**
 * Who runs on a data directory: a file per process, {@code <name>.pid}. The script `down` reads them; a killed launcher
 * leaves them behind, so a process counts only if it is alive and marked as ours. Beside them, {@code port-base} says which
 * ports the system uses, and {@code <name>.leaving} which process the script `replica` ends on purpose.
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
        List<String> running = running(home).stream()
                .map(part -> part.name() + " " + part.process().pid())
                .toList();
        if (lock == null || !running.isEmpty()) {
            lockFile.close();
            String who = running.isEmpty() ? "it is just starting" : String.join(", ", running);
            throw new StandaloneException("already running (%s); stop it with docker/standalone/down".formatted(who));
        }
        HELD.add(lockFile);
        for (Path mark : files(dir, ".leaving")) {
            Files.delete(mark);
        }
    }

    static void recordPortBase(Path home, int base) throws IOException {
        Files.writeString(home.resolve("run").resolve("port-base"), base + "\n");
    }

    /** Fails unless a system runs on the directory. */
    static Ports portsOfRunning(Path home) throws IOException {
        Path file = home.resolve("run").resolve("port-base");
        requireRunning(home);
        try {
            return Ports.from(Integer.parseInt(Files.readString(file).strip()));
        } catch (NoSuchFileException | NumberFormatException e) {
            throw new StandaloneException(file + " does not say which ports the system uses; start it again", e);
        }
    }

    /** Fails unless a system runs on the directory. */
    static void requireRunning(Path home) throws IOException {
        if (running(home).stream().noneMatch(part -> part.name().equals("broker"))) {
            throw new StandaloneException("nothing runs on %s; start it with docker/standalone/up".formatted(home));
        }
    }

    /** One at a time of those who look for a free number; until the file is closed. */
    static FileChannel lockReplicas(Path home) throws IOException {
        FileChannel file = FileChannel.open(home.resolve("run").resolve("replica.lock"), CREATE, WRITE);
        file.lock();
        return file;
    }

    /** Whether somebody ends that process on purpose, so that its end is no failure. */
    static boolean leaving(Path home, String name, long pid) {
        Path mark = home.resolve("run").resolve(name + ".leaving");
        try {
            return Files.exists(mark) && Files.readString(mark).strip().equals(Long.toString(pid));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void record(Path home, String name, long pid) throws IOException {
        Path dir = Files.createDirectories(home.resolve("run"));
        // Whole or not at all: others look at any time.
        Path draft = Files.writeString(dir.resolve(name + ".draft"), pid + "\n");
        Files.move(draft, file(home, name), StandardCopyOption.ATOMIC_MOVE);
    }

    /** No-op if another process has the name by now. */
    static void forget(Path home, String name, long pid) {
        Path file = file(home, name);
        try {
            if (Files.readString(file).strip().equals(Long.toString(pid))) {
                Files.deleteIfExists(file);
            }
        } catch (NoSuchFileException gone) {
            // The script `down` was faster.
            return;
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

    /** Empty where nothing was ever started. */
    static List<RunningPart> running(Path home) throws IOException {
        Path dir = home.resolve("run");
        if (!Files.isDirectory(dir)) {
            return List.of();
        }
        return pidFiles(dir).stream()
                .flatMap(file -> ours(file).stream().map(process -> new RunningPart(name(file), process)))
                .toList();
    }

    private static Optional<ProcessHandle> ours(Path pidFile) {
        try {
            long pid = Long.parseLong(Files.readString(pidFile).strip());
            String mark = JavaCommand.MARK + name(pidFile);
            return ProcessHandle.of(pid)
                    .filter(process -> !RunningPart.ended(process))
                    .filter(process -> process.info().commandLine().orElse(mark).contains(mark));
        } catch (NoSuchFileException gone) {
            return Optional.empty();
        } catch (IOException | NumberFormatException unreadable) {
            throw new StandaloneException("%s is damaged; remove it".formatted(pidFile), unreadable);
        }
    }

    private static List<Path> pidFiles(Path dir) throws IOException {
        return files(dir, ".pid");
    }

    private static List<Path> files(Path dir, String suffix) throws IOException {
        try (Stream<Path> files = Files.list(dir)) {
            return files.filter(file -> file.toString().endsWith(suffix))
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
