package io.signalbox.standalone.bench;

import io.signalbox.standalone.BenchReplicas;
import io.signalbox.standalone.Http;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures how long a replica takes to begin: with an empty disk, with its own, and with what a crash left. */
@Command(name = "bench --restore", description = "Measures the start of a replica beside one that has everything.")
public final class RestoreBench implements Callable<Integer> {

    private static final int OLD = 0;
    private static final int NEW = 1;
    private static final Duration LIMIT = Duration.ofSeconds(120);
    private static final long EVERY_NANOS = Duration.ofMillis(50).toNanos();
    /** A copy is complete when the disk did not grow for so long. */
    private static final Duration QUIET = Duration.ofSeconds(3);

    @Option(names = "--connectors", required = true)
    private int connectors;

    @Option(names = "--quick")
    private boolean quick;

    private final List<String> each = Fleet.ofEachPartition(1);

    public static void main(String[] args) {
        System.exit(new CommandLine(new RestoreBench()).execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        int count = quick ? connectors / 10 : connectors;
        try (var system = BenchReplicas.start()) {
            long begin = System.nanoTime();
            Fleet.create(system.url(OLD), count);
            System.out.println(Text.format("%,d connectors created in %.0f s", count, since(begin) / 1e3));
            System.out.println(
                    footprint(system, OLD) + Text.format(", log %,d MB", megabytes(Footprint.disk(system.log()))));
            System.out.println();
            System.out.println(
                    "| start of a replica | process to ready | whole list through it | its share is its own |"
                            + " copies complete | memory, disk |");
            System.out.println("|---|---|---|---|---|---|");
            system.add();
            start(system, "empty disk", count);
            system.replica(NEW).stop();
            start(system, "its own disk", count);
            system.replica(NEW).kill9();
            start(system, "its own disk, after kill -9", count);
        }
        return 0;
    }

    private void start(BenchReplicas system, String what, int count) throws IOException, InterruptedException {
        URI url = system.url(NEW);
        long begin = System.nanoTime();
        system.replica(NEW).start();
        await(begin, what + ": ready", () -> Http.ok(url + "/health/ready"));
        long ready = since(begin);
        await(begin, what + ": list", () -> names(url) == count);
        long listed = since(begin);
        await(begin, what + ": share", () -> Served.by(url, each).here() >= Fleet.PARTITIONS / 2);
        long owned = since(begin);
        long copied = awaitQuiet(system, begin);
        System.out.println(Text.format(
                "| %s | %.1f s | %.1f s | %.1f s | %.1f s | %s |",
                what, ready / 1e3, listed / 1e3, owned / 1e3, copied / 1e3, footprint(system, NEW)));
    }

    @FunctionalInterface
    private interface Condition {
        boolean holds() throws IOException, InterruptedException;
    }

    private static void await(long begin, String what, Condition condition) throws IOException, InterruptedException {
        while (!holds(condition)) {
            if (since(begin) > LIMIT.toMillis()) {
                throw new IOException(what + ": not after " + LIMIT.toSeconds() + " s");
            }
            LockSupport.parkNanos(EVERY_NANOS);
        }
    }

    private static boolean holds(Condition condition) throws InterruptedException {
        try {
            return condition.holds();
        } catch (IOException notYet) {
            return false;
        }
    }

    private static int names(URI replica) throws IOException, InterruptedException {
        String body = Http.get(replica + Fleet.LIST).body();
        return body.length() < 3 ? 0 : body.split(",").length;
    }

    /** @return milliseconds from the begin to when the disk grew last */
    private static long awaitQuiet(BenchReplicas system, long begin) {
        long size = -1;
        long grew = since(begin);
        while (since(begin) - grew < QUIET.toMillis()) {
            long now = Footprint.disk(system.disk(NEW));
            if (now != size) {
                size = now;
                grew = since(begin);
            }
            LockSupport.parkNanos(4 * EVERY_NANOS);
        }
        return grew;
    }

    private static String footprint(BenchReplicas system, int replica) throws IOException {
        return Text.format(
                "%,d MB RSS, %,d MB disk",
                Footprint.rss(system.replica(replica).child().pid()).orElse(0),
                megabytes(Footprint.disk(system.disk(replica))));
    }

    private static long megabytes(long bytes) {
        return bytes >> 20;
    }

    private static long since(long begin) {
        return (System.nanoTime() - begin) / 1_000_000;
    }
}
