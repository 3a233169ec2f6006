package io.signalbox.processor.dataplane;

import io.signalbox.processor.domain.ConnectorKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands on what a {@link ClusterFeed} tells to the connectors that it is about: gathered for a moment, because one change is several
 * records, and again while a connector's own work is under way. Safe for use by many threads.
 */
final class FeedNews {

    private static final Logger LOG = LoggerFactory.getLogger(FeedNews.class);
    private static final long GATHER_MS = 20;
    private static final long AGAIN_MS = 100;

    /** What cannot be told by then, the looks tell. */
    private static final Duration LONGEST = Duration.ofSeconds(15);

    private final ClusterLane lane;
    private final Engine engine;
    private final Ownership ownership;
    private final ClusterFeed feed;
    private final StatusPoller poller;
    private final ReentrantLock lock = new ReentrantLock();
    /** And since when. */
    private final Map<ConnectorKey, Long> changed = new HashMap<>();

    private final Set<ConnectorKey> written = new HashSet<>();
    private boolean due;

    FeedNews(ClusterLane lane, Engine engine, Ownership ownership, ClusterFeed feed, StatusPoller poller) {
        this.lane = lane;
        this.engine = engine;
        this.ownership = ownership;
        this.feed = feed;
        this.poller = poller;
    }

    void changed(Set<String> connectors) {
        long now = engine.timing().now();
        add(connectors, key -> {
            work(key).ifPresent(ConnectorWork::nudge);
            changed.put(key, now);
        });
    }

    void written(Set<String> connectors) {
        add(connectors, written::add);
    }

    private void add(Set<String> connectors, Consumer<ConnectorKey> to) {
        if (!feed.believed()) {
            return;
        }
        lock.lock();
        try {
            connectors.forEach(connector -> key(connector).ifPresent(to));
            flushAfter(GATHER_MS);
        } finally {
            lock.unlock();
        }
    }

    /** Under the lock. */
    private void flushAfter(long ms) {
        if (!due && !engine.timers().isShutdown()) {
            due = true;
            engine.timers().schedule(() -> engine.threads().execute(this::flush), ms, TimeUnit.MILLISECONDS);
        }
    }

    private void flush() {
        Map<ConnectorKey, Long> toTell;
        Set<ConnectorKey> toCompare;
        lock.lock();
        try {
            due = false;
            toTell = new HashMap<>(changed);
            changed.clear();
            toCompare = Set.copyOf(written);
            written.clear();
        } finally {
            lock.unlock();
        }
        long oldest = engine.timing().now() - LONGEST.toNanos();
        toTell.entrySet().removeIf(each -> told(each.getKey()) || each.getValue() - oldest < 0);
        toCompare.forEach(key -> work(key).ifPresentOrElse(ConnectorWork::written, () -> stranger(key)));
        again(toTell);
    }

    private void again(Map<ConnectorKey, Long> untold) {
        lock.lock();
        try {
            untold.forEach(changed::putIfAbsent);
            if (!changed.isEmpty()) {
                flushAfter(AGAIN_MS);
            }
        } finally {
            lock.unlock();
        }
    }

    /** @return false when it is to be told again */
    private boolean told(ConnectorKey key) {
        var status = feed.status(key.connector());
        var work = work(key);
        if (status.isEmpty()) {
            return true;
        }
        if (work.isEmpty()) {
            stranger(key);
            return true;
        }
        try {
            return work.get().told(status.get());
        } catch (RuntimeException e) {
            LOG.warn("feed connector={} result=unreported", key, e);
            return false;
        }
    }

    /** One that is not known here, and not another replica's to find. */
    private void stranger(ConnectorKey key) {
        if (ownership.includes(key)) {
            poller.compareSoon();
        }
    }

    private Optional<ConnectorWork> work(ConnectorKey key) {
        return Optional.ofNullable(lane.works().get(key));
    }

    /** @return empty for a name that cannot be one here */
    private Optional<ConnectorKey> key(String connector) {
        try {
            return Optional.of(lane.cluster().connector(connector));
        } catch (IllegalArgumentException e) {
            LOG.debug("feed cluster={} result=skipped reason=name", lane.cluster());
            return Optional.empty();
        }
    }
}
