package io.signalbox.processor.dataplane;

import static io.signalbox.processor.dataplane.States.cluster;

import io.signalbox.processor.dataplane.DriverException.Kind;
import io.signalbox.processor.dataplane.connect.AllowedWorkers;
import io.signalbox.processor.dataplane.connect.ConnectDrivers;
import io.signalbox.processor.dataplane.connect.Limits;
import io.signalbox.processor.dataplane.connect.WorkerTls;
import io.signalbox.processor.dataplane.feed.Feeds;
import io.signalbox.processor.domain.ClusterKey;
import io.signalbox.processor.domain.ClusterSpec;
import io.signalbox.processor.domain.ClusterState;
import io.signalbox.processor.domain.Command.Observation;
import io.signalbox.processor.domain.Command.ReportDrift;
import io.signalbox.processor.domain.Command.ReportStatus;
import io.signalbox.processor.domain.ConnectorKey;
import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.secrets.References;
import io.signalbox.processor.secrets.Sealer;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/** A reconciler with an impatient clock, its topics in memory, and a log of what it reports. */
final class ReconcilerBench implements AutoCloseable {

    private static final Duration LONG = Duration.ofSeconds(40);
    private static final int RESYNC_MS = 200;
    /** Between two connectors whose secrets are sealed anew. */
    static final Duration RESEAL = Duration.ofMillis(50);

    /** How long a change of offsets is asked for again. */
    static final Duration OPERATION = Duration.ofSeconds(2);

    private final List<ClusterState> registered = new ArrayList<>();
    private final List<Observation> reports = new CopyOnWriteArrayList<>();
    private final AtomicInteger unreachable = new AtomicInteger();
    private final AtomicInteger failing = new AtomicInteger();
    private final Kafka.Topic<ConnectorState> connectors = Kafka.connectors(1);
    private final ConnectDrivers drivers = new ConnectDrivers(
            new Limits(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(10), 1 << 20),
            WorkerTls.DEFAULT,
            AllowedWorkers.ANY);
    private final Sealer sealer;
    private final FakeStoredSecrets stored = new FakeStoredSecrets();
    private References references;
    private Feeds feeds = Feeds.NONE;
    private int echoed;
    private volatile Error broken;
    private Kafka.Topic<ClusterState> clusters;
    private ClusterDirectory directory;
    private Reconciler reconciler;

    ReconcilerBench() {
        this(States.SEALER);
    }

    ReconcilerBench(Sealer sealer) {
        this.sealer = sealer;
        references = References.to(stored, sealer);
    }

    FakeStoredSecrets stored() {
        return stored;
    }

    /** To be called before the start: what refers to stored secrets is the workers' to resolve. */
    void resolveNothing() {
        references = References.NONE;
    }

    /** To be called before the start. */
    void feed(Feeds from) {
        feeds = from;
    }

    void register(ClusterKey cluster, String url, ClusterSpec.Policies policies) {
        registered.add(cluster(cluster, List.of(url), policies));
    }

    void register(ClusterKey cluster, String url) {
        registered.add(cluster(cluster, List.of(url)));
    }

    /** @param known in the topic from the beginning */
    void start(ConnectorState... known) {
        clusters = Kafka.clusters(registered);
        directory = new ClusterDirectory(clusters, Kafka.CLUSTERS);
        directory.start();
        await(() -> directory.list().size() == registered.size());
        var registry = new DriverRegistry(directory, spec -> counting(drivers.open(spec)));
        reconciler = new Reconciler(
                connectors,
                Kafka.CONNECTORS,
                directory,
                registry,
                this::take,
                timing(),
                sealer,
                stored,
                references,
                feeds);
        connectors.schedulePollTask(() -> {
            connectors.rebalance(List.of(connectors.partition(0)));
            List.of(known).forEach(state -> connectors.append(0, state.key().toString(), state));
        });
        reconciler.start();
    }

    void assign() {
        connectors.schedulePollTask(() -> connectors.rebalance(List.of(connectors.partition(0))));
    }

