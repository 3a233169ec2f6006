package io.signalbox.standalone.bench;

import io.signalbox.standalone.BenchSystem;
import io.signalbox.standalone.Dist;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Measures the same requests against Signalbox, against the worker behind it and against what limits both, in one run, and
 * says which promises held. It measures and does not assert: a promise that does not hold is no failure of the program; a part
 * that cannot be measured is.
 */
@Command(name = "bench", description = "Measures Signalbox beside Kafka Connect's own REST API and beside the limits.")
public final class Bench implements Callable<Integer> {

    private static final List<String> WITH_WORKER = List.of("changes", "running", "failures", "reads", "rest");
    private static final String ALONE = "sizes";

    @Option(names = "--quick")
    private boolean quick;

    @Option(names = "--only", split = ",")
    private Set<String> only = new LinkedHashSet<>();

    @Option(names = "--page", required = true)
    private Path page;

    @Option(names = "--out")
    private Path out;

    private final Reads reads = new Reads();
    private final Results results = new Results(System.out);

    public static void main(String[] args) {
        System.exit(new CommandLine(new Bench()).execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!only.stream().allMatch(name -> WITH_WORKER.contains(name) || name.equals(ALONE))) {
            System.err.println("signalbox: unknown part in --only " + String.join(",", only) + "; there are "
                    + String.join(", ", WITH_WORKER) + ", " + ALONE);
            return 2;
        }
        long begin = System.nanoTime();
        var scale = new Scale(quick);
        if (WITH_WORKER.stream().anyMatch(this::wanted)) {
            withWorker(scale);
        }
        if (wanted(ALONE)) {
            run(new Sizes(), scale);
        }
        write(Machine.here(reads.tool()));
        System.out.println(Metric.SECONDS.text(seconds(begin)) + " for all");
        return results.failures().isEmpty() ? 0 : 1;
    }

    private boolean wanted(String section) {
        return only.isEmpty() || only.contains(section);
    }

    private void withWorker(Scale scale) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        try (var system = BenchSystem.start(Connectors.CONFIG)) {
            WarmUp.run(system, scale);
            System.out.println("  " + Metric.SECONDS.text(seconds(begin)) + " to start and to warm up");
            for (Section section : List.of(
                    new Changes(system),
                    new Running(system),
                    new Failures(system),
                    new SharedReads(system, reads),
                    new Rest(system))) {
                if (wanted(section.name())) {
                    run(section, scale);
                }
            }
        }
    }

    private void run(Section section, Scale scale) throws IOException, InterruptedException {
        System.out.println(section.name());
        long begin = System.nanoTime();
        try {
            section.run(results, scale);
        } catch (IOException e) {
            // The others are worth having.
            results.failed(section.name(), e);
        }
        results.took(section.name(), seconds(begin));
    }

    /** To the page itself only if all was measured, and in full. */
    private void write(Machine machine) throws IOException {
        boolean whole = !quick && only.isEmpty() && results.failures().isEmpty();
        Path directory = out != null
                ? out
                : whole
                        ? page.toAbsolutePath().getParent()
                        : Dist.locate().root().resolveSibling("performance");
        List<Plot> plots = Plots.of(results);
        var report = new Report(results, machine);
        Path pictures = Files.createDirectories(directory.resolve("performance"));
        Page.write(page, directory.resolve(page.getFileName()), report.page(plots));
        Files.writeString(pictures.resolve("results.json"), ResultsJson.of(results, machine, quick));
        for (Plot plot : plots) {
            Files.writeString(pictures.resolve(plot.name() + ".svg"), plot.svg());
        }
        System.out.println();
        System.out.println(report.promises());
        if (quick) {
            System.out.println("A tenth of everything, to see that it works: nothing here is a measurement.");
        }
        System.out.println("Written to " + directory.resolve(page.getFileName()) + " and " + pictures);
    }

    private static double seconds(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }
}
