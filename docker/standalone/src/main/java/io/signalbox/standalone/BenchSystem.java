package io.signalbox.standalone;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A system of its own for a benchmark: free ports, no data, and gone afterwards. */
public final class BenchSystem implements AutoCloseable {

    /** Base path of a cluster whose worker is not there. */
    public static final String AWAY = "/environments/default/clusters/away";

    /** Where the worker keeps what it knows of its tasks. */
    public static final String STATUS_TOPIC = "connect-local-status";

    /** Enough for a hundred thousand connectors. */
    public static final int HEAP_MEGABYTES = 640;

    /** Five programs on a machine that may have other things to do. */
    static final Duration START_LIMIT = Duration.ofMinutes(15);

    private final Path home;
    private final List<Part> parts;
    private final Registry registry;
    private final Broker broker;
    private final Worker worker;
    private final Replica replica;
    private final EmptyServer empty;

    private BenchSystem(Path home) throws IOException {
        this.home = home;
        Dist dist = Dist.locate();
        Ports ports = Ports.free();
        broker = new Broker(dist, home, ports.broker(), ports.controller(), Map.of());
        registry = new Registry(dist, home, ports.registry());
        worker = new Worker("worker", dist, home, broker.bootstrapServers(), ports.worker(), Map.of());
        replica = new Replica(
                dist,
                home,
                ports.signalbox(),
                HEAP_MEGABYTES,
                Map.of(
                        "bootstrap.servers", broker.bootstrapServers(),
                        "schema.registry.url", registry.url(),
                        "internal.secret.file", InternalSecret.in(home).toString(),
                        "feed.topics", Replica.FEED,
                        // It is to be seen how many it can answer.
                        "http.requests.per.second", "0"));
        empty = new EmptyServer(dist, home, Ports.freePort(), "x".repeat(390));
        parts = List.of(registry, broker, worker, replica, empty);
    }

    /**
     * Returns once everything is ready and the worker is registered as {@code local}. What is created on the worker itself,
     * to compare with, stays its own.
     *
     * @param config of a connector like those that will be created where the worker is away, as JSON
     */
    public static BenchSystem start(String config) throws IOException, InterruptedException {
        Path home = BenchHome.fresh("bench");
        var system = new BenchSystem(home);
        Runtime.getRuntime().addShutdownHook(new Thread(system::close, "stop-bench"));
        System.out.println("Starting a broker, a registry, a worker, a replica and an empty HTTP server");
        // The worker and the replica need those before them.
        start(List.of(system.registry, system.broker));
        start(List.of(system.worker, system.replica, system.empty));
        new LocalCluster(system.replica.url(), system.worker.url(), null).register(Map.of("unmanaged", "report"));
        new AwayCluster(system.replica.url(), AWAY, system.worker.url()).register(config);
        return system;
    }

    private static void start(List<Part> parts) throws InterruptedException {
        parts.forEach(Part::start);
        for (Part part : parts) {
            part.awaitReady(START_LIMIT);
        }
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

    /** One of the replica's metrics that has no labels but those of all. */
    public double metric(String name) throws IOException, InterruptedException {
        return Http.get(replica.url() + "/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .findFirst()
                .orElseThrow(() -> new IOException("The replica has no metric " + name));
    }

    /** The entity tag of a resource. */
    public String tag(URI resource) throws IOException, InterruptedException {
        return Http.get(resource.toString())
                .headers()
                .firstValue("ETag")
                .orElseThrow(() -> new IOException("No ETag on " + resource));
    }

    /** For files of connectors; gone with the next benchmark. */
    public Path scratch() {
        return home;
    }

    @Override
    public void close() {
        for (int i = parts.size() - 1; i >= 0; i--) {
            parts.get(i).close();
        }
    }
}
