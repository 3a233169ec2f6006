package io.signalbox.fault;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SynchronizedHistogram;

/**
 * Readers that ask for one connector after another, as usual, without strong or token, and measure how long each had to wait
 * for an answer, other replicas asked included. That is the gap that a reader sees.
 */
final class Readers implements AutoCloseable {

    private static final int READERS = 4;
    private static final Duration PERIOD = Duration.ofMillis(40);

    /** A client with other replicas to ask does not wait longer for one. */
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private static final Duration SLOW = Duration.ofMillis(700);
    private static final int MOST_SLOW = 20;

    private final Doors doors;
    private final List<String> keys;
    private final long seed;
    private final Histogram waits =
            new SynchronizedHistogram(Duration.ofMinutes(5).toNanos(), 3);
    private final LongAdder stale = new LongAdder();
    private final List<String> slow = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Future<?>> readers = new ArrayList<>();
    private volatile boolean over;

    Readers(Doors doors, List<String> keys, long seed) {
        this.doors = doors;
        this.keys = keys;
        this.seed = seed;
    }

    void begin() {
        for (int i = 0; i < READERS; i++) {
            var random = new Random(seed + i);
            readers.add(threads.submit(() -> {
                while (!over) {
                    read(keys.get(random.nextInt(keys.size())), random);
                    LockSupport.parkNanos(PERIOD.toNanos());
                }
                return null;
            }));
        }
    }

    private void read(String key, Random random) throws InterruptedException {
        String[] path = key.split("/", 3);
        String connector = "/environments/" + path[0] + "/clusters/" + path[1] + "/connectors/" + path[2];
        long began = System.nanoTime();
        var tries = new StringBuilder();
        while (!over) {
            for (String base : doors.inSomeOrder(random)) {
                if (answered(base, connector, tries, began)) {
                    long waited = System.nanoTime() - began;
                    waits.recordValue(waited);
                    if (waited > SLOW.toNanos() && slow.size() < MOST_SLOW) {
                        slow.add(Instant.now() + " " + connector + tries);
                    }
                    return;
                }
            }
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }

    private boolean answered(String base, String path, StringBuilder tries, long began) throws InterruptedException {
        String end;
        boolean answered = false;
        try {
            HttpResponse<String> answer = doors.send(HttpRequest.newBuilder(URI.create(base + path))
                    .timeout(LIMIT)
                    .build());
            boolean copy = answer.headers().firstValue("Signalbox-Stale").isPresent();
            if (copy) {
                stale.increment();
            }
            answered = answer.statusCode() == 200 || answer.statusCode() == 404;
            end = answer.statusCode()
                    + (copy ? " from a copy, " : " ")
                    + answer.headers().firstValue("Signalbox-Served-By").orElse("");
        } catch (IOException another) {
            end = another.toString();
        }
        tries.append("; ")
                .append(base)
                .append(" after ")
                .append(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began))
                .append(" ms: ")
                .append(end);
        return answered;
    }

    /** What the slowest had to wait for: when they were answered, and what each replica said when. */
    List<String> slow() {
        return List.copyOf(slow);
    }

    /** @return how long each read waited, in nanoseconds, so far */
    Histogram waits() {
        return waits.copy();
    }

    /** How many answers came from a copy. */
    long stale() {
        return stale.sum();
    }

    /** Fails if a reader did. */
    void stop() throws InterruptedException, ExecutionException {
        over = true;
        for (Future<?> each : readers) {
            each.get();
        }
    }

    @Override
    public void close() {
        over = true;
        threads.shutdownNow();
    }
}
