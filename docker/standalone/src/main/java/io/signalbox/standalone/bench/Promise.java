package io.signalbox.standalone.bench;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.DoubleStream;

/**
 * What is promised of the speed of Signalbox, and what becomes of it in a run. The bounds are those of the project, and not
 * taken from measurements.
 *
 * @param words the promise, with its bound
 * @param unit of the measured number, as it follows it
 * @param most whether the number may be the bound at most; false: at least
 * @param number from the results; empty where its rows were not measured
 */
record Promise(String words, String unit, boolean most, double bound, Function<Results, Optional<Double>> number) {

    static final List<Promise> ALL = List.of(
            atMost(
                    "create deferred, one client, requests at random, p50: at most 2 × the bare log round trip",
                    " ×",
                    2,
                    ofLimit("create-1-away", Metric.PACED_P50)),
            atMost(
                    "create deferred, one client without a pause, p50: at most 2 × the bare log round trip",
                    " ×",
                    2,
                    ofLimit("create-1-away", Metric.P50)),
            atLeast("create deferred, 64 clients: at least 1,000 a second", "/s", 1_000, rate("create-64-away")),
            atMost(
                    "create validated, p50: at most 1/8 of the worker's own",
                    " of it",
                    1.0 / 8,
                    ofWorker("create-1-validated")),
            atMost("get, 8 clients, p99: at most 5 ms", " ms", 5, ours("get-500", Metric.P99)),
            atLeast(
                    "get, 8 clients: at least 80 % of the empty handler's rate",
                    " of it", 0.8, ofLimit("get-500", Metric.PER_SECOND)),
            atLeast("status, 8 clients: at least 1.5 × the worker's rate", " ×", 1.5, ofWorker("status-500")),
            atLeast(
                    "list of 500 with status and info: at least 40 × the worker's rate",
                    " ×",
                    40,
                    ofWorker("expanded-500")),
            atMost("page of 100 of 100,000, p99: at most 30 ms", " ms", 30, ours("page-100000", Metric.P99)),
            atMost(
                    "cost of a page: the same at every size (p50, largest to smallest at most 1.5)",
                    " ×",
                    1.5,
                    Promise::spread),
            atMost(
                    "failure on the worker to the lifecycle event, p50: at most 200 ms",
                    " ms",
                    200,
                    ours("failure-event", Metric.P50)),
            atMost("one connector until it runs: not slower than by hand", " of by hand", 1, ofWorker("running-1")),
            atMost("a hundred until they run: not slower than by hand", " of by hand", 1, ofWorker("running-100")),
            atMost("100,000 connectors: RSS at most 1 GB", " MB", 1_024, ours("memory-100000", Metric.MEGABYTES)),
            atMost(
                    "100,000 connectors: ready from an empty disk in 60 s",
                    " s",
                    60,
                    ours("start-empty-100000", Metric.READY_SECONDS)),
            atMost(
                    "100,000 connectors: ready from its own disk in 10 s",
                    " s",
                    10,
                    ours("start-own-100000", Metric.READY_SECONDS)),
            atMost(
                    "at rest with 1,000 connectors: at most 3 % of a core",
                    " %", 3, ours("cpu-rest", Metric.CPU_PERCENT)));

    /**
     * What became of a promise.
     *
     * @param measured null where it was not
     */
    record Verdict(Promise promise, Double measured) {

        boolean held() {
            return measured != null && (promise.most ? measured <= promise.bound : measured >= promise.bound);
        }

        String measuredText() {
            return measured == null ? "" : Metric.number(measured) + promise.unit;
        }

        String heldText() {
            return measured == null ? "not measured" : held() ? "yes" : "**no**";
        }
    }

    Verdict of(Results results) {
        return new Verdict(this, number.apply(results).orElse(null));
    }

    private static Promise atMost(String words, String unit, double bound, Function<Results, Optional<Double>> number) {
        return new Promise(words, unit, true, bound, number);
    }

    private static Promise atLeast(
            String words, String unit, double bound, Function<Results, Optional<Double>> number) {
        return new Promise(words, unit, false, bound, number);
    }

    private static Function<Results, Optional<Double>> rate(String row) {
        return ours(row, Metric.PER_SECOND);
    }

    private static Function<Results, Optional<Double>> ours(String row, Metric metric) {
        return results ->
                results.row(row).map(Row::ours).filter(ours -> ours.has(metric)).map(ours -> ours.get(metric));
    }

    /** Our number as a part of the worker's. */
    private static Function<Results, Optional<Double>> ofWorker(String row) {
        return results -> results.row(row)
                .filter(each -> each.toWorker().isPresent())
                .map(each -> each.ours().get(each.headline()) / each.worker().get(each.headline()));
    }

    /** Our number as a part of the limit's. */
    private static Function<Results, Optional<Double>> ofLimit(String row, Metric metric) {
        return results -> results.row(row)
                .filter(each -> each.ours().has(metric) && each.limit().has(metric))
                .map(each -> each.ours().get(metric) / each.limit().get(metric));
    }

    /** Of a page's time, over all sizes. */
    private static Optional<Double> spread(Results results) {
        double[] times = java.util.Arrays.stream(Sizes.SIZES)
                .mapToObj(size -> results.row("page-" + size))
                .flatMap(Optional::stream)
                .mapToDouble(row -> row.ours().get(Metric.P50))
                .toArray();
        return times.length < Sizes.SIZES.length
                ? Optional.empty()
                : Optional.of(DoubleStream.of(times).max().orElseThrow()
                        / DoubleStream.of(times).min().orElseThrow());
    }
}
