package io.signalbox.standalone;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What the script `replica add` starts: one more replica of the system that runs, which outlives this process. */
@Command(name = "replica add", description = "Starts one more replica.")
public final class AddReplica implements Callable<Integer> {

    private static final Duration READY_LIMIT = Duration.ofSeconds(90);
    private static final int NEXT = 0;

    @Parameters(arity = "0..1", defaultValue = "" + NEXT, paramLabel = "N")
    private int number;

    @Option(names = "--data", required = true, paramLabel = "DIR")
    private Path data;

    private final Progress progress = new Progress(System.out);

    public static void main(String[] args) {
        System.exit(Terminal.run(new AddReplica(), args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path home = data.toAbsolutePath().normalize();
        Instant begin = Instant.now();
        Replica replica = start(home, RunDirectory.portsOfRunning(home));
        // Ctrl-C, before it is ready, takes it back.
        Thread hook = new Thread(replica::close, "take-back");
        Runtime.getRuntime().addShutdownHook(hook);
        progress.line(replica.name(), "starting");
        try {
            replica.child().awaitReady(() -> ready(home, replica), READY_LIMIT);
        } catch (StandaloneException problem) {
            if (!replica.running()) {
                progress.tail(replica.child());
            }
            replica.close();
            throw problem;
        }
        Runtime.getRuntime().removeShutdownHook(hook);
        Duration took = Duration.between(begin, Instant.now());
        progress.line(replica.name(), "ready after %-7s %s".formatted(Progress.seconds(took), replica.address()));
        return 0;
    }

    private Replica start(Path home, Ports ports) throws IOException {
        FileChannel held = RunDirectory.lockReplicas(home);
        try {
            Set<String> running =
                    RunDirectory.running(home).stream().map(RunningPart::name).collect(Collectors.toSet());
            int chosen = number == NEXT ? next(running, ports) : number;
            int port = port(ports, chosen);
            if (running.contains(Replica.PREFIX + port)) {
                throw new StandaloneException("replica %d is running already".formatted(chosen));
            }
            if (Ports.busy(port)) {
                throw new StandaloneException(
                        "in use by another program: port %d; stop it, or add another number".formatted(port));
            }
            Replica replica = Replica.of(Dist.locate(), home, ports, chosen);
            replica.start();
            return replica;
        } finally {
            held.close();
        }
    }

    private static int next(Set<String> running, Ports ports) {
        return IntStream.rangeClosed(1, Ports.MAX_REPLICAS)
                .filter(free -> !running.contains(Replica.PREFIX + ports.replica(free - 1)))
                .findFirst()
                .orElseThrow(
                        () -> new StandaloneException("all %d replicas are running".formatted(Ports.MAX_REPLICAS)));
    }

    private static int port(Ports ports, int chosen) {
        if (chosen < 1 || chosen > Ports.MAX_REPLICAS) {
            throw new StandaloneException("a replica is a number from 1 to " + Ports.MAX_REPLICAS);
        }
        int port = ports.replica(chosen - 1);
        if (port > 65_535) {
            throw new StandaloneException("replica %d would have port %d".formatted(chosen, port));
        }
        return port;
    }

    private static boolean ready(Path home, Replica replica) throws IOException, InterruptedException {
        // Nobody would stop a replica that came after the system was stopped.
        RunDirectory.requireRunning(home);
        return replica.ready();
    }
}
