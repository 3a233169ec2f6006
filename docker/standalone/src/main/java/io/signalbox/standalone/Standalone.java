package io.signalbox.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;

/** The whole system: parts started as early as what they need is there, stopped in the opposite order. */
public final class Standalone implements AutoCloseable {

    private static final Duration READY_LIMIT = Duration.ofSeconds(90);

    private final Path home;
    private final Progress progress;
    private final Broker broker;
    private final Registry registry;
    private final Worker worker;
    private final List<Replica> replicas;
    private final AdminKey key;
    private final List<Part> started = new ArrayList<>();
    private final CompletableFuture<Void> failure = new CompletableFuture<>();
    private boolean closed;

    Standalone(Dist dist, Path home, Ports ports, int replicas, Progress progress) throws IOException {
        this.home = home;
        this.progress = progress;
        broker = new Broker(dist, home, ports.broker(), ports.controller(), Map.of());
        registry = new Registry(dist, home, ports.registry());
        worker = new Worker("worker", dist, home, broker.bootstrapServers(), ports.worker(), Map.of());
        this.key = AdminKey.in(home);
        this.replicas = new ArrayList<>();
        for (int number = 1; number <= replicas; number++) {
            this.replicas.add(Replica.of(dist, home, ports, number));
        }
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
        new LocalCluster(replicas.getFirst().url(), worker.url(), key).register(Map.of());
        progress.line("cluster local", "registered with the worker " + worker.url());
    }

    /** Completes with the first part that ends although nobody asked it to. */
    CompletableFuture<ChildProcess> firstDeath() {
        CompletableFuture<ChildProcess> first = new CompletableFuture<>();
        started.forEach(part -> part.child().onExit().thenAccept(ended -> {
            if (!RunDirectory.leaving(home, part.name(), ended.pid())) {
                first.complete(ended);
            }
        }));
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

    /**
     * Stops Signalbox, with the replicas that were added meanwhile, before the worker it works on, and the broker last; safe
     * to call while {@link #start} runs.
     */
    @Override
    public void close() {
        List<Part> parts;
        synchronized (started) {
            closed = true;
            parts = List.copyOf(started);
        }
        List<Thread> added = added(parts).stream()
                .map(part -> inBackground(() -> stop(part)))
                .toList();
        stop(parts.stream().filter(Replica.class::isInstance).toList());
        added.forEach(Standalone::join);
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
        parts.stream().map(part -> inBackground(() -> stop(part))).toList().forEach(Standalone::join);
    }

    private static Thread inBackground(Runnable task) {
        return Thread.ofVirtual().start(task);
    }

    /** Replicas that run here and are not ours. */
    private List<RunningPart> added(List<Part> ours) {
        Set<Long> known = ours.stream().map(part -> part.child().pid()).collect(Collectors.toSet());
        try {
            return RunDirectory.running(home).stream()
                    .filter(part -> part.name().startsWith(Replica.PREFIX))
                    .filter(part -> !known.contains(part.process().pid()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void stop(RunningPart part) {
        stop(part.name(), () -> {
            part.stop(Part.STOP_LIMIT);
            RunDirectory.forget(home, part.name(), part.process().pid());
        });
    }

    private void stop(Part part) {
        if (RunDirectory.leaving(home, part.name(), part.child().pid())) {
            // Said by who removed it.
            part.close();
        } else {
            stop(part.name(), part::stop);
        }
    }

    private void stop(String name, Stopping how) {
        Instant begin = Instant.now();
        try {
            how.run();
            progress.line(name, "stopped after " + Progress.seconds(Duration.between(begin, Instant.now())));
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

    @FunctionalInterface
    private interface Stopping {
        void run() throws InterruptedException;
    }
}
