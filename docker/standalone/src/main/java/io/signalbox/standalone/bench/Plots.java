package io.signalbox.standalone.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The pictures that can be drawn of a run: of a section that was left out there is none. */
final class Plots {

    private final Results results;
    private final List<Plot> plots = new ArrayList<>();

    private Plots(Results results) {
        this.results = results;
    }

    static List<Plot> of(Results results) {
        var plots = new Plots(results);
        plots.curves("changes", "create", "Create, one client");
        plots.curves("running", "running", "One connector, from the request until it runs");
        plots.curves("failures", "failures", "From a task's failure on until it is known");
        plots.rates();
        plots.sizes(
                "sizes",
                "Reads by the number of connectors",
                "ms (p50)",
                Metric.P50,
                Map.of("get-", "get, 8 clients", "page-", "page of 100", "list-", "list of all names"));
        plots.sizes(
                "starts",
                "Start of a replica that is alone",
                "s",
                Metric.SECONDS,
                Map.of("start-own-", "from its own disk", "start-empty-", "from an empty disk"));
        plots.sizes(
                "footprint",
                "A replica's memory and disk",
                "MB",
                Metric.MEGABYTES,
                Map.of("memory-", "memory (RSS)", "disk-", "disk", "log-", "all topics"));
        return List.copyOf(plots.plots);
    }

    private void curves(String section, String name, String title) {
        Map<String, List<Point>> lines = results.curves().get(name);
        if (lines == null) {
            return;
        }
        List<String> percentiles = lines.values().iterator().next().stream()
                .map(point -> Text.format(point.x() % 1 == 0 ? "%.0f" : "%.1f", point.x()))
                .toList();
        var chart = new LineChart(title, "percentile", percentiles, "ms");
        lines.forEach(
                (line, points) -> chart.line(line, points.stream().map(Point::y).toList()));
        plots.add(new Plot(section, name, title, chart.svg()));
    }

    private void rates() {
        String title = "Reads of 500 connectors, 8 clients";
        var chart = new BarChart(title, "requests a second", List.of("Kafka Connect", "Signalbox", "empty handler"));
        for (String id : List.of("get", "status", "list", "expanded", "get-unchanged", "expanded-unchanged")) {
            results.row(id + "-500")
                    .ifPresent(row -> chart.group(
                            SharedReads.words(id.replace("-unchanged", ""))
                                    + (id.endsWith("unchanged") ? " (304)" : ""),
                            Arrays.asList(rate(row.worker()), rate(row.ours()), rate(row.limit()))));
        }
        if (!chart.empty()) {
            plots.add(new Plot("reads", "reads", title, chart.svg()));
        }
    }

    private static Double rate(Figures figures) {
        return figures.has(Metric.PER_SECOND) ? (Double) figures.get(Metric.PER_SECOND) : null;
    }

    private void sizes(String name, String title, String unit, Metric metric, Map<String, String> lines) {
        List<String> steps = Arrays.stream(Sizes.SIZES)
                .mapToObj(size -> Text.format("%,d", size))
                .toList();
        var chart = new LineChart(title, "connectors", steps, unit);
        lines.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(line -> {
            List<Double> values = Arrays.stream(Sizes.SIZES)
                    .mapToObj(size -> results.row(line.getKey() + size))
                    .flatMap(Optional::stream)
                    .filter(row -> row.ours().has(metric))
                    .map(row -> row.ours().get(metric))
                    .toList();
            if (values.size() == steps.size()) {
                chart.line(line.getValue(), values);
            }
        });
        if (!chart.empty()) {
            plots.add(new Plot("sizes", name, title, chart.svg()));
        }
    }
}
