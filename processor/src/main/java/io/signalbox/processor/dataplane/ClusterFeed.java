package io.signalbox.processor.dataplane;

import io.signalbox.processor.dataplane.feed.Feed;
import io.signalbox.processor.dataplane.feed.Feeds;
import io.signalbox.processor.domain.ConnectorStatus;
import io.signalbox.processor.domain.ConnectorType;
import io.signalbox.processor.domain.TaskStatus;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * What one cluster's own topics tell as it happens, beside the looks of the {@link StatusPoller}, and whether it is believed: from the
 * first look that agrees with it on, until one does not. So a topic that is another cluster's can tell nothing. Each change of that is
 * one line in the log. It is followed and given up by the poller's thread; the rest is safe for use by many.
 */
final class ClusterFeed implements Feed.Listener {

    private static final Logger LOG = LoggerFactory.getLogger(ClusterFeed.class);

    /** A worker may read its own topics later than we do. */
    private static final Duration GRACE = Duration.ofSeconds(3);

    private static final int DISAGREEMENTS = 20;

    private final ClusterLane lane;
    private final Timing timing;
    private final Feeds feeds;
    private final FeedNews news;
    private final StatusPoller poller;
    private volatile Feed feed;
    private volatile boolean believed;
    private volatile boolean downSaid;
    private int disagreements;
    private Set<String> differing = Set.of();

    ClusterFeed(ClusterLane lane, Engine engine, Feeds feeds, Ownership ownership, StatusPoller poller) {
        this.lane = lane;
        this.feeds = feeds;
        this.poller = poller;
        timing = engine.timing();
        news = new FeedNews(lane, engine, ownership, this, poller);
    }

    /** There is somebody to tell. */
    void follow() {
        if (feed == null) {
            var sources = feeds.sources().apply(lane.cluster());
            if (!sources.isEmpty()) {
                feed = new Feed(lane.cluster().toString(), sources, timing.nanos(), this);
                feed.start();
            }
        }
    }

    /** There is nobody to tell, for now or for ever. */
    void rest() {
        var open = feed;
        if (open != null) {
            feed = null;
            believed = false;
            open.close();
        }
    }

    /** Whatever was known of the cluster no longer holds. */
    void renew() {
        believed = false;
    }

    boolean believed() {
        var open = feed;
        return believed && open != null && open.current();
    }

    /** @return empty when there is nothing to follow, or only what nobody said to be the cluster's and what was never believed */
    Optional<Boolean> up() {
        var open = feed;
        return open == null || !believed() && open.source().guessed() ? Optional.empty() : Optional.of(believed());
    }

    /** @param own how often the cluster is looked at without it */
    Duration pace(Duration own) {
        var open = feed;
        boolean seldom = believed() && open != null && open.followsConfig() && differing.isEmpty();
        return seldom && feeds.pollInterval().compareTo(own) > 0 ? feeds.pollInterval() : own;
    }

    /** Compares a look at the cluster, which began then, with what its topic says. */
    void seen(Map<String, ConnectorStatus> statuses, long began) {
        var open = feed;
        if (open == null || !open.current()) {
            return;
        }
        long then = began - GRACE.toNanos();
        Map<Boolean, Set<String>> agreeing = statuses.entrySet().stream()
                .filter(each -> !open.changedSince(each.getKey(), then))
                .collect(Collectors.partitioningBy(
                        each -> agree(open, each.getKey(), each.getValue()),
                        Collectors.mapping(Map.Entry::getKey, Collectors.toSet())));
        // Once may be a change that the worker read a moment before us.
        Set<String> before = differing;
        differing = agreeing.get(false);
        long twice = differing.stream().filter(before::contains).count();
        if (twice > 0) {
            disagree(open, twice);
        } else if (differing.isEmpty()
                && (!agreeing.get(true).isEmpty()
                        || statuses.isEmpty() && !open.source().guessed())) {
            believe(open);
        }
    }

    /** @return empty when its topic says nothing of the connector, or is not believed; of no known type */
    Optional<ConnectorStatus> status(String connector) {
        var open = feed;
        return believed() && open != null ? open.status(connector, ConnectorType.UNKNOWN) : Optional.empty();
    }

    /** Whether it is worth to look if the connector is like this: as far as its topic is believed, it has to say so. */
    boolean mayBe(String connector, Predicate<ConnectorStatus> like) {
        return !believed() || status(connector).filter(like).isPresent();
    }

    /**
     * What is to be made of a look that began then, which may show what was before.
     *
     * @param seen null when the look did not show it
     */
    ConnectorStatus latest(String connector, ConnectorStatus seen, long began) {
        var open = feed;
        boolean newer =
                seen != null && believed() && open != null && open.changedSince(connector, began - GRACE.toNanos());
        return newer ? open.status(connector, seen.type()).orElse(seen) : seen;
    }

    @Override
    public void began() {
        believed = false;
        poller.wake();
    }

    @Override
    public void changed(Set<String> connectors) {
        news.changed(connectors);
    }

    @Override
    public void written(Set<String> connectors) {
        news.written(connectors);
    }

    @Override
    public void ended(String reason) {
        var open = feed;
        boolean was = believed;
        believed = false;
        if (open == null) {
            return;
        }
        // Not to have what nobody said to be the cluster's is no failure.
        boolean said = was || !open.source().guessed() && !downSaid;
        downSaid |= said;
        LOG.atLevel(said ? Level.WARN : Level.DEBUG)
                .log(
                        "feed cluster={} state=down topic={} reason=\"{}\"",
                        lane.cluster(),
                        open.source().topics().status(),
                        reason);
    }

    private void believe(Feed open) {
        disagreements = 0;
        if (!believed) {
            believed = true;
            downSaid = false;
            LOG.info(
                    "feed cluster={} state=up topic={} config_topic={}",
                    lane.cluster(),
                    open.source().topics().status(),
                    open.followsConfig() ? open.source().topics().config() : "none");
        }
    }

    private void disagree(Feed open, long connectors) {
        if (believed) {
            believed = false;
            LOG.warn(
                    "feed cluster={} state=doubted topic={} connectors={} reason=\"the workers say something else\"",
                    lane.cluster(),
                    open.source().topics().status(),
                    connectors);
        }
        if (++disagreements >= DISAGREEMENTS) {
            disagreements = 0;
            open.giveUp("the workers say something else");
        }
    }

    private static boolean agree(Feed open, String connector, ConnectorStatus seen) {
        return open.status(connector, seen.type())
                .map(ClusterFeed::doing)
                .filter(doing(seen)::equals)
                .isPresent();
    }

    /** Who does what. What is said of versions and traces beside it is up to a worker's release. */
    private static ConnectorStatus doing(ConnectorStatus status) {
        var tasks = status.tasks().stream()
                .map(task -> new TaskStatus(task.id(), task.state(), task.workerId(), null, null))
                .toList();
        return new ConnectorStatus(status.state(), status.workerId(), null, null, status.type(), tasks);
    }
}
