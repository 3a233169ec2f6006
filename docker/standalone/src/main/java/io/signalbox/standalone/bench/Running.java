package io.signalbox.standalone.bench;

import io.signalbox.standalone.BenchSystem;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * From the begin of the request until the worker itself says that connector and task run: by hand and by us, in turn, the same
 * observer for both. It asks from the begin on, whether the request was answered or not: its questions take the worker's time, and
 * who is answered sooner is not to pay for more of them.
 */
final class Running implements Section {

    private static final String CONNECTORS = "/connectors";

    /** The worker checks it once, when we apply it, as it does by hand. */
    private static final String DEFERRED = CONNECTORS + "?validate=deferred";

    private static final int TIMES = 25;
    private static final int MANY = 100;
    private static final int ROUNDS = 3;
    private static final int CLIENTS = 8;
    private static final long OFTEN_MS = 5;
    private static final long LIST_MS = 100;
    private static final long QUIET_NANOS = 300_000_000;

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
        one(system.worker(), CONNECTORS, "run-warm-by-hand-0", states, new Histogram(3));
        one(system.signalbox(), CONNECTORS, "run-warm-ours-0", states, new Histogram(3));
        var byHand = new Histogram(3);
        var ours = new Histogram(3);
        var checked = new Histogram(3);
        for (int i = 0; i < times; i++) {
            one(system.worker(), CONNECTORS, "run-by-hand-" + i, states, byHand);
            one(system.signalbox(), DEFERRED, "run-ours-" + i, states, ours);
            one(system.signalbox(), CONNECTORS, "run-ours-checked-" + i, states, checked);
        }
        Sample worker = Sample.of(byHand, 0);
        Sample signalbox = Sample.of(ours, 0);
        results.add(new Row(
                name(),
                "running-1",
                "one connector, validation deferred, from the request until it is RUNNING on the worker",
                Metric.P50,
                Figures.times(worker),
                Figures.times(signalbox),
                Figures.NONE));
        results.add(new Row(
                name(),
                "running-1-validated",
                "one connector, validated first, from the request until it is RUNNING on the worker",
                Metric.P50,
                Figures.times(worker),
                Figures.times(Sample.of(checked, 0)),
                Figures.NONE));
        results.curve("running", "by hand", worker);
        results.curve("running", "by Signalbox", signalbox);
        delete(system.worker(), "run-by-hand-", times, states);
        delete(system.signalbox(), "run-ours-checked-", times, states);
        delete(system.signalbox(), "run-ours-", times, states);
        delete(system.worker(), "run-warm-by-hand-", 1, states);
        delete(system.signalbox(), "run-warm-ours-", 1, states);
    }

    private static void one(URI base, String path, String name, WorkerStates states, Histogram histogram)
            throws IOException, InterruptedException {
        // One that comes alone: what follows another closely is gathered.
        LockSupport.parkNanos(QUIET_NANOS);
        var client = new Load(base, 1);
        double seconds = observed(
                () -> states.awaitOne(name, "RUNNING", OFTEN_MS),
                () -> client.count(1, i -> Connectors.create(path, name)));
        histogram.recordValue((long) (seconds * 1e6));
    }

    @FunctionalInterface
    private interface Step {
        void run() throws IOException, InterruptedException;
    }

    /** @return seconds from the begin of what is asked for until the observer has seen it */
    private static double observed(Step observer, Step asking) throws IOException, InterruptedException {
        var seen = new FutureTask<>(() -> {
            observer.run();
            return System.nanoTime();
        });
        long begin = System.nanoTime();
        Thread.ofPlatform().daemon().name("observer").start(seen);
        asking.run();
        try {
            return (seen.get() - begin) / 1e9;
        } catch (ExecutionException e) {
            throw new IOException(e.getCause().getMessage(), e.getCause());
        }
    }

    /**
     * @param running until the last one ran, in seconds
     * @param gone until the worker was at rest again after all were deleted, in seconds
     */
    private record Crowd(double running, double gone) {

        static final Crowd NONE = new Crowd(0, 0);

        Crowd plus(Crowd other, int parts) {
            return new Crowd(running + other.running / parts, gone + other.gone / parts);
        }
    }

    private void many(Results results, Scale scale, WorkerStates states) throws IOException, InterruptedException {
        int count = scale.count(MANY);
        var byHand = Crowd.NONE;
        var ours = Crowd.NONE;
        double[] changed = new double[2];
        for (int round = 0; round < ROUNDS; round++) {
            String hand = "many-by-hand-" + round + "-";
            String our = "many-ours-" + round + "-";
            double running = run(system.worker(), CONNECTORS, hand, count, states);
            if (round == 0) {
                changed[0] = change(system.worker(), hand, count, states);
            }
            byHand = byHand.plus(new Crowd(running, gone(system.worker(), hand, count, states)), ROUNDS);
            running = run(system.signalbox(), DEFERRED, our, count, states);
            if (round == 0) {
                changed[1] = change(system.signalbox(), our, count, states);
            }
            ours = ours.plus(new Crowd(running, gone(system.signalbox(), our, count, states)), ROUNDS);
        }
        String who = count + " connectors by " + CLIENTS + " clients, until all are ";
        String mean = ", mean of " + ROUNDS;
        results.add(crowd("running-100", who + "RUNNING on the worker" + mean, byHand.running(), ours.running()));
        // Once: by hand it takes half of what all the others take together.
        results.add(crowd("changed-100", who + "RUNNING with another config", changed[0], changed[1]));
        results.add(crowd("gone-100", who + "deleted and the worker is at rest" + mean, byHand.gone(), ours.gone()));
    }

    private Row crowd(String id, String work, double byHand, double ours) {
        return new Row(
                name(),
                id,
                work,
                Metric.SECONDS,
                Figures.of(Metric.SECONDS, byHand),
                Figures.of(Metric.SECONDS, ours),
                Figures.NONE);
    }

    /** @return seconds until all run; the worker is at rest then */
    private static double run(URI base, String path, String prefix, int count, WorkerStates states)
            throws IOException, InterruptedException {
        var clients = new Load(base, CLIENTS);
        double seconds = observed(
                () -> states.awaitAll(prefix, count, "RUNNING", LIST_MS),
                () -> clients.count(count, i -> Connectors.create(path, prefix + i)));
        states.awaitSettled(prefix, count, "RUNNING", LIST_MS);
        return seconds;
    }

    /** @return seconds until all run with another config and the worker is at rest */
    private static double change(URI base, String prefix, int count, WorkerStates states)
            throws IOException, InterruptedException {
        long begin = System.nanoTime();
        new Load(base, CLIENTS).count(count, i -> Connectors.putConfig(prefix + i));
        states.awaitConfig(prefix, count, "file", Connectors.OTHER_FILE, LIST_MS);
        return (states.awaitSettled(prefix, count, "RUNNING", LIST_MS) - begin) / 1e9;
    }

    /** @return seconds until all are deleted and the worker is at rest */
    private static double gone(URI base, String prefix, int count, WorkerStates states)
            throws IOException, InterruptedException {
        long begin = System.nanoTime();
        return (delete(base, prefix, count, states) - begin) / 1e9;
    }

    /** @return since when the worker is at rest again */
    private static long delete(URI base, String prefix, int count, WorkerStates states)
            throws IOException, InterruptedException {
        new Load(base, CLIENTS).count(count, i -> Connectors.delete(prefix + i));
        return states.awaitSettled(prefix, 0, "RUNNING", LIST_MS);
    }
}