    void revoke() {
        connectors.schedulePollTask(() -> connectors.rebalance(List.of()));
    }

    /** Changes what is registered, or registers it. */
    void policies(ClusterKey cluster, String url, ClusterSpec.Policies policies) {
        clusters.schedulePollTask(
                () -> clusters.append(0, cluster.toString(), cluster(cluster, List.of(url), policies)));
    }

    void registerLater(ClusterKey cluster, String url) {
        clusters.schedulePollTask(() -> clusters.append(0, cluster.toString(), cluster(cluster, List.of(url))));
    }

    void desire(ConnectorState state) {
        connectors.schedulePollTask(() -> connectors.append(0, state.key().toString(), state));
    }

    /** Waits for one more drift to be reported, and lets the log know it, as what it returns. */
    ConnectorState echoDrift(ConnectorState of) {
        await(() -> drifts().size() > echoed);
        echoed = drifts().size();
        var drifted = States.drifted(of, drifts().getLast().difference());
        desire(drifted);
        return drifted;
    }

    List<ReportDrift> drifts() {
        return reports.stream()
                .filter(ReportDrift.class::isInstance)
                .map(ReportDrift.class::cast)
                .toList();
    }

    void forget(ConnectorKey key) {
        connectors.schedulePollTask(() -> connectors.append(0, key.toString(), null));
    }

    /** Each report ends like that. */
    void breakReports(Error with) {
        broken = with;
    }

    void failNextReports(int count) {
        failing.set(count);
    }

    Optional<Outlook> outlook(ConnectorKey key) {
        return reconciler.outlook(key);
    }

    int connectors() {
        return reconciler.connectors();
    }

    Map<ClusterKey, Boolean> feeds() {
        return reconciler.feeds();
    }

    Map<String, Long> secrets() {
        return reconciler.secrets();
    }

    List<Observation> reports() {
        return reports;
    }

    long count(Observation report) {
        return reports.stream().filter(report::equals).count();
    }

    void awaitReport(Observation report) {
        await(() -> reports.contains(report));
    }

    void awaitGeneration(long generation) {
        await(() -> reports.stream()
                .anyMatch(report -> report instanceof ReportStatus seen
                        && seen.generation() != null
                        && seen.generation() == generation));
    }

    void await(Callable<Boolean> condition) {
        Awaitility.await().atMost(LONG).pollInterval(Duration.ofMillis(10)).until(condition);
    }

    @Override
    public void close() {
        reconciler.close();
        directory.close();
        drivers.close();
    }

    /** How many calls found nobody. */
    int unreachable() {
        return unreachable.get();
    }

    private Driver counting(Driver driver) {
        return (Driver) Proxy.newProxyInstance(
                Driver.class.getClassLoader(), new Class<?>[] {Driver.class}, (proxy, method, args) -> {
                    try {
                        return method.invoke(driver, args);
                    } catch (InvocationTargetException e) {
                        if (e.getCause() instanceof DriverException failure && failure.kind() == Kind.UNREACHABLE) {
                            unreachable.incrementAndGet();
                        }
                        throw e.getCause();
                    }
                });
    }

    private void take(ConnectorKey key, Observation report) {
        if (broken != null) {
            throw broken;
        }
        if (failing.getAndDecrement() > 0) {
            throw new IllegalStateException("the log is away");
        }
        reports.add(report);
    }

    private static Timing timing() {
        return new Timing(
                System::nanoTime,
                Math::random,
                Timing.Range.ofMillis(20, 200),
                Timing.Range.ofMillis(2_000, 60_000),
                Timing.Range.ofMillis(50, 200),
                Duration.ofMillis(500),
                Duration.ofMillis(RESYNC_MS),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Duration.ofSeconds(1),
                Duration.ofSeconds(30),
                Duration.ofSeconds(5),
                Duration.ofMillis(20),
                Duration.ofMillis(200),
                OPERATION,
                RESEAL);
    }
}
