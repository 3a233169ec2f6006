package io.signalbox.standalone;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What the script `up` starts once everything is built: starts all parts, and stops them when it is stopped. */
@Command(name = "up", description = "Starts the all-in-one Signalbox.")
public final class Up implements Callable<Integer> {

    private static final int INTERRUPTED = 130;

    @Option(names = "--demo")
    private boolean demo;

    @Option(names = "--secure")
    private boolean secure;

    @Option(names = "--detach")
    private boolean detach;

    @Option(names = "--replicas", defaultValue = "1", paramLabel = "N")
    private int replicas;

    @Option(names = "--port-base", defaultValue = "" + Ports.DEFAULT_BASE, paramLabel = "N")
    private int portBase;

    @Option(names = "--data", required = true, paramLabel = "DIR")
    private Path data;

    private final Progress progress = new Progress(System.out);

    public static void main(String[] args) {
        System.exit(Terminal.run(new Up(), args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Ports ports = checkedPorts();
        Path home = data.toAbsolutePath().normalize();
        RunDirectory.claim(home);
        refuseTakenPorts(ports);
        RunDirectory.recordPortBase(home, portBase);
        RunDirectory.record(home, "launcher", ProcessHandle.current().pid());
        boolean newKey = secure && AdminKey.make(home);
        Standalone standalone = new Standalone(Dist.locate(), home, ports, replicas, progress);
        Thread hook = new Thread(() -> shutDown(standalone, home), "shutdown");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return run(standalone, home, hook, newKey);
        } catch (StandaloneException problem) {
            if (standalone.closed()) {
                // Ctrl-C: the parts end because the hook stops them, and that is no news. Exit waits for the hook.
                return INTERRUPTED;
            }
            // Before the problem is printed, so that it is the last line.
            shutDown(standalone, home);
            Runtime.getRuntime().removeShutdownHook(hook);
            throw problem;
        }
    }

    private int run(Standalone standalone, Path home, Thread hook, boolean newKey)
            throws IOException, InterruptedException {
        Instant begin = Instant.now();
        progress.plain("Signalbox starts; data and logs are in " + home);
        standalone.start();
        progress.plain("Ready after %s: Kafka Connect's API is at %s"
                .formatted(Progress.seconds(Duration.between(begin, Instant.now())), standalone.url()));
        sayWho(home, newKey);
        if (demo) {
            playDemo(standalone, home);
        }
        if (detach) {
            Runtime.getRuntime().removeShutdownHook(hook);
            RunDirectory.forget(home, "launcher", ProcessHandle.current().pid());
            progress.plain("Running in the background; stop it with docker/standalone/down");
            return 0;
        }
        progress.plain("Ctrl-C stops everything.");
        ChildProcess dead = standalone.firstDeath().join();
        if (!standalone.closed()) {
            progress.tail(dead);
        }
        throw new StandaloneException(dead.obituary());
    }

    private void sayWho(Path home, boolean newKey) throws IOException {
        AdminKey key = AdminKey.in(home);
        if (key == null) {
            return;
        }
        progress.plain(
                newKey
                        ? "Callers must say who they are. This key may do everything, and is told only now: "
                                + key.reveal()
                        : "Callers must say who they are. The first key was told when it was made; it is in "
                                + AdminKey.path(home));
    }

    private Ports checkedPorts() {
        if (replicas < 1 || replicas > Ports.MAX_REPLICAS) {
            throw new StandaloneException("--replicas is a number from 1 to " + Ports.MAX_REPLICAS);
        }
        Ports ports = Ports.from(portBase);
        if (ports.registry() < 1024 || ports.worker() > 65_535 || ports.replica(replicas) > 65_535) {
            throw new StandaloneException("--port-base is a number from 1026 to 55535");
        }
        return ports;
    }

    private void refuseTakenPorts(Ports ports) {
        Map<Integer, String> taken = ports.taken(replicas);
        if (!taken.isEmpty()) {
            String list = taken.entrySet().stream()
                    .map(port -> "%d (%s)".formatted(port.getKey(), port.getValue()))
                    .collect(Collectors.joining(", "));
            throw new StandaloneException(
                    "in use by another program: port %s; stop it, or move all ports with --port-base %d"
                            .formatted(list, portBase + 10_000));
        }
    }

    private void playDemo(Standalone standalone, Path home) throws IOException, InterruptedException {
        Demo play = new Demo(standalone.url(), standalone.bootstrapServers(), home, progress, AdminKey.in(home));
        play.play();
        if (detach) {
            play.stop();
        }
    }

    private void shutDown(Standalone standalone, Path home) {
        progress.plain("\nStopping");
        standalone.close();
        RunDirectory.forget(home, "launcher", ProcessHandle.current().pid());
        progress.plain("Stopped; the data stay: `up` continues, `down --wipe` forgets.");
    }
}
