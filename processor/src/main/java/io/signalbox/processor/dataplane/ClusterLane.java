package io.signalbox.processor.dataplane;

import io.signalbox.processor.dataplane.DriverException.Kind;
import io.signalbox.processor.domain.ClusterKey;
import io.signalbox.processor.domain.ClusterSpec.OnDrift;
import io.signalbox.processor.domain.ConnectorKey;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/**
 * All work on one cluster: its connectors, and the bound on how many calls are under way. A call holds a place only while
 * it is under way, so that a connector that is slow to settle holds up nobody; and a cluster that hangs fills its own lane
 * only.
 */
final class ClusterLane {

    private record Places(int count, Semaphore free) {}

    private final ClusterKey cluster;
    private final DriverRegistry drivers;
    private final Secrets secrets;
    private final Availability availability;
    private final Gathering gathering;
    private final Map<ConnectorKey, ConnectorWork> works = new ConcurrentHashMap<>();
    private volatile Runnable alarm = () -> {};
    private volatile Places places = new Places(1, new Semaphore(1, true));

    ClusterLane(ClusterKey cluster, DriverRegistry drivers, Engine engine) {
        this.cluster = cluster;
        this.drivers = drivers;
        secrets = engine.secrets();
        availability = new Availability(cluster, engine.timing());
        gathering = new Gathering(engine.timing());
    }

    Map<ConnectorKey, ConnectorWork> works() {
        return works;
    }

    Availability availability() {
        return availability;
    }

    Secrets secrets() {
        return secrets;
    }

    ClusterKey cluster() {
        return cluster;
    }

    /** Called when a call finds that the cluster went away: somebody should look when it is back. */
    void alarm(Runnable look) {
        alarm = look;
    }

    Optional<DriverRegistry.Entry> registered() {
        return drivers.entry(cluster);
    }

    /** Whether changes behind our back are put back. */
    boolean heals() {
        return registered()
                .map(entry -> entry.spec().policies().drift() == OnDrift.HEAL)
                .orElse(false);
    }

    boolean usable() {
        return !availability.away() && registered().isPresent();
    }

    /** To be called before a change that may make the worker group rebalance; returns when it may begin. */
    void gather() throws InterruptedException {
        gathering.join();
    }

    /** @throws DriverException as the driver's, or UNREACHABLE when the cluster is away or not registered */
    <T> T call(Function<Driver, T> work) {
        var entry = registered().orElseThrow(() -> gone("The cluster is not registered"));
        var free = places(entry.spec().policies().maxConcurrency());
        acquire(free);
        try {
            if (availability.away()) {
                throw gone("The cluster is away");
            }
            return work.apply(entry.driver());
        } catch (DriverException e) {
            if (e.kind() == Kind.UNREACHABLE && availability.failed(e)) {
                alarm.run();
            }
            throw e;
        } finally {
            free.release();
        }
    }

    /** The cluster is back, or is registered anew. */
    void resume() {
        Collection<ConnectorWork> all = works.values();
        all.forEach(ConnectorWork::resume);
    }

    private Semaphore places(int wanted) {
        int count = Math.max(1, wanted);
        var now = places;
        if (now.count() != count) {
            now = new Places(count, new Semaphore(count, true));
            places = now;
        }
        return now.free();
    }

    private static void acquire(Semaphore free) {
        try {
            free.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DriverException(Kind.BROKEN, 0, null, "Interrupted while waiting for a place", e);
        }
    }

    private static DriverException gone(String message) {
        return new DriverException(Kind.UNREACHABLE, 0, null, message);
    }
}
