package io.signalbox.standalone;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;

/** The whole system: parts started as early as what they need is there, stopped in the opposite order. */
public final class Standalone implements AutoCloseable {

    private static final Duration READY_LIMIT = Duration.ofSeconds(90);

    private final Progress progress;
    private final Broker broker;
    private final Registry registry;
    private final Worker worker;
    private final List<Replica> replicas;
    private final List<Part> started = new ArrayList<>();
    private final CompletableFuture<Void> failure = new CompletableFuture<>();
    private boolean closed;

    Standalone(Dist dist, Path home, Ports ports, int replicas, Progress progress) throws IOException {
        this.progress = progress;
        broker = new Broker(dist, home, ports.broker(), ports.controller(), Map.of());
        registry = new Registry(dist, home, ports.registry());
        worker = new Worker("worker", dist, home, broker.bootstrapServers(), ports.worker(), Map.of());
        Map<String, String> settings = Map.of(
                "bootstrap.servers", broker.bootstrapServers(),
                "schema.registry.url", registry.url(),
                "internal.secret.file", InternalSecret.in(home).toString());
        this.replicas = IntStream.range(0, replicas)
                .mapToObj(i -> new Replica(dist, home, ports.replica(i), settings))
                .toList();
    }

    /** Returns when every part is ready and the worker is registered; fails with the first part that fails. */
    void start() {
        CompletableFuture<Void> brokerUp = up(broker);
        CompletableFuture<Void> registryUp = up(registry);
        CompletableFuture<?>[] rest = new CompletableFuture<?>[replicas.size() + 1];
        rest[0] = brokerUp.thenCompose(ready -> up(worker));
        for (int i = 0; i < replicas.size(); i++) {
            Replica replica = replicas.get(i);
            rest[i + 1] = brokerUp.thenCombine(registryUp, (b, r) -> r).thenCompose(ready -> up(replica));
        }
        try {
            CompletableFuture.anyOf(CompletableFuture.allOf(rest), failure).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof StandaloneException known ? known : e;
        }
        new LocalCluster(replicas.getFirst().url(), worker.url()).register(Map.of());
        progress.line("cluster local", "registered with the worker " + worker.url());
    }

    /** Completes with the first part that ends although nobody asked it to. */
    CompletableFuture<ChildProcess> firstDeath() {
        CompletableFuture<ChildProcess> first = new CompletableFuture<>();
        started.forEach(part -> part.child().onExit().thenAccept(first::complete));
        return first;
    }

    String bootstrapServers() {
        return broker.bootstrapServers();
    }

    /** Where clients of Kafka Connect's API are to go. */
    String url() {
        return replicas.getFirst().url();
    }

    /** Whether somebody asked for the end. */
    boolean closed() {
        synchronized (started) {
            return closed;
        }
    }

    /** Stops Signalbox before the worker it works on, and the broker last; safe to call while {@link #start} runs. */
    @Override
    public void close() {
        List<Part> parts;
        synchronized (started) {
            closed = true;
            parts = List.copyOf(started);
        }
        stop(parts.stream().filter(Replica.class::isInstance).toList());
        stop(parts.stream().filter(part -> part == worker || part == registry).toList());
        stop(parts.stream().filter(part -> part == broker).toList());
    }

    private CompletableFuture<Void> up(Part part) {
        Executor thread =
                task -> Thread.ofVirtual().name("start-" + part.name()).start(task);
        return CompletableFuture.runAsync(() -> startAndAwait(part), thread).whenComplete((done, problem) -> {
            if (problem != null) {
                failure.completeExceptionally(problem instanceof CompletionException e ? e.getCause() : problem);
            }
        });
    }

    private void startAndAwait(Part part) {
        Instant begin = Instant.now();
        synchronized (started) {
            if (closed) {
                throw new StandaloneException("stopped while starting");
            }
            part.start();
            started.add(part);
        }
        progress.line(part.name(), "starting");
        try {
            part.awaitReady(READY_LIMIT);
        } catch (StandaloneException e) {
            if (!closed()) {
                progress.tail(part.child());
            }
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StandaloneException("interrupted while starting " + part.name(), e);
        }
        Duration took = Duration.between(begin, Instant.now());
        progress.line(part.name(), "ready after %-7s %s".formatted(Progress.seconds(took), part.address()));
    }

    private void stop(List<Part> parts) {
        parts.stream()
                .map(part -> Thread.ofVirtual().start(() -> stop(part)))
                .toList()
                .forEach(Standalone::join);
    }

    private void stop(Part part) {
        Instant begin = Instant.now();
        try {
            part.stop();
            progress.line(part.name(), "stopped after " + Progress.seconds(Duration.between(begin, Instant.now())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
