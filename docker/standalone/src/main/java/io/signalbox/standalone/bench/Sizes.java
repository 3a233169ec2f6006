package io.signalbox.standalone.bench;

import io.signalbox.standalone.BenchReplicas;
import io.signalbox.standalone.BenchSystem;
import java.io.IOException;
import java.util.Map;

/**
 * More connectors than a worker can hold, on one replica alone, of a cluster that is away: reads, memory and disk, starts. At the
 * first size a second replica comes and the first is killed.
 */
final class Sizes implements Section {

    static final int[] SIZES = {1_000, 10_000, 100_000};

    private static final int CLIENTS = 8;
    private static final int PAGE = 100;
    private static final int LISTED_IN_TURN = 10_000;

    /** A prime, so that one connector after another is not read in the order of their names. */
    private static final int STRIDE = 7_919;

    @Override
    public String name() {
        return "sizes";
    }

    @Override
    public void run(Results results, Scale scale) throws IOException, InterruptedException {
        try (var system = BenchReplicas.start(BenchSystem.HEAP_MEGABYTES)) {
            var fleet = new FleetLog(system.bootstrapServers(), system.registryUrl());
            int there = 0;
            int replica = 0;
            for (int size : SIZES) {
                int count = scale.count(size);
                var starts = new Starts(system, results, size, count);
                load(results, starts, fleet, replica, there, size, count);
                there = count;
                reads(results, new Rounds(scale), system, replica, size, count);
                footprint(results, system, replica, size, count);
                starts.again(replica, "own", "from its own disk");
                system.replica(replica).stop();
                system.wipe(replica);
                starts.of(replica, "empty", "from an empty disk");
                if (size == SIZES[0]) {
                    results.add(Failover.of(system, name(), count));
                    replica = 1;
                }
            }
        }
    }

    private void load(Results results, Starts starts, FleetLog fleet, int replica, int from, int size, int to)
            throws IOException, InterruptedException {
        long begin = System.nanoTime();
        fleet.create(from, to);
        starts.awaitAll(replica, begin);
        double seconds = (System.nanoTime() - begin) / 1e9;
        results.add(ours(
                "load-" + size,
                Text.format("adoptions, %,d to %,d connectors, from the log until a list has them", from, to),
                Figures.of(Metric.PER_SECOND, (to - from) / seconds),
                Metric.PER_SECOND,
                Figures.NONE));
    }

    private void reads(Results results, Rounds rounds, BenchReplicas system, int replica, int size, int count)
            throws IOException, InterruptedException {
        var many = new Load(system.url(replica), CLIENTS);
        var single = new Load(system.url(replica), 1);
        for (Map.Entry<String, String> read :
                SharedReads.paths(Fleet.LIST, "NAME").entrySet()) {
            String id = read.getKey();
            boolean one = id.equals("get") || id.equals("status");
            Request.Maker maker = i -> new Request(
                    "GET", read.getValue().replace("NAME", Fleet.name((int) ((long) i * STRIDE % count))), "", 200);
            // The list of all with everything takes longer than a round, each time.
            Sample sample = id.equals("expanded") && size > LISTED_IN_TURN
                    ? single.count(1, maker)
                    : rounds.one(seconds -> (one ? many : single).during(seconds, maker));
            results.add(ours(
                    id + "-" + size,
                    Text.format("%s, of %,d, %s", SharedReads.words(id), count, one ? "8 clients" : "one client"),
                    Figures.of(sample),
                    Metric.PER_SECOND,
                    one ? results.row("get-500").map(Row::limit).orElse(Figures.NONE) : Figures.NONE));
        }
        String pages = Fleet.LIST + "?expand=info&expand=status&page_size=" + PAGE;
        Sample page = rounds.one(seconds -> Pages.run(system.url(replica), pages, seconds));
        results.add(ours(
                "page-" + size,
                Text.format("page of %d of %,d with status and info, one client", PAGE, count),
                Figures.of(page),
                Metric.P50,
                Figures.NONE));
        Sample bare = RocksGets.run(count, 1);
        results.add(new Row(
                name(),
                "rocks-" + size,
                Text.format("RocksDB's own get, of %,d, one thread", count),
                Metric.PER_SECOND,
                Figures.NONE,
                Figures.NONE,
                Figures.of(Metric.PER_SECOND, bare.perSecond())));
    }

    private void footprint(Results results, BenchReplicas system, int replica, int size, int count) throws IOException {
        var rss = Footprint.rss(system.replica(replica).child().pid());
        Figures memory = rss.isEmpty() ? Figures.NONE : Figures.of(Metric.MEGABYTES, rss.getAsLong());
        results.add(ours(
                "memory-" + size,
                Text.format("memory (RSS) of a replica with %,d connectors after these reads", count),
                each(memory, count),
                Metric.MEGABYTES,
                Figures.NONE));
        results.add(ours(
                "disk-" + size,
                Text.format("its disk, %,d connectors", count),
                each(Figures.of(Metric.MEGABYTES, megabytes(Footprint.disk(system.disk(replica)))), count),
                Metric.MEGABYTES,
                Figures.NONE));
        results.add(ours(
                "log-" + size,
                Text.format("all topics, %,d connectors", count),
                each(Figures.of(Metric.MEGABYTES, megabytes(Footprint.disk(system.log()))), count),
                Metric.MEGABYTES,
                Figures.NONE));
    }

    private static Figures each(Figures all, int count) {
        return all.has(Metric.MEGABYTES)
                ? all.with(Metric.KILOBYTES_EACH, all.get(Metric.MEGABYTES) * 1_024 / count)
                : all;
    }

    private static double megabytes(long bytes) {
        return bytes / 1_048_576.0;
    }

    private Row ours(String id, String work, Figures ours, Metric headline, Figures limit) {
        return new Row(name(), id, work, headline, Figures.NONE, ours, limit);
    }
}
