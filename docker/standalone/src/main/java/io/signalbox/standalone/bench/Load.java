package io.signalbox.standalone.bench;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * The load generator: clients with a kept-alive connection and a thread each, in this process and so outside the servers'.
 * Closed, each client asks when it has its answer; open, requests come when they are due, whoever is still waiting, and
 * their time counts from then on, so that a slow answer hides nobody's wait behind it.
 */
final class Load {

    /** Arrivals are the same in every run. */
    private static final long SEED = 9;

    /** A worker that rebalances says 409; who does it by hand asks again. */
    private static final int BUSY = 409;

    private static final long AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final URI base;
    private final int clients;

    Load(URI base, int clients) {
        this.base = base;
        this.clients = clients;
    }

    /** So many requests, closed. */
    Sample count(int count, Request.Maker maker) throws IOException, InterruptedException {
        var next = new AtomicInteger();
        return all((connection, histogram) -> {
            for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                record(histogram, connection, maker.of(i), System.nanoTime());
            }
        });
    }

    /** For so long, closed. */
    Sample during(double seconds, Request.Maker maker) throws IOException, InterruptedException {
        var next = new AtomicInteger();
        long end = System.nanoTime() + nanos(seconds);
        return all((connection, histogram) -> {
            for (long now = System.nanoTime(); now < end; now = System.nanoTime()) {
                record(histogram, connection, maker.of(next.getAndIncrement()), now);
            }
        });
    }

    /** For so long, open: so many a second on average, at random and apart from each other (a Poisson process). */
    Sample paced(double perSecond, double seconds, Request.Maker maker) throws IOException, InterruptedException {
        long[] due = arrivals(perSecond, seconds);
        var next = new AtomicInteger();
        long begin = System.nanoTime();
        return all((connection, histogram) -> {
            for (int i = next.getAndIncrement(); i < due.length; i = next.getAndIncrement()) {
                long at = begin + due[i];
                awaitDue(at);
                record(histogram, connection, maker.of(i), at);
            }
        });
    }

    static void awaitDue(long at) {
        for (long left = at - System.nanoTime(); left > 0; left = at - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    /** @return when each is due, in nanoseconds after the begin; one at least */
    static long[] arrivals(double perSecond, double seconds) {
        var random = new Random(SEED);
        List<Long> due = new ArrayList<>();
        double at = 0;
        do {
            due.add((long) (at * 1e9));
            at += -Math.log(1 - random.nextDouble()) / perSecond;
        } while (at < seconds);
        return due.stream().mapToLong(Long::longValue).toArray();
    }

    @FunctionalInterface
    private interface Client {
        void run(Connection connection, Histogram histogram) throws IOException;
    }

    private Sample all(Client client) throws IOException, InterruptedException {
        var all = new Histogram(3);
        long begin = System.nanoTime();
        try (var threads = Executors.newFixedThreadPool(clients)) {
            List<Future<Histogram>> running = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                running.add(threads.submit(() -> {
                    var histogram = new Histogram(3);
                    try (var connection = new Connection(base)) {
                        client.run(connection, histogram);
                    }
                    return histogram;
                }));
            }
            for (Future<Histogram> one : running) {
                all.add(one.get());
            }
        } catch (ExecutionException e) {
            throw new IOException(e.getCause().getMessage(), e.getCause());
        }
        return Sample.of(all, all.getTotalCount() * 1e9 / (System.nanoTime() - begin));
    }

    /** @param from when its time begins */
    private static void record(Histogram histogram, Connection connection, Request request, long from)
            throws IOException {
        int status = ask(connection, request);
        while (status == BUSY && System.nanoTime() - from < PATIENCE_NANOS) {
            LockSupport.parkNanos(AGAIN_NANOS);
            status = ask(connection, request);
        }
        histogram.recordValue((System.nanoTime() - from) / 1_000);
        if (status != request.expected()) {
            throw new IOException(request.method() + " " + request.path() + " answered " + status);
        }
    }

    private static int ask(Connection connection, Request request) throws IOException {
        connection.tag(request.tag());
        return connection.request(request.method(), request.path(), request.body());
    }

    private static long nanos(double seconds) {
        return (long) (seconds * 1e9);
    }
}
