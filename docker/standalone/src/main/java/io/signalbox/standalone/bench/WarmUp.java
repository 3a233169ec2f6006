package io.signalbox.standalone.bench;

import io.signalbox.standalone.BenchSystem;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;

/** A JVM needs thousands of requests until it runs what it can; two processors compile slowly. */
final class WarmUp {

    private static final int CLIENTS = 8;
    private static final int CROWD = 64;
    private static final int CONNECTORS = 2_000;

    /** The crowd asks for so long at a time, */
    private static final double SLICE_SECONDS = 6;

    /** until the replica's compiler was at work for less than this part of it, */
    private static final double COMPILER_AT_REST = 0.15;

    /** or so often. */
    private static final int MOST_SLICES = 9;

    /** Of what the crowd asks for, one in so many is a connector that is new. */
    private static final int NEW = 4;

    private static final int BY_HAND = 24;

    /** A worker's own creations take a third as long after eighty as in the beginning, and ours with its validation a fifth; */
    private static final int ROUNDS = 3;

    /** the others come together, which makes the reconciler and the worker do what one after another does not. */
    private static final int MANY = 64;

    private static final double SECONDS = 6;
    private static final long EVERY_MS = 250;

    private WarmUp() {}

    static void run(BenchSystem system, Scale scale) throws IOException, InterruptedException {
        double seconds = scale.seconds(SECONDS);
        int connectors = scale.count(CONNECTORS);
        new Load(system.worker(), CLIENTS).during(seconds, i -> Connectors.validate());
        var ours = new Load(system.signalbox(), CLIENTS);
        ours.during(seconds, i -> Connectors.validate());
        ours.count(connectors, i -> Connectors.create(Fleet.LIST + "?validate=deferred", "warm-" + i));
        crowd(system, scale, connectors);
        new Load(system.empty(), CLIENTS).during(seconds, i -> new Request("GET", "/", "", 200));
        // The worker's own way of a create, and ours with its answer to it.
        int few = scale.count(BY_HAND);
        try (var states = new WorkerStates(system.worker())) {
            for (int round = 0; round < ROUNDS; round++) {
                comeAndGo(system.worker(), 1, "warm-by-hand-" + round + "-", few, states);
                comeAndGo(system.signalbox(), 1, "warm-ours-" + round + "-", few, states);
            }
            int many = scale.count(MANY);
            comeAndGo(system.worker(), CLIENTS, "warm-many-by-hand-", many, states);
            comeAndGo(system.signalbox(), CLIENTS, "warm-many-ours-", many, states);
        }
    }

    private static void crowd(BenchSystem system, Scale scale, int connectors)
            throws IOException, InterruptedException {
        var asked = new AtomicInteger();
        crowd(system, scale, MOST_SLICES, "all kinds of changes", any -> request(asked.getAndIncrement(), connectors));
        // Of these alone the compiler knows only a quarter, and they are measured next.
        crowd(system, scale, MOST_SLICES / 3, "creations", any -> created(asked.getAndIncrement()));
    }

    private static void crowd(BenchSystem system, Scale scale, int most, String what, Request.Maker maker)
            throws IOException, InterruptedException {
        var crowd = new Load(system.signalbox(), CROWD);
        double seconds = scale.seconds(SLICE_SECONDS);
        double part = 1;
        int slice = 0;
        for (; slice < scale.count(most) && part > COMPILER_AT_REST; slice++) {
            double before = compiled(system);
            crowd.during(seconds, maker);
            part = (compiled(system) - before) / seconds;
        }
        System.out.println(Text.format(
                "  %d clients with %s for %.0f s; in the last of them the replica's compiler was at work for %.0f %% of the time",
                CROWD, what, slice * seconds, 100 * part));
    }

    private static Request request(int number, int connectors) {
        return number % NEW == 0 ? created(number) : change("warm-" + number % connectors, number);
    }

    private static Request created(int number) {
        return Connectors.create(Fleet.LIST + "?validate=deferred", "crowd-" + number);
    }

    /** How long the replica's compiler has been at work so far, on a processor or waiting for one, in seconds. */
    private static double compiled(BenchSystem system) throws IOException, InterruptedException {
        return system.metric("jvm_compilation_time_ms_total") / 1e3;
    }

    private static void comeAndGo(URI base, int clients, String prefix, int count, WorkerStates states)
            throws IOException, InterruptedException {
        var load = new Load(base, clients);
        load.count(count, i -> Connectors.create("/connectors", prefix + i));
        states.awaitSettled(prefix, count, "RUNNING", EVERY_MS);
        load.count(count, i -> Connectors.delete(prefix + i));
        states.awaitSettled(prefix, 0, "RUNNING", EVERY_MS);
    }

    /** Always another config, of the cluster that is away. */
    private static Request change(String name, int number) {
        return new Request(
                "PUT",
                Fleet.LIST + "/" + name + "/config?validate=deferred",
                Connectors.CONFIG.replace("bench.txt", "bench-" + number + ".txt"),
                200);
    }
}
