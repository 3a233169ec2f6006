package io.signalbox.standalone.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** What a process takes. */
final class Footprint {

    private static final long LOOK_MS = 500;
    private static final double AT_REST = 0.1;

    private Footprint() {}

    /** In megabytes; empty where there is no {@code /proc}. */
    static OptionalLong rss(long pid) throws IOException {
        Path status = Path.of("/proc", Long.toString(pid), "status");
        if (!Files.isReadable(status)) {
            return OptionalLong.empty();
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst();
    }

    /** The time that it has had on processors since it began, on all of them together. */
    static Duration cpu(long pid) throws IOException {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().totalCpuDuration())
                .orElseThrow(() -> new IOException("How long process " + pid + " was on a processor is not to be had"));
    }

    /** Returns when the process takes next to nothing of a processor for half a second, or the patience ends. */
    static void awaitRest(long pid, Duration patience) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        Duration before = cpu(pid);
        do {
            long begin = System.nanoTime();
            TimeUnit.MILLISECONDS.sleep(LOOK_MS);
            Duration now = cpu(pid);
            double part = (double) now.minus(before).toNanos() / (System.nanoTime() - begin);
            if (part <= AT_REST) {
                return;
            }
            before = now;
        } while (System.nanoTime() < deadline);
    }

    /** In bytes, of a directory that may be written to meanwhile; without the indexes that a broker makes as long as they can get. */
    static long disk(Path directory) {
        var bytes = new AtomicLong();
        try {
            Files.walkFileTree(directory, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (!file.toString().endsWith("index")) {
                        bytes.addAndGet(attributes.size());
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                    if (e instanceof NoSuchFileException) {
                        return FileVisitResult.CONTINUE;
                    }
                    throw e;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.get();
    }
}
