package io.signalbox.standalone.bench;

import io.signalbox.standalone.BenchSystem;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures the same requests against Signalbox and against the worker behind it, in turn, in one run. */
@Command(name = "bench", description = "Measures Signalbox beside Kafka Connect's own REST API.")
public final class Bench implements Callable<Integer> {

    private static final int ROUNDS = 3;
    private static final int CLIENTS = 8;
    private static final int FLEET = 40;
    private static final int EVERY_MS = 200;
    private static final int CONNECTORS = 1_000;

    @Option(names = "--quick")
    private boolean quick;

    private final Reads reads = new Reads();

    public static void main(String[] args) {
        System.exit(new CommandLine(new Bench()).execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (var system = BenchSystem.start()) {
            System.out.println("Reads by " + reads.tool() + " with " + CLIENTS + " connections; medians of " + ROUNDS
                    + " rounds in turn; all servers warm.");
            System.out.println();
            var table = new Table(System.out);
            memory(system, table);
            create(system, table);
            get(system, table);
            table.row(memoryRow(system));
        }
        return 0;
    }

    /**
     * The worker is at rest before each. While we create, it is busy with what was created before: every one of ours is
     * applied in the background, and runs.
     */
    private void create(BenchSystem system, Table table) throws IOException, InterruptedException {
        int few = quick ? 10 : 60;
        int many = quick ? 30 : 500;
        URI ours = system.signalbox();
        // A JVM needs thousands of requests until it runs what it can; two cores compile slowly.
        Creates.warm(system.worker(), many * 2);
        for (int round = 0; round < (quick ? 1 : 14); round++) {
            Creates.warm(ours, many);
            Creates.run(ours, BenchSystem.AWAY + "/connectors?validate=deferred", "warm-" + round, many);
        }
        Creates.run(system.worker(), "/connectors", "warm-worker", few / 2);
        Creates.run(ours, "/connectors", "warm", few / 2);
        system.awaitAllApplied();

        Sample away = Creates.run(ours, BenchSystem.AWAY + "/connectors?validate=deferred", "away", many);
        Sample worker = Creates.run(system.worker(), "/connectors", "by-hand", few);
        system.awaitAllApplied();
        Sample pacedWorker = Creates.paced(system.worker(), "/connectors", "by-hand-paced", few, EVERY_MS);
        system.awaitAllApplied();
        Sample paced = Creates.paced(ours, "/connectors", "validated-paced", few, EVERY_MS);
        system.awaitAllApplied();
        Sample validated = Creates.run(ours, "/connectors", "validated", few);
        system.awaitAllApplied();
        Sample deferred = Creates.run(ours, "/connectors?validate=deferred", "deferred", few);
        system.awaitAllApplied();
        table.latency("create, one client, validated by the worker, 5 a second", pacedWorker, paced);
        table.latency("create, one client, validated by the worker, one after another", worker, validated);
        table.latency("create, one client, validation deferred, worker applying", worker, deferred);
        table.latency("create, one client, validation deferred, worker away", worker, away);
    }

    private void get(BenchSystem system, Table table) throws IOException, InterruptedException {
        int seconds = quick ? 1 : 8;
        // A fleet of hundreds is what this is for; the worker copies its whole configuration for each answer.
        Creates.run(system.signalbox(), "/connectors?validate=deferred", "fleet", quick ? 10 : FLEET);
        system.awaitAllApplied();
        String one = "/connectors/validated-0";
        List<URI> resources =
                List.of(system.worker().resolve(one), system.signalbox().resolve(one), system.empty());
        List<List<Sample>> samples = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (URI resource : resources) {
            reads.run(resource, CLIENTS, seconds);
        }
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < resources.size(); i++) {
                samples.get(i).add(reads.run(resources.get(i), CLIENTS, seconds));
            }
        }
        table.rate(
                "GET one connector of " + system.countOnWorker() + ", " + CLIENTS + " clients",
                median(samples.get(0)),
                median(samples.get(1)),
                median(samples.get(2)));
    }

    private void memory(BenchSystem system, Table table) throws IOException, InterruptedException {
        int count = quick ? CONNECTORS / 10 : CONNECTORS;
        Creates.run(system.signalbox(), BenchSystem.AWAY + "/connectors?validate=deferred", "memory", count);
        table.row(memoryRow(system));
    }

    private static String[] memoryRow(BenchSystem system) throws IOException, InterruptedException {
        String what = Table.format("memory of a replica with %,d connectors", system.count());
        return new String[] {what, "", rss(system.replicaPid()) + " MB RSS", "", "", ""};
    }

    private static Sample median(List<Sample> samples) {
        return samples.stream()
                .sorted(Comparator.comparingDouble(Sample::perSecond))
                .skip(samples.size() / 2)
                .findFirst()
                .orElseThrow();
    }

    /** In megabytes; Linux only, "?" elsewhere. */
    private static String rss(long pid) throws IOException {
        Path status = Path.of("/proc", Long.toString(pid), "status");
        if (!Files.isReadable(status)) {
            return "?";
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .map(line -> Long.toString(Long.parseLong(line.replaceAll("\\D", "")) / 1024))
                .findFirst()
                .orElse("?");
    }
}
