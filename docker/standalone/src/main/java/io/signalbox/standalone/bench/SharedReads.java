package io.signalbox.standalone.bench;

import io.signalbox.standalone.BenchSystem;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads that the worker answers, too, of as many connectors as it can hold; all of them run. */
final class SharedReads implements Section {

    static final String PREFIX = "reads-";

    private static final int LARGEST = 500;

    /** What is promised of it is about a fifth. */
    private static final String CLOSE = "get";

    private static final int[] SIZES = {100, LARGEST};
    private static final Duration REST = Duration.ofSeconds(15);
    private static final int CLIENTS = 8;

    /** For each kind of read. */
    private static final double WARM_SECONDS = 1.5;

    private static final long EVERY_MS = 500;

    /** An open load is half of what the slower side can do at most. */
    private static final double HALF = 0.5;

    private final BenchSystem system;
    private final Reads reads;

    SharedReads(BenchSystem system, Reads reads) {
        this.system = system;
        this.reads = reads;
    }

    /** What is read, by its name in the ids of the rows. */
    static Map<String, String> paths(String list, String connector) {
        Map<String, String> paths = new LinkedHashMap<>();
        paths.put("get", list + "/" + connector);
        paths.put("status", list + "/" + connector + "/status");
        paths.put("list", list);
        paths.put("expanded", list + "?expand=status&expand=info");
        return paths;
    }

    static String words(String id) {
        return switch (id) {
            case "get" -> "get one connector";
            case "status" -> "its status";
            case "list" -> "list of the names";
            default -> "list with status and info";
        };
    }

    @Override
    public String name() {
        return "reads";
    }

    @Override
    public void run(Results results, Scale scale) throws IOException, InterruptedException {
        var rounds = new Rounds(scale);
        var many = Rounds.many(scale);
        int there = 0;
        for (int size : SIZES) {
            int count = scale.count(size);
            grow(there, count);
            if (there == 0) {
                warmUp(scale);
            }
            there = count;
            for (Map.Entry<String, String> read :
                    paths("/connectors", PREFIX + "0").entrySet()) {
                boolean close = size == LARGEST && read.getKey().equals(CLOSE);
                Row row = compare(close ? many : rounds, read.getKey(), read.getValue(), size, count);
                results.add(size == LARGEST ? paced(row, rounds, read.getValue()) : row);
            }
        }
        unchanged(results, rounds, LARGEST, there);
    }

    private void grow(int from, int to) throws IOException, InterruptedException {
        new Load(system.signalbox(), CLIENTS)
                .count(to - from, i -> Connectors.create("/connectors?validate=deferred", PREFIX + (from + i)));
        try (var states = new WorkerStates(system.worker())) {
            states.awaitSettled(PREFIX, to, "RUNNING", EVERY_MS);
        }
        // Nothing is left to be seen of what was created, or compiled for it: only the reads are to take time.
        Footprint.awaitRest(system.replicaPid(), REST);
    }

    /** As long as the empty handler was: until now they were asked for changes. */
    private void warmUp(Scale scale) throws IOException, InterruptedException {
        for (String path : paths("/connectors", PREFIX + "0").values()) {
            for (URI server : List.of(system.worker(), system.signalbox())) {
                full(Read.of(server.resolve(path))).of(scale.seconds(WARM_SECONDS));
            }
        }
    }

    private Row compare(Rounds rounds, String id, String path, int size, int count)
            throws IOException, InterruptedException {
        Read worker = Read.of(system.worker().resolve(path));
        Read ours = Read.of(system.signalbox().resolve(path));
        List<Sample> full = rounds.inTurn(List.of(full(worker), full(ours), full(Read.of(system.empty()))));
        return new Row(
                name(),
                id + "-" + size,
                "%s, of %s, 8 clients".formatted(words(id), count),
                Metric.PER_SECOND,
                Figures.of(full.get(0)),
                Figures.of(full.get(1)),
                Figures.of(full.get(2)));
    }

    private Row paced(Row row, Rounds rounds, String path) throws IOException, InterruptedException {
        Read worker = Read.of(system.worker().resolve(path));
        Read ours = Read.of(system.signalbox().resolve(path));
        double pace =
                HALF * Math.min(row.worker().get(Metric.PER_SECOND), row.ours().get(Metric.PER_SECOND));
        List<Sample> paced = rounds.inTurn(List.of(paced(worker, pace), paced(ours, pace)));
        return row.paced(pace, row.worker().withPaced(paced.get(0)), row.ours().withPaced(paced.get(1)), row.limit());
    }

    private void unchanged(Results results, Rounds rounds, int size, int count)
            throws IOException, InterruptedException {
        Map<String, String> paths = paths("/connectors", PREFIX + "0");
        for (String id : List.of("get", "expanded")) {
            URI ours = system.signalbox().resolve(paths.get(id));
            List<Sample> full =
                    rounds.inTurn(List.of(full(new Read(ours, system.tag(ours))), full(Read.of(system.empty()))));
            results.add(new Row(
                    name(),
                    id + "-unchanged-" + size,
                    "%s, of %s, 8 clients, unchanged (304)".formatted(words(id), count),
                    Metric.PER_SECOND,
                    // It knows no tags, and answers in full.
                    results.row(id + "-" + size).map(Row::worker).orElse(Figures.NONE),
                    Figures.of(full.get(0)),
                    Figures.of(full.get(1))));
        }
    }

    private Rounds.Run full(Read read) {
        return seconds -> reads.run(read, CLIENTS, seconds);
    }

    /** Open: requests that come at a fixed rate, and are timed from when they were due. */
    private static Rounds.Run paced(Read read, double perSecond) {
        return seconds -> new Load(read.resource(), CLIENTS).paced(perSecond, seconds, i -> read.request());
    }
}
