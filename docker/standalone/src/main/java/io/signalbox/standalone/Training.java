package io.signalbox.standalone;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A whole system that plays the demo once and stops, so that each of its programs leaves a {@link ClassArchive}. */
public final class Training {

    private static final Duration LIMIT = Duration.ofMinutes(10);

    private final Dist dist;
    private final Path home;

    /** @param home for data that nobody needs afterwards */
    private Training(Dist dist, Path home) {
        this.dist = dist;
        this.home = home;
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        new Training(Dist.locate(), Path.of(args[0])).play();
        // The demo's threads would go on.
        System.exit(0);
    }

    /**
     * Writes the archives in a JVM of its own unless they are there already; about half a minute.
     *
     * @param log what that JVM says, for when it fails
     * @throws StandaloneException when they were not written; everything works without them
     */
    public static void once(Dist dist, Path home, Path log) throws IOException, InterruptedException {
        // Whoever comes second finds what the first has written.
        try (FileChannel one = FileChannel.open(
                dist.root().resolve("archives.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            one.lock();
            if (!archives(dist)) {
                write(dist, home, log);
            }
        }
    }

    private static void write(Dist dist, Path home, Path log) throws IOException, InterruptedException {
        Files.createDirectories(log.getParent());
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-D" + ClassArchive.WRITE + "=true",
                "-cp",
                dist.launcherClassPath() + ":" + dist.signalboxClassPath(),
                Training.class.getName(),
                home.toString());
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        if (process.waitFor() != 0) {
            RunDirectory.killLeftOvers(home);
            throw new StandaloneException("the class archives could not be written; read " + log);
        }
    }

    private static boolean archives(Dist dist) throws IOException {
        return ClassArchive.of(dist, Replica.MAIN, dist.signalboxClassPath()).current();
    }

    private void play() throws IOException, InterruptedException {
        RunDirectory.killLeftOvers(home);
        BenchHome.delete(dist.archives());
        BenchHome.delete(home);
        Files.createDirectories(dist.archives());
        RunDirectory.claim(home);
        var silence = new Progress(new PrintStream(OutputStream.nullOutputStream()));
        try (var system = new Standalone(dist, home, Ports.free(), 1, silence)) {
            system.start();
            Demo demo = new Demo(system.url(), system.bootstrapServers(), home, silence, null);
            demo.play();
            demo.stop();
        }
        ClassArchive.accept(dist.archives());
        BenchHome.delete(home);
    }
}
