package io.signalbox.standalone.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A run as JSON: every number with its unit in its name, null where nothing was measured. */
final class ResultsJson {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private ResultsJson() {}

    static String of(Results results, Machine machine, boolean quick) {
        ObjectNode root = JSON.createObjectNode();
        root.put("date", machine.date().toString());
        root.put("quick", quick);
        root.putObject("machine")
                .put("processors", machine.processors())
                .put("processor", machine.processor())
                .put("memory_megabytes", machine.memoryMegabytes())
                .put("system", machine.system())
                .put("java", machine.java())
                .put("load_generator", machine.tool());
        ObjectNode seconds = root.putObject("section_seconds");
        results.seconds().forEach(seconds::put);
        var promises = root.putArray("promises");
        for (Promise promise : Promise.ALL) {
            Promise.Verdict verdict = promise.of(results);
            ObjectNode one =
                    promises.addObject().put("promise", promise.words()).put("measured", verdict.measured());
            one.put("held", verdict.measured() == null ? null : (Boolean) verdict.held());
        }
        var rows = root.putArray("rows");
        results.rows().forEach(row -> row(rows.addObject(), row));
        ObjectNode curves = root.putObject("curves");
        results.curves().forEach((plot, lines) -> {
            ObjectNode all = curves.putObject(plot);
            lines.forEach((name, points) -> {
                ObjectNode line = all.putObject(name);
                points.forEach(point -> line.put(Double.toString(point.x()), point.y()));
            });
        });
        try {
            return JSON.writeValueAsString(root) + "\n";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void row(ObjectNode json, Row row) {
        json.put("section", row.section())
                .put("id", row.id())
                .put("work", row.work())
                .put("headline", row.headline().key());
        figures(json.putObject("kafka_connect"), row.worker());
        figures(json.putObject("signalbox"), row.ours());
        figures(json.putObject("limit"), row.limit());
        json.put(
                "times_better_than_kafka_connect",
                row.toWorker().isEmpty() ? null : (Double) row.toWorker().getAsDouble());
        json.put(
                "part_of_limit",
                row.toLimit().isEmpty() ? null : (Double) row.toLimit().getAsDouble());
    }

    private static void figures(ObjectNode json, Figures figures) {
        figures.values().forEach((metric, value) -> json.put(metric.key(), value));
    }
}
