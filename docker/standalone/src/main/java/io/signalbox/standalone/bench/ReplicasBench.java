package io.signalbox.standalone.bench;

import io.signalbox.standalone.BenchReplicas;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures reads of one replica, of three, and of one again: the same load, in one run. */
@Command(name = "bench --replicas", description = "Measures reads with one replica and with three.")
public final class ReplicasBench implements Callable<Integer> {

    private static final int REPLICAS = 3;
    private static final int FEW = 24;
    private static final int MANY = 480;
    private static final int FLEET = 500;
    private static final int ROUNDS = 3;
    private static final int OF_EACH_PARTITION = 4;
    private static final long BALANCE_SECONDS = 60;

    /** Warm is who is no faster than before by more than this, twice running, */
    private static final double WARMER = 1.05;

    /** or after so many rounds. */
    private static final int WARM_ROUNDS = 24;

    @Option(names = "--quick")
    private boolean quick;

    private final Spread few = new Spread(FEW);
    private final Spread many = new Spread(MANY);
    private final List<String> each = Fleet.ofEachPartition(OF_EACH_PARTITION);
    private final List<String> list = List.of(Fleet.LIST);

    /** Medians of the rounds. */
    private record Reads(Sample get, Sample getByMany, Sample list) {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new ReplicasBench()).execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (var system = BenchReplicas.start()) {
            Fleet.create(system.url(0), FLEET);
            Reads before = measure(List.of(system.url(0)));
            for (int i = 1; i < REPLICAS; i++) {
                system.add().startAndAwait();
            }
            List<URI> all = IntStream.range(0, REPLICAS).mapToObj(system::url).toList();
            Served served = awaitBalanced(all);
            Reads three = measure(all);
            for (int i = 1; i < REPLICAS; i++) {
                system.replica(i).stop();
            }
            awaitBalanced(List.of(system.url(0)));
            Reads after = measure(List.of(system.url(0)));
            System.out.println(Text.format(
                    "%n%d connectors; medians of %d rounds. Of GETs of one connector, spread over %d replicas,"
                            + " %.0f %% are answered where they arrive, the others by one hop.%n",
                    FLEET, ROUNDS, REPLICAS, 100.0 * served.here() / (served.here() + served.hop())));
            System.out.println("| work | 1 replica | 3 replicas | 1 replica again | 3 to 1 |");
            System.out.println("|---|---|---|---|---|");
            row("GET one connector, " + FEW + " connections", before.get(), three.get(), after.get());
            row(
                    "GET one connector, " + MANY + " connections",
                    before.getByMany(),
                    three.getByMany(),
                    after.getByMany());
            row("list of the names, " + FEW + " connections", before.list(), three.list(), after.list());
        }
        return 0;
    }

    private Reads measure(List<URI> replicas) throws IOException, InterruptedException {
        return new Reads(median(few, replicas, each), median(many, replicas, each), median(few, replicas, list));
    }

    private Sample median(Spread spread, List<URI> replicas, List<String> paths)
            throws IOException, InterruptedException {
        int seconds = quick ? 1 : 5;
        warm(spread, replicas, paths, seconds);
        List<Sample> samples = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            samples.add(spread.run(replicas, paths, seconds));
        }
        samples.sort(Comparator.comparingDouble(Sample::perSecond));
        return samples.get(ROUNDS / 2);
    }

    /** Three JVMs on few processors take a minute or two until they have compiled what they do. */
    private void warm(Spread spread, List<URI> replicas, List<String> paths, int seconds)
            throws IOException, InterruptedException {
        double best = 0;
        int steady = 0;
        for (int round = 0; round < (quick ? 2 : WARM_ROUNDS) && steady < 2; round++) {
            double rate = spread.run(replicas, paths, seconds).perSecond();
            steady = rate > best * WARMER ? 0 : steady + 1;
            best = Math.max(best, rate);
        }
    }

    /** Returns once each replica owns its share of the partitions. */
    private Served awaitBalanced(List<URI> replicas) throws IOException {
        int share = each.size() / replicas.size();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(BALANCE_SECONDS);
        while (true) {
            var all = new Served(0, 0);
            boolean balanced = true;
            for (URI replica : replicas) {
                Served one = Served.by(replica, each);
                balanced &= one.here() == share;
                all = all.plus(one);
            }
            if (balanced) {
                return all;
            }
            if (System.nanoTime() > deadline) {
                throw new IOException("The replicas do not share the partitions after " + BALANCE_SECONDS + " s");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
        }
    }

    /** The ratio is to the better one of the two runs with one replica. */
    private static void row(String work, Sample before, Sample three, Sample after) {
        double one = Math.max(before.perSecond(), after.perSecond());
        System.out.println("| " + work + " | " + Text.rate(before) + " | " + Text.rate(three) + " | " + Text.rate(after)
                + " | " + Text.format("%.2f × the rate", three.perSecond() / one) + " |");
    }
}
