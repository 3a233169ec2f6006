package io.signalbox.standalone.bench;

import io.signalbox.standalone.BenchSystem;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * What a replica takes while nobody asks it for anything: with the connectors of the reads, which run, and as many that are
 * stopped as there are to be in all, because two processors have their hands full with a thousand tasks.
 */
final class Rest implements Section {

    private static final int CONNECTORS = 1_000;
    private static final int BUILDERS = 8;
    private static final String PREFIX = "rest-";
    private static final long EVERY_MS = 500;

    /** After a load the JVM compiles for most of a minute, which is no rest. */
    private static final double SETTLE_SECONDS = 20;

    /** The compiler comes to what is large and seldom minutes later, for half a second: the middle one knows nothing of it. */
    private static final int WINDOWS = 3;

    private static final double SECONDS = 13;

    private final BenchSystem system;

    Rest(BenchSystem system) {
        this.system = system;
    }

    @Override
    public String name() {
        return "rest";
    }

    @Override
    public void run(Results results, Scale scale) throws IOException, InterruptedException {
        int wanted = scale.count(CONNECTORS);
        int running;
        try (var states = new WorkerStates(system.worker())) {
            running = states.count();
            int missing = Math.max(0, wanted - running);
            new Load(system.signalbox(), BUILDERS).count(missing, i -> Connectors.createStopped(PREFIX + i));
            states.awaitSettled(PREFIX, missing, "STOPPED", EVERY_MS);
        }
        pause(scale.seconds(SETTLE_SECONDS));
        double[] percents = new double[WINDOWS];
        for (int i = 0; i < WINDOWS; i++) {
            percents[i] = percent(scale.seconds(SECONDS));
        }
        Arrays.sort(percents);
        double percent = percents[WINDOWS / 2];
        results.add(new Row(
                name(),
                "cpu-rest",
                "a replica at rest, %,d connectors on its worker, %,d of them running"
                        .formatted(Math.max(wanted, running), running),
                Metric.CPU_PERCENT,
                Figures.NONE,
                Figures.of(Metric.CPU_PERCENT, percent),
                Figures.NONE));
    }

    private double percent(double seconds) throws IOException, InterruptedException {
        Duration before = Footprint.cpu(system.replicaPid());
        long begin = System.nanoTime();
        pause(seconds);
        double nanos = Footprint.cpu(system.replicaPid()).minus(before).toNanos();
        return 100 * nanos / (System.nanoTime() - begin);
    }

    private static void pause(double seconds) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep((long) (seconds * 1e9));
    }
}
