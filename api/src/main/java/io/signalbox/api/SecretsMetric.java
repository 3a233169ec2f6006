package io.signalbox.api;

import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * How many secrets are sealed with which key, of the connectors and pipelines that this replica looks after; counted when somebody
 * asks.
 */
final class SecretsMetric implements Collector {

    private static final String NAME = "signalbox_secrets_values";

    private final List<Supplier<Map<String, Long>>> counts;

    /** @param counts by the keys' ids */
    SecretsMetric(List<Supplier<Map<String, Long>>> counts) {
        this.counts = List.copyOf(counts);
    }

    @Override
    public MetricSnapshot collect() {
        var gauge = GaugeSnapshot.builder()
                .name(NAME)
                .help(
                        "Secrets of the connectors and pipelines that this replica looks after, by the id of the key that sealed them");
        Map<String, Long> sum = new TreeMap<>();
        counts.forEach(each -> each.get().forEach((id, count) -> sum.merge(id, count, Long::sum)));
        sum.forEach((id, count) -> gauge.dataPoint(GaugeDataPointSnapshot.builder()
                .labels(Labels.of("key", id))
                .value(count)
                .build()));
        return gauge.build();
    }
}
