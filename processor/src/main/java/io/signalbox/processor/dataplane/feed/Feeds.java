package io.signalbox.processor.dataplane.feed;

import io.signalbox.processor.domain.ClusterKey;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * Which topics tell of which cluster.
 *
 * @param sources of a cluster, tried one after another; none for one that is only polled
 * @param pollInterval of a cluster whose topics are followed, where its own is shorter
 */
public record Feeds(Function<ClusterKey, List<FeedSource>> sources, Duration pollInterval) {

    /** All clusters are only polled. */
    public static final Feeds NONE = new Feeds(cluster -> List.of(), Duration.ZERO);
}
