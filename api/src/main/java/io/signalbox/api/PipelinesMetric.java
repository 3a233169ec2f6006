package io.signalbox.api;

import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** How many of the pipelines that this replica looks after do what; counted when somebody asks. */
final class PipelinesMetric implements Collector {

    private static final String NAME = "signalbox_pipelines";

    private final Supplier<Map<String, Long>> counts;

    /** @param counts by {@code STATE/STATUS} */
    PipelinesMetric(Supplier<Map<String, Long>> counts) {
        this.counts = counts;
    }

    @Override
    public MetricSnapshot collect() {
        var gauge = GaugeSnapshot.builder()
                .name(NAME)
                .help("Pipelines that this replica looks after, by their state and status");
        counts.get().forEach((name, count) -> {
            String[] parts = name.toLowerCase(Locale.ROOT).split("/", 2);
            gauge.dataPoint(GaugeDataPointSnapshot.builder()
                    .labels(Labels.of("state", parts[0], "status", parts[1]))
                    .value(count)
                    .build());
        });
        return gauge.build();
    }
}
