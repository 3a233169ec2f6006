package io.signalbox.processor.dataplane;

import io.signalbox.processor.dataplane.DriverException.Kind;
import io.signalbox.processor.domain.ClusterKey;
import io.signalbox.processor.domain.ClusterSpec.OnDrift;
import io.signalbox.processor.domain.ConnectorKey;
import io.signalbox.processor.domain.ConnectorStatus;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * All work on one cluster: its connectors, and the bounds on how many calls are under way. A call holds a place only while
 * it is under way, so that a connector that is slow to settle holds up nobody; and a cluster that hangs fills its own lane
 * only. Changes and looks have places of their own: changes go many at once, because those that a worker finds waiting cost
 * its group one rebalance together, and looks go few at once, so that they do not keep it from its work.
 */
final class ClusterLane {

    /** How many calls that change nothing are under way at once. */
    private static final int LOOKS = 4;

    private record Places(int count, Semaphore free) {}

    private final ClusterKey cluster;
    private final DriverRegistry drivers;
    private final Secrets secrets;
    private final Availability availability;
    private final Gathering gathering;
    private final StatusLooks statuses;
    private final Semaphore looks = new Semaphore(LOOKS, true);
    /** Of their own: a worker that rebalances still tells statuses, while other looks wait for it in their places. */
    private final Semaphore statusLooks = new Semaphore(LOOKS, true);

    private final Map<ConnectorKey, ConnectorWork> works = new ConcurrentHashMap<>();
    private volatile Runnable alarm = () -> {};
    private volatile BiPredicate<String, Predicate<ConnectorStatus>> pushed = (connector, like) -> true;
    private volatile Places places = new Places(1, new Semaphore(1, true));

    ClusterLane(ClusterKey cluster, DriverRegistry drivers, Engine engine) {
        this.cluster = cluster;
        this.drivers = drivers;
        secrets = engine.secrets();
        availability = new Availability(cluster, engine.timing());
        gathering = new Gathering(engine.timing());
        statuses = new StatusLooks(new Statuses(), engine.timing());
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

    /** @param mayBe says of a connector, without asking the cluster, whether it can be like this */
    void pushed(BiPredicate<String, Predicate<ConnectorStatus>> mayBe) {
        pushed = mayBe;
    }

    /** Whether it is worth to look if the connector is like this; always, where the cluster pushes nothing. */
    boolean mayBe(String connector, Predicate<ConnectorStatus> like) {
        return pushed.test(connector, like);
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

    /**
     * To be called before a change that may make the worker group rebalance; returns when it may begin.
     *
     * @return those that begin together; empty when it came alone
     */
    Optional<Gathering.Wave> gather() throws InterruptedException {
        return gathering.join();
    }

    /** The status of one connector, by a look that others may share. */
    StatusLooks statuses() {
        return statuses;
    }

    /**
     * A look, which changes nothing.
     *
     * @throws DriverException as the driver's, or UNREACHABLE when the cluster is away or not registered
     */
    <T> T call(Function<Driver, T> work) {
        return call(entry(), looks, work);
    }

    /**
     * A change, of which there are as many at once as the cluster's policy says.
     *
     * @throws DriverException as the driver's, or UNREACHABLE when the cluster is away or not registered
     */
    <T> T change(Function<Driver, T> work) {
        var entry = entry();
        return call(entry, places(entry.spec().policies().maxConcurrency()), work);
    }

    private DriverRegistry.Entry entry() {
        return registered().orElseThrow(() -> gone("The cluster is not registered"));
    }

    private <T> T call(DriverRegistry.Entry entry, Semaphore free, Function<Driver, T> work) {
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

    private final class Statuses implements StatusLooks.Worker {
        @Override
        public Optional<ConnectorStatus> one(String connector) {
            return call(entry(), statusLooks, driver -> driver.status(connector));
        }

        @Override
        public Map<String, ConnectorStatus> all() {
            return call(entry(), statusLooks, Driver::statuses);
        }

        @Override
        public int connectors() {
            return works.size();
        }
    }

    private static DriverException gone(String message) {
        return new DriverException(Kind.UNREACHABLE, 0, null, message);
    }
}
