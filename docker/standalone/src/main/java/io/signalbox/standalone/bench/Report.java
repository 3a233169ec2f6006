package io.signalbox.standalone.bench;

import java.util.List;
import java.util.OptionalDouble;

/** A run as Markdown. */
final class Report {

    private static final String HEAD = """
            | work | Kafka Connect's own REST | Signalbox | limit | Signalbox to Connect | to the limit |
            |---|---|---|---|---|---|
            """;

    private final Results results;
    private final Machine machine;

    Report(Results results, Machine machine) {
        this.results = results;
        this.machine = machine;
    }

    /** Everything, with pictures from the directory {@code performance} beside the page. */
    String page(List<Plot> plots) {
        var text = new StringBuilder();
        text.append(machine.words()).append("\n\n");
        text.append("### Promises\n\n").append(promises()).append('\n');
        for (String section : results.seconds().keySet()) {
            text.append("### ").append(title(section)).append("\n\n").append(HEAD);
            results.rows().stream()
                    .filter(row -> row.section().equals(section))
                    .forEach(row -> text.append(line(row)).append('\n'));
            if (results.failures().containsKey(section)) {
                text.append("\nThe rest of this part could not be measured.\n");
            }
            plots.stream()
                    .filter(plot -> plot.section().equals(section))
                    .forEach(plot -> text.append("\n![%s](performance/%s.svg)\n".formatted(plot.title(), plot.name())));
            text.append('\n');
        }
        return text.toString();
    }

    String promises() {
        var text = new StringBuilder("| promise | measured | held |\n|---|---|---|\n");
        for (Promise promise : Promise.ALL) {
            Promise.Verdict verdict = promise.of(results);
            text.append("| %s | %s | %s |\n".formatted(promise.words(), verdict.measuredText(), verdict.heldText()));
        }
        return text.toString();
    }

    static String line(Row row) {
        return "| %s | %s | %s | %s | %s | %s |"
                .formatted(
                        row.work(),
                        row.worker().text(),
                        row.ours().text(),
                        row.limit().text(),
                        toWorker(row),
                        toLimit(row.toLimit()));
    }

    private static String toWorker(Row row) {
        return row.toWorker().isEmpty()
                ? ""
                : Metric.number(row.toWorker().getAsDouble())
                        + (row.headline().moreIsBetter() ? " × the rate" : " × as fast");
    }

    private static String toLimit(OptionalDouble part) {
        return part.isEmpty() ? "" : Text.format("%.0f %%", 100 * part.getAsDouble());
    }

    private static String title(String section) {
        return switch (section) {
            case "changes" -> "Changes";
            case "reads" -> "Reads beside a worker";
            case "running" -> "From intent to RUNNING";
            case "failures" -> "Failures";
            case "rest" -> "At rest";
            case "sizes" -> "Up to 100,000 connectors";
            default -> section;
        };
    }
}
