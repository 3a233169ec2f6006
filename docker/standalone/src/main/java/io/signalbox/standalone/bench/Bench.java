package io.signalbox.standalone.bench;

import io.signalbox.standalone.BenchSystem;
import java.io.IOException;
import java.net.URI;
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
    private static final int FLEET = 500;
    private static final int LONG_LIST = 10_000;
    private static final int PAGES = 100;
    private static final String ALL = "/connectors?expand=status&expand=info";
    private static final int EVERY_MS = 200;
    private static final int CONNECTORS = 1_000;

    @Option(names = "--quick")
    private boolean quick;

    @Option(names = "--events")
    private boolean eventsOnly;

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
            if (eventsOnly) {
                events(system, table);
                return 0;
            }
            memory(system, table);
            create(system, table);
            events(system, table);
            fleet(system);
            get(system, table);
            list(system, table);
            pages(system, table);
            table.row(memoryRow(system));
        }
        return 0;
    }

    /**
     * The worker is at rest before each. What we are asked to create in a burst is gathered, and applied in the background
     * when the burst ends; every one of them then runs.
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
        table.latency("create, one client, validation deferred, worker there", worker, deferred);
        table.latency("create, one client, validation deferred, worker away", worker, away);
    }

    private void events(BenchSystem system, Table table) throws IOException, InterruptedException {
        int count = quick ? 30 : 500;
        for (int round = 0; round < (quick ? 1 : 6); round++) {
            EventDelays.run(system, "event-warm-" + round, count);
        }
        Sample sample = EventDelays.run(system, "event", count);
        table.latency("event of a change at a consumer of committed events, from the request on", sample);
    }

    /** A fleet of hundreds is what this is for; the worker copies its whole configuration for each answer. */
    private void fleet(BenchSystem system) throws IOException, InterruptedException {
        int missing = (quick ? FLEET / 10 : FLEET) - system.countOnWorker();
        Creates.run(system.signalbox(), "/connectors?validate=deferred", "fleet", Math.max(0, missing));
        system.awaitAllApplied();
    }

    private void get(BenchSystem system, Table table) throws IOException, InterruptedException {
        String one = "/connectors/validated-0";
        List<Sample> medians = inTurn(List.of(
                Read.of(system.worker().resolve(one)),
                Read.of(system.signalbox().resolve(one)),
                Read.of(system.empty())));
        String work = "GET one connector of " + system.countOnWorker() + ", " + CLIENTS + " clients";
        table.rate(work, medians.get(0), medians.get(1), medians.get(2));
    }

    private void list(BenchSystem system, Table table) throws IOException, InterruptedException {
        URI ours = system.signalbox().resolve(ALL);
        List<Sample> medians = inTurn(List.of(
                Read.of(system.worker().resolve(ALL)),
                Read.of(ours),
                new Read(ours, system.tag(ours)),
                Read.of(system.empty())));
        String work = "list of " + system.countOnWorker() + " with status and info, " + CLIENTS + " clients";
        table.rate(work, medians.get(0), medians.get(1));
        table.rate(work + ", unchanged (304)", medians.get(0), medians.get(2), medians.get(3));
    }

    private void pages(BenchSystem system, Table table) throws IOException, InterruptedException {
        int wanted = quick ? LONG_LIST / 10 : LONG_LIST;
        int missing = Math.max(0, wanted - system.countAway());
        Creates.run(system.signalbox(), BenchSystem.AWAY + "/connectors?validate=deferred", "long", missing);
        String path = BenchSystem.AWAY + "/connectors?expand=info&page_size=" + PAGES;
        Pages.run(system.signalbox(), path, ROUNDS);
        Sample sample = Pages.run(system.signalbox(), path, ROUNDS);
        table.latency(Table.format("page of %d of %,d with info, one client", PAGES, system.countAway()), sample);
    }

    /** @return the median of each */
    private List<Sample> inTurn(List<Read> resources) throws IOException, InterruptedException {
        int seconds = quick ? 1 : 8;
        List<List<Sample>> samples = new ArrayList<>();
        for (Read resource : resources) {
            reads.run(resource, CLIENTS, seconds);
            samples.add(new ArrayList<>());
        }
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < resources.size(); i++) {
                samples.get(i).add(reads.run(resources.get(i), CLIENTS, seconds));
            }
        }
        return samples.stream().map(Bench::median).toList();
    }

    private void memory(BenchSystem system, Table table) throws IOException, InterruptedException {
        int count = quick ? CONNECTORS / 10 : CONNECTORS;
        Creates.run(system.signalbox(), BenchSystem.AWAY + "/connectors?validate=deferred", "memory", count);
        table.row(memoryRow(system));
    }

    private static String[] memoryRow(BenchSystem system) throws IOException, InterruptedException {
        String what = Table.format("memory of a replica with %,d connectors", system.count());
        return new String[] {what, "", Footprint.rss(system.replicaPid()) + " MB RSS", "", "", ""};
    }

    private static Sample median(List<Sample> samples) {
        return samples.stream()
                .sorted(Comparator.comparingDouble(Sample::perSecond))
                .skip(samples.size() / 2)
                .findFirst()
                .orElseThrow();
    }
}
