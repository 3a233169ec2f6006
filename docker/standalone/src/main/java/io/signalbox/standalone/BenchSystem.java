package io.signalbox.standalone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A system of its own for a benchmark: free ports, no data, and gone afterwards. */
public final class BenchSystem implements AutoCloseable {

    /** Base path of a cluster whose worker is not there. */
    public static final String AWAY = "/environments/default/clusters/away";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long SETTLE_SECONDS = 300;

    private final List<Part> parts;
    private final Broker broker;
    private final Worker worker;
    private final Replica replica;
    private final EmptyServer empty;

    private BenchSystem(Path home) throws IOException {
        Dist dist = Dist.locate();
        Ports ports = Ports.free();
        broker = new Broker(dist, home, ports.broker(), ports.controller(), Map.of());
        Registry registry = new Registry(dist, home, ports.registry());
        worker = new Worker("worker", dist, home, broker.bootstrapServers(), ports.worker(), Map.of());
        replica = new Replica(
                dist,
                home,
                ports.signalbox(),
                Map.of(
                        "bootstrap.servers", broker.bootstrapServers(),
                        "schema.registry.url", registry.url(),
                        "internal.secret.file", InternalSecret.in(home).toString(),
                        // It is to be seen how many it can answer.
                        "http.requests.per.second", "0"));
        empty = new EmptyServer(dist, home, Ports.freePort(), "x".repeat(390));
        parts = List.of(registry, broker, worker, replica, empty);
    }

    /**
     * Returns once everything is ready and the worker is registered as {@code local}. What is created on the worker itself,
     * to compare with, stays its own.
     */
    public static BenchSystem start() throws IOException, InterruptedException {
        Path home = BenchHome.fresh();
        var system = new BenchSystem(home);
        Runtime.getRuntime().addShutdownHook(new Thread(system::close, "stop-bench"));
        System.out.println("Starting a broker, a registry, a worker, a replica and an empty HTTP server");
        for (Part part : system.parts) {
            part.startAndAwait();
        }
        new LocalCluster(system.replica.url(), system.worker.url(), null).register(Map.of("unmanaged", "report"));
        Http.put(
                system.replica.url() + "/signalbox/v1" + AWAY,
                "{\"workers\":[\"http://127.0.0.1:1\"],\"policies\":{\"poll_interval_ms\":60000}}");
        return system;
    }

    public URI signalbox() {
        return URI.create(replica.url());
    }

    public String bootstrapServers() {
        return broker.bootstrapServers();
    }

    public URI worker() {
        return URI.create(worker.url());
    }

    public URI empty() {
        return URI.create(empty.address());
    }

    public long replicaPid() {
        return replica.child().pid();
    }

    /** How many connectors Signalbox has, in both clusters. */
    public int count() throws IOException, InterruptedException {
        return json("/connectors").size() + countAway();
    }

    public int countAway() throws IOException, InterruptedException {
        return json(AWAY + "/connectors").size();
    }

    /** The entity tag of a resource. */
    public String tag(URI resource) throws IOException, InterruptedException {
        return Http.get(resource.toString())
                .headers()
                .firstValue("ETag")
                .orElseThrow(() -> new IOException("No ETag on " + resource));
    }

    public int countOnWorker() throws IOException, InterruptedException {
        return JSON.readTree(Http.get(worker.url() + "/connectors").body()).size();
    }

    /** Returns when the worker has everything that it was asked to have, so that it is at rest. */
    public void awaitAllApplied() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SETTLE_SECONDS);
        while (!allApplied()) {
            if (System.nanoTime() > deadline) {
                throw new IOException("The worker did not settle within " + SETTLE_SECONDS + " s");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500));
        }
    }

    private boolean allApplied() throws IOException, InterruptedException {
        for (JsonNode connector : json("/connectors?expand=status&expand=info")) {
            if (!"RUNNING".equals(connector.at("/status/connector/state").asText())
                    || !"RUNNING".equals(connector.at("/status/tasks/0/state").asText())) {
                return false;
            }
        }
        return json("/connectors?expand=status").size() == json("/connectors").size();
    }

    private JsonNode json(String path) throws IOException, InterruptedException {
        return JSON.readTree(Http.get(replica.url() + path).body());
    }

    @Override
    public void close() {
        for (int i = parts.size() - 1; i >= 0; i--) {
            parts.get(i).close();
        }
    }
}
