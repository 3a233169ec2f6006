package io.signalbox.standalone.bench;

import io.signalbox.standalone.BenchReplicas;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * A replica of two is killed, and its half is written to through the other one until that is taken everywhere, while one
 * client reads on.
 */
final class Failover {

    private static final int VICTIM = 0;
    private static final int SURVIVOR = 1;
    private static final int OK = 200;
    private static final long PATIENCE_SECONDS = 120;
    private static final long EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final URI replica;
    private final List<String> paths = Fleet.ofEachPartition(1);
    private final AtomicBoolean over = new AtomicBoolean();

    private Failover(URI replica) {
        this.replica = replica;
    }

    private record Reading(long longestNanos, int failed) {}

    /** The second replica is started here, and goes on alone. */
    static Row of(BenchReplicas system, String section, int count) throws IOException, InterruptedException {
        system.add().startAndAwait();
        var failover = new Failover(system.url(SURVIVOR));
        failover.awaitShare();
        try (var threads = Executors.newCachedThreadPool()) {
            Future<Reading> reading = threads.submit(failover::read);
            long begin = System.nanoTime();
            system.replica(VICTIM).kill9();
            List<Future<Void>> writes = new ArrayList<>();
            for (String path : failover.paths) {
                writes.add(threads.submit(() -> failover.write(path)));
            }
            for (Future<Void> write : writes) {
                write.get();
            }
            double seconds = (System.nanoTime() - begin) / 1e9;
            failover.over.set(true);
            Reading read = reading.get();
            return new Row(
                    section,
                    "failover",
                    Text.format(
                            "a replica of two is killed, until every partition takes a write, %,d connectors", count),
                    Metric.SECONDS,
                    Figures.NONE,
                    Figures.of(Metric.SECONDS, seconds)
                            .with(Metric.LONGEST, read.longestNanos() / 1e6)
                            .with(Metric.FAILED, read.failed()),
                    Figures.NONE);
        } catch (ExecutionException e) {
            throw new IOException("The failover cannot be measured", e.getCause());
        } finally {
            failover.over.set(true);
        }
    }

    private void awaitShare() throws IOException {
        long deadline = deadline();
        while (Served.by(replica, paths).here() < Fleet.PARTITIONS / 2) {
            if (System.nanoTime() > deadline) {
                throw new IOException("The second replica has no share after " + PATIENCE_SECONDS + " s");
            }
            LockSupport.parkNanos(EVERY_NANOS);
        }
    }

    private Reading read() throws IOException {
        long longest = 0;
        int failed = 0;
        try (var connection = new Connection(replica)) {
            for (int i = 0; !over.get(); i++) {
                long begin = System.nanoTime();
                failed += connection.request("GET", paths.get(i % paths.size()), "") == OK ? 0 : 1;
                longest = Math.max(longest, System.nanoTime() - begin);
                LockSupport.parkNanos(EVERY_NANOS);
            }
        }
        return new Reading(longest, failed);
    }

    /** Asks until it is taken. */
    private Void write(String path) throws IOException {
        long deadline = deadline();
        try (var connection = new Connection(replica)) {
            while (connection.request("PUT", path + "/pause", "") >= 300) {
                if (System.nanoTime() > deadline) {
                    throw new IOException(path + " takes no write after " + PATIENCE_SECONDS + " s");
                }
                LockSupport.parkNanos(EVERY_NANOS);
            }
        }
        return null;
    }

    private static long deadline() {
        return System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    }
}
