package io.signalbox.standalone.bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What one run measured, in the order in which it did; each row is printed as soon as it is known. */
final class Results {

    private final PrintStream out;
    private final List<Row> rows = new ArrayList<>();
    private final Map<String, Map<String, List<Point>>> curves = new LinkedHashMap<>();
    private final Map<String, Double> seconds = new LinkedHashMap<>();
    private final Map<String, String> failures = new LinkedHashMap<>();

    Results(PrintStream out) {
        this.out = out;
    }

    void add(Row row) {
        rows.add(row);
        out.println("  " + row.work());
        say("Kafka Connect", row.worker());
        say("Signalbox", row.ours());
        say("limit", row.limit());
    }

    private void say(String side, Figures figures) {
        if (!figures.values().isEmpty()) {
            out.println("      " + side + ": " + figures.text());
        }
    }

    /** Part of a distribution: percentiles, and milliseconds. */
    void curve(String plot, String line, Sample sample) {
        curves.computeIfAbsent(plot, any -> new LinkedHashMap<>()).put(line, sample.curve());
    }

    /** How long a section took, all in all. */
    void took(String section, double howLong) {
        seconds.put(section, howLong);
        out.println("  " + Metric.SECONDS.text(howLong) + " for " + section);
    }

    /** What came between; the rows before it stay. */
    void failed(String section, Exception problem) {
        failures.put(section, problem.toString());
        out.println("  " + section + " could not be measured: " + problem);
    }

    /** By section. */
    Map<String, String> failures() {
        return failures;
    }

    List<Row> rows() {
        return List.copyOf(rows);
    }

    Optional<Row> row(String id) {
        return rows.stream().filter(row -> row.id().equals(id)).findFirst();
    }

    /** Lines by their names, by the plot that they belong to. */
    Map<String, Map<String, List<Point>>> curves() {
        return curves;
    }

    Map<String, Double> seconds() {
        return seconds;
    }
}
