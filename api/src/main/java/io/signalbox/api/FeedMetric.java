package io.signalbox.api;

import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.signalbox.processor.domain.ClusterKey;
import java.util.Map;
import java.util.function.Supplier;

/** Whether the topics of each cluster are followed and believed; looked up when somebody asks. */
final class FeedMetric implements Collector {

    private static final String NAME = "signalbox_feed_up";

    private final Supplier<Map<ClusterKey, Boolean>> feeds;

    FeedMetric(Supplier<Map<ClusterKey, Boolean>> feeds) {
        this.feeds = feeds;
    }

    @Override
    public MetricSnapshot collect() {
        var gauge = GaugeSnapshot.builder()
                .name(NAME)
                .help("Whether what the cluster's own topics tell is believed (1), or it is only polled (0)");
        feeds.get()
                .forEach((cluster, up) -> gauge.dataPoint(GaugeDataPointSnapshot.builder()
                        .labels(Labels.of("environment", cluster.environment(), "cluster", cluster.cluster()))
                        .value(up ? 1 : 0)
                        .build()));
        return gauge.build();
    }
}
