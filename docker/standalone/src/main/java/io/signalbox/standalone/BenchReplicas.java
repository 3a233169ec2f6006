package io.signalbox.standalone;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A system of its own for a benchmark of replicas: a broker, a registry, and as many replicas as are added. No worker. */
public final class BenchReplicas implements AutoCloseable {

    private final Dist dist = Dist.locate();
    private final Path home;
    private final Broker broker;
    private final Registry registry;
    private final List<Replica> replicas = new ArrayList<>();
    private final int heapMegabytes;

    private BenchReplicas(Path home, int heapMegabytes) {
        this.home = home;
        this.heapMegabytes = heapMegabytes;
        Ports ports = Ports.free();
        broker = new Broker(dist, home, ports.broker(), ports.controller(), Map.of());
        registry = new Registry(dist, home, ports.registry());
    }

    /** With as much memory as {@code up} gives them. */
    public static BenchReplicas start() throws IOException, InterruptedException {
        return start(Replica.HEAP_MEGABYTES);
    }

    /**
     * Returns once one replica is ready, and the cluster {@link BenchSystem#AWAY} is registered.
     *
     * @param heapMegabytes of each replica
     */
    public static BenchReplicas start(int heapMegabytes) throws IOException, InterruptedException {
        var system = new BenchReplicas(BenchHome.fresh("bench-replicas"), heapMegabytes);
        Runtime.getRuntime().addShutdownHook(new Thread(system::close, "stop-bench"));
        System.out.println("Starting a broker, a registry and a replica");
        for (Part part : List.of(system.registry, system.broker, system.add())) {
            part.start();
            part.awaitReady(BenchSystem.START_LIMIT);
        }
        Http.put(
                system.url(0) + "/signalbox/v1" + BenchSystem.AWAY,
                "{\"workers\":[\"http://127.0.0.1:1\"],\"policies\":{\"poll_interval_ms\":60000}}");
        return system;
    }

    /** One more, not started; its disk is empty. */
    public synchronized Replica add() throws IOException {
        var replica = new Replica(
                dist,
                home,
                Ports.freePort(),
                heapMegabytes,
                Map.of(
                        "bootstrap.servers", broker.bootstrapServers(),
                        "schema.registry.url", registry.url(),
                        "internal.secret.file", InternalSecret.in(home).toString(),
                        // It is to be seen how many it can answer.
                        "http.requests.per.second", "0"));
        replicas.add(replica.keepingClasses());
        return replica;
    }

    /** @param index from 0, in the order in which they were added */
    public URI url(int index) {
        return URI.create(replicas.get(index).url());
    }

    public Replica replica(int index) {
        return replicas.get(index);
    }

    /** Where a replica keeps what it would have to restore otherwise. */
    public Path disk(int index) {
        return replicas.get(index).data();
    }

    /** A replica that does not run loses its disk. */
    public void wipe(int index) throws IOException {
        BenchHome.delete(disk(index));
    }

    public String bootstrapServers() {
        return broker.bootstrapServers();
    }

    public String registryUrl() {
        return registry.url();
    }

    /** Where the broker keeps all topics. */
    public Path log() {
        return broker.data();
    }

    @Override
    public synchronized void close() {
        replicas.reversed().forEach(Replica::close);
        broker.close();
        registry.close();
    }
}
