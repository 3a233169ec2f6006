package io.signalbox.it;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Writers that give some connectors one secret after another, each on a thread of its own and at whichever replica answers, until
 * it is closed. A write whose outcome is not known is asked for again under the same id.
 */
final class SecretWrites implements AutoCloseable {

    private final Map<String, String> acknowledged = new ConcurrentHashMap<>();
    private final List<Api> replicas;
    private final Map<String, String> config;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Future<?>> writers = new ArrayList<>();
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicInteger again = new AtomicInteger();
    private volatile boolean stopped;

    /** @param config to which {@code my.password} is added */
    SecretWrites(List<Api> replicas, List<String> connectors, Map<String, String> config) {
        this.replicas = replicas;
        this.config = config;
        connectors.forEach(name -> writers.add(threads.submit(() -> write(name))));
    }

    /** By connector, the secret that was acknowledged last. */
    Map<String, String> acknowledged() {
        return Map.copyOf(acknowledged);
    }

    int done() {
        return done.get();
    }

    /** How many were asked for more than once. */
    int again() {
        return again.get();
    }

    private void write(String name) {
        for (int i = 0; !stopped; i++) {
            String secret = name + "-secret-" + i;
            Map<String, String> next = new TreeMap<>(config);
            next.put("my.password", secret);
            int tries = 0;
            while (!written(replicas.get((i + tries) % replicas.size()), name, next, secret)) {
                tries++;
                again.incrementAndGet();
            }
            acknowledged.put(name, secret);
            done.incrementAndGet();
        }
    }

    /** @return false when it is not known what became of it: a replica was stopped meanwhile */
    private static boolean written(Api replica, String name, Map<String, String> config, String id) {
        try {
            var answer = replica.put(
                    "/connectors/" + name + "/config?validate=deferred", config, "Idempotency-Key", "id-" + id);
            return switch (answer.status()) {
                case 200, 201 -> true;
                case 503, 504 -> false;
                default -> throw new AssertionError(answer.toString());
            };
        } catch (IllegalStateException | UncheckedIOException e) {
            return false;
        }
    }

    /** Fails if a write was refused. */
    @Override
    public void close() {
        stopped = true;
        threads.shutdown();
        try {
            for (Future<?> each : writers) {
                each.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new AssertionError("A write failed", e.getCause());
        }
    }
}
