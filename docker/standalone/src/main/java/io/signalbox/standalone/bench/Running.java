package io.signalbox.standalone.bench;

import io.signalbox.standalone.BenchSystem;
import java.io.IOException;
import java.net.URI;
import org.HdrHistogram.Histogram;

/**
 * From the begin of the request until the worker itself says that connector and task run: by hand and by us, in turn, the same
 * observer for both.
 */
final class Running implements Section {

    private static final String CONNECTORS = "/connectors";
    private static final int TIMES = 12;
    private static final int MANY = 100;
    private static final int ROUNDS = 2;
    private static final int CLIENTS = 8;
    private static final long OFTEN_MS = 5;
    private static final long LIST_MS = 25;

    private final BenchSystem system;

    Running(BenchSystem system) {
        this.system = system;
    }

    @Override
    public String name() {
        return "running";
    }

    @Override
    public void run(Results results, Scale scale) throws IOException, InterruptedException {
        try (var states = new WorkerStates(system.worker())) {
            one(results, scale, states);
            many(results, scale, states);
        }
    }

    private void one(Results results, Scale scale, WorkerStates states) throws IOException, InterruptedException {
        int times = scale.count(TIMES);
        one(system.worker(), "run-warm-by-hand-0", states, new Histogram(3));
        one(system.signalbox(), "run-warm-ours-0", states, new Histogram(3));
        var byHand = new Histogram(3);
        var ours = new Histogram(3);
        for (int i = 0; i < times; i++) {
            one(system.worker(), "run-by-hand-" + i, states, byHand);
            one(system.signalbox(), "run-ours-" + i, states, ours);
        }
        Sample worker = Sample.of(byHand, 0);
        Sample signalbox = Sample.of(ours, 0);
        results.add(new Row(
                name(),
                "running-1",
                "one connector, from the request until it is RUNNING on the worker",
                Metric.P50,
                Figures.times(worker),
                Figures.times(signalbox),
                Figures.NONE));
        results.curve("running", "by hand", worker);
        results.curve("running", "by Signalbox", signalbox);
        delete(system.worker(), "run-by-hand-", times, states);
        delete(system.signalbox(), "run-ours-", times, states);
        delete(system.worker(), "run-warm-by-hand-", 1, states);
        delete(system.signalbox(), "run-warm-ours-", 1, states);
    }

    private static void one(URI base, String name, WorkerStates states, Histogram histogram)
            throws IOException, InterruptedException {
        long begin = System.nanoTime();
        new Load(base, 1).count(1, i -> Connectors.create(CONNECTORS, name));
        states.awaitOne(name, "RUNNING", OFTEN_MS);
        histogram.recordValue((System.nanoTime() - begin) / 1_000);
    }

    private void many(Results results, Scale scale, WorkerStates states) throws IOException, InterruptedException {
        int count = scale.count(MANY);
        double byHand = 0;
        double ours = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byHand += many(system.worker(), "many-by-hand-" + round + "-", count, states) / ROUNDS;
            ours += many(system.signalbox(), "many-ours-" + round + "-", count, states) / ROUNDS;
        }
        results.add(new Row(
                name(),
                "running-100",
                count + " connectors by " + CLIENTS + " clients, until all are RUNNING on the worker, mean of "
                        + ROUNDS,
                Metric.SECONDS,
                Figures.of(Metric.SECONDS, byHand),
                Figures.of(Metric.SECONDS, ours),
                Figures.NONE));
    }

    /** @return seconds; they are deleted again */
    private static double many(URI base, String prefix, int count, WorkerStates states)
            throws IOException, InterruptedException {
        long begin = System.nanoTime();
        new Load(base, CLIENTS).count(count, i -> Connectors.create(CONNECTORS, prefix + i));
        states.awaitAll(prefix, count, "RUNNING", LIST_MS);
        double seconds = (System.nanoTime() - begin) / 1e9;
        delete(base, prefix, count, states);
        return seconds;
    }

    private static void delete(URI base, String prefix, int count, WorkerStates states)
            throws IOException, InterruptedException {
        new Load(base, CLIENTS).count(count, i -> Connectors.delete(prefix + i));
        states.awaitAll(prefix, 0, "RUNNING", LIST_MS);
    }
}
