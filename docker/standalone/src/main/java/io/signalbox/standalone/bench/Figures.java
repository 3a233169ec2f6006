package io.signalbox.standalone.bench;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/** What was measured of one side of one row, shown in the order of the metrics. */
record Figures(Map<Metric, Double> values) {

    /** Of what has no such side. */
    static final Figures NONE = new Figures(Map.of());

    Figures {
        var sorted = new EnumMap<Metric, Double>(Metric.class);
        sorted.putAll(values);
        values = Collections.unmodifiableMap(sorted);
    }

    static Figures of(Sample sample) {
        return new Figures(
                Map.of(Metric.PER_SECOND, sample.perSecond(), Metric.P50, sample.p50(), Metric.P99, sample.p99()));
    }

    static Figures of(Metric metric, double value) {
        return new Figures(Map.of(metric, value));
    }

    /** The times only, of what was not done as fast as could be. */
    static Figures times(Sample sample) {
        return new Figures(Map.of(Metric.P50, sample.p50(), Metric.P99, sample.p99()));
    }

    Figures with(Metric metric, double value) {
        var more = new EnumMap<Metric, Double>(Metric.class);
        more.putAll(values);
        more.put(metric, value);
        return new Figures(more);
    }

    /** With the times of what came at a fixed rate. */
    Figures withPaced(Sample paced) {
        return with(Metric.PACED_P50, paced.p50()).with(Metric.PACED_P99, paced.p99());
    }

    boolean has(Metric metric) {
        return values.containsKey(metric);
    }

    /** @throws IllegalArgumentException if it was not measured */
    double get(Metric metric) {
        if (!has(metric)) {
            throw new IllegalArgumentException("No " + metric.key());
        }
        return values.get(metric);
    }

    String text() {
        return values.entrySet().stream()
                .map(entry -> entry.getKey().text(entry.getValue()))
                .collect(Collectors.joining(", "));
    }
}
