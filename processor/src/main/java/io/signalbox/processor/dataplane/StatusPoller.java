package io.signalbox.processor.dataplane;

import io.signalbox.processor.dataplane.feed.Feeds;
import io.signalbox.processor.domain.Config;
import io.signalbox.processor.domain.ConnectorStatus;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at one cluster at its interval, one look after the other; finds changes of status, and what was changed behind us. */
final class StatusPoller implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(StatusPoller.class);

    private static final int SHARE = 20;
    private static final Duration SOON = Duration.ofMillis(250);

    private final ClusterLane lane;
    private final Timing timing;
    private final Finder finder;
    private final ClusterFeed feed;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean woken;
    private boolean stopped;
    private int failures;
    private volatile long compared;
    private volatile long share;
    private volatile boolean compareNow = true;
    private volatile boolean compareSoon;
    private volatile long nextLook;

    StatusPoller(ClusterLane lane, Engine engine, Finder finder, Feeds feeds, Ownership ownership) {
        this.lane = lane;
        this.finder = finder;
        timing = engine.timing();
        feed = new ClusterFeed(lane, engine, feeds, ownership, this);
    }

    ClusterFeed feed() {
        return feed;
    }

    @Override
    public void run() {
        try {
            Duration rest;
            do {
                rest = next();
            } while (pause(rest));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            feed.rest();
        }
    }

    /** Looks at everything at once: the cluster, or what is registered of it, is new. */
    void renew() {
        compareNow = true;
        feed.renew();
        wake();
    }

    /** Looks at everything as soon as that is not too dear: somebody wrote something on the cluster. */
    void compareSoon() {
        lock.lock();
        try {
            compareSoon = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Looks at once. */
    void wake() {
        lock.lock();
        try {
            woken = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** When it looks again, by the reconciler's clock; in the past while it looks. */
    long nextLook() {
        return nextLook;
    }

    void stop() {
        lock.lock();
        try {
            stopped = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** @return how long to pause after this look */
    private Duration next() {
        var registered = lane.registered();
        boolean idle = lane.works().isEmpty() && finder.idle();
        if (idle || registered.isEmpty()) {
            compareSoon = false;
            feed.rest();
            return timing.away().last();
        }
        try {
            feed.follow();
            look(registered.get());
            failures = 0;
            return feed.pace(Duration.ofMillis(
                    Math.max(10, registered.get().spec().policies().pollIntervalMs())));
        } catch (DriverException e) {
            if (!Thread.currentThread().isInterrupted()) {
                lane.availability().failed(e);
            }
            return timing.backoff(timing.away(), ++failures);
        } catch (RuntimeException e) {
            LOG.warn("poll cluster={} result=failed", lane.cluster(), e);
            return timing.backoff(timing.away(), ++failures);
        }
    }

    private void look(DriverRegistry.Entry registered) {
        long began = timing.now();
        var statuses = registered.driver().statuses();
        if (lane.availability().answered()) {
            lane.resume();
        }
        feed.seen(statuses, began);
        tell(statuses, began);
        if (compareNow || began - compared >= untilNextCompare()) {
            compareNow = false;
            compareSoon = false;
            compareAll(registered, statuses, began);
        }
    }

    private long untilNextCompare() {
        return Math.max(share, (compareSoon ? SOON : timing.resync()).toNanos());
    }

    /** All configs are dear where there are many: they may take a twentieth of the time. */
    private void compareAll(DriverRegistry.Entry registered, Map<String, ConnectorStatus> statuses, long began) {
        compared = timing.now();
        var configs = registered.driver().configs();
        share = SHARE * (timing.now() - compared);
        compare(statuses, configs, began);
        finder.look(registered.spec().policies().unmanaged(), configs, statuses);
    }

    /** A report that cannot be handed over is told again by the next look; the others must not wait for it. */
    private void tell(Map<String, ConnectorStatus> statuses, long began) {
        int untold = 0;
        RuntimeException why = null;
        for (var work : lane.works().entrySet()) {
            try {
                String connector = work.getKey().connector();
                work.getValue().seen(feed.latest(connector, statuses.get(connector), began), began);
            } catch (RuntimeException e) {
                untold++;
                why = e;
            }
        }
        if (untold > 0) {
            LOG.warn("poll cluster={} result=unreported connectors={}", lane.cluster(), untold, why);
        }
    }

    private void compare(Map<String, ConnectorStatus> statuses, Map<String, Config> configs, long began) {
        lane.works().forEach((key, work) -> {
            var config = configs.get(key.connector());
            // What is not listed is for the statuses: whoever misses one looks whether it is really gone.
            if (config != null) {
                work.compare(new Observed(config, statuses.get(key.connector())), began);
            }
        });
    }

    /** @return whether to go on */
    private boolean pause(Duration time) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            nextLook = timing.now() + time.toNanos();
            for (long left = left(); left > 0 && !woken && !stopped; left = left()) {
                changed.awaitNanos(left);
            }
            woken = false;
            return !stopped;
        } finally {
            lock.unlock();
        }
    }

    private long left() {
        long now = timing.now();
        long left = nextLook - now;
        return compareSoon && failures == 0 ? Math.min(left, compared + untilNextCompare() - now) : left;
    }
}
