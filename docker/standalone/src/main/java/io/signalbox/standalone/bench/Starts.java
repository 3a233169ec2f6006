package io.signalbox.standalone.bench;

import io.signalbox.standalone.BenchReplicas;
import io.signalbox.standalone.Http;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** How long a replica takes to begin that is alone: nobody else can answer for it. */
final class Starts {

    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static final int PAUSES = 4;
    private static final long EVERY_NANOS = Duration.ofMillis(100).toNanos();

    private final BenchReplicas system;
    private final Results results;
    private final int size;
    private final int count;

    /**
     * @param size as in the ids of the rows
     * @param count how many connectors there are
     */
    Starts(BenchReplicas system, Results results, int size, int count) {
        this.system = system;
        this.results = results;
        this.size = size;
        this.count = count;
    }

    /** After a clean stop. */
    void again(int replica, String id, String words) throws IOException, InterruptedException {
        system.replica(replica).stop();
        of(replica, id, words);
    }

    /** From the start of the process until it is ready, and until the whole list was read through it. */
    void of(int replica, String id, String words) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        system.replica(replica).start();
        await(begin, "to be ready", () -> Http.ok(system.url(replica) + "/health/ready"));
        double ready = seconds(begin);
        awaitAll(replica, begin);
        results.add(new Row(
                "sizes",
                "start-" + id + "-" + size,
                Text.format("start of a replica %s, %,d connectors, until it has told all of them", words, count),
                Metric.SECONDS,
                Figures.NONE,
                Figures.of(Metric.SECONDS, seconds(begin)).with(Metric.READY_SECONDS, ready),
                Figures.NONE));
    }

    /** Returns once the list has as many as there are. */
    void awaitAll(int replica, long begin) throws IOException, InterruptedException {
        await(begin, "to have all connectors", () -> names(replica) == count);
    }

    @FunctionalInterface
    private interface Condition {
        boolean holds() throws IOException, InterruptedException;
    }

    private static void await(long begin, String what, Condition condition) throws IOException, InterruptedException {
        for (long asked = System.nanoTime(); !holds(condition); asked = System.nanoTime()) {
            if (seconds(begin) > LIMIT.toSeconds()) {
                throw new IOException("A replica took more than " + LIMIT.toSeconds() + " s " + what);
            }
            // To ask for a list of many is a load of its own.
            LockSupport.parkNanos(Math.max(EVERY_NANOS, PAUSES * (System.nanoTime() - asked)));
        }
    }

    private static boolean holds(Condition condition) throws InterruptedException {
        try {
            return condition.holds();
        } catch (IOException notYet) {
            return false;
        }
    }

    /** An answer that is no list has no names, or too few. */
    private int names(int replica) throws IOException {
        try (var connection = new Connection(system.url(replica))) {
            byte[] body = connection.get(Fleet.LIST);
            int commas = 0;
            for (byte each : body) {
                commas += each == ',' ? 1 : 0;
            }
            return body.length < 3 || body[0] != '[' ? 0 : commas + 1;
        }
    }

    private static double seconds(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }
}
