package io.signalbox.standalone.bench;

import io.signalbox.standalone.BenchSystem;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Create, put config, pause, delete: asked of the worker itself and of us, in turn. The worker is at rest before each. What we
 * are asked for is applied in the background, so that the next has to wait until the worker has it.
 */
final class Changes implements Section {

    private static final String CONNECTORS = "/connectors";
    private static final String DEFERRED = "?validate=deferred";
    private static final int ONE_BY_ONE = 60;

    /** A worker takes up to a second for each that is changed by hand. */
    private static final int CHANGED = 10;

    private static final int BURST = 64;
    private static final int CLEANERS = 8;
    private static final long EVERY_MS = 250;

    /** Of one client's creations that come at random: more than any fleet has, and the machine is not full of it. */
    private static final double PACE = 100;

    private static final double ALONE_SECONDS = 6;

    /** The crowd comes first: what it makes the compiler do late is no work of the single client's. */
    private static final int[] CLIENTS = {64, 8, 1};

    private final BenchSystem system;

    Changes(BenchSystem system) {
        this.system = system;
    }

    @Override
    public String name() {
        return "changes";
    }

    @Override
    public void run(Results results, Scale scale) throws IOException, InterruptedException {
        Map<Integer, Sample> echoes = away(scale, results);
        events(results, scale, echoes.get(1));
        try (var states = new WorkerStates(system.worker())) {
            oneByOne(results, scale, states, echoes.get(1));
            for (int clients : new int[] {8, 64}) {
                burst(results, scale, states, clients, echoes.get(clients));
            }
        }
    }

    private record Side(Sample create, Sample put, Sample pause, Sample delete) {}

    private void oneByOne(Results results, Scale scale, WorkerStates states, Sample echo)
            throws IOException, InterruptedException {
        int count = scale.count(ONE_BY_ONE);
        int changed = scale.count(CHANGED);
        Side worker = side(system.worker(), "by-hand-", count, changed, states);
        Side ours = side(system.signalbox(), "ours-", count, changed, states);
        Sample deferred = new Load(system.signalbox(), 1)
                .count(count, i -> Connectors.create(CONNECTORS + DEFERRED, "deferred-" + i));
        clean(system.signalbox(), "deferred-", count, states);
        row(results, "create-1-validated", "create, 1 client, validated", worker.create(), ours.create(), echo);
        row(results, "create-1-deferred", "create, 1 client, validation deferred", worker.create(), deferred, echo);
        row(results, "put-config", "put config, 1 client, validated", worker.put(), ours.put(), echo);
        row(results, "pause", "pause, 1 client", worker.pause(), ours.pause(), echo);
        row(results, "delete", "delete, 1 client", worker.delete(), ours.delete(), echo);
        results.curve("create", "Kafka Connect", worker.create());
        results.curve("create", "Signalbox, validated", ours.create());
        results.curve("create", "Signalbox, deferred", deferred);
        results.curve("create", "limit: bare log round trip", echo);
    }

    private static Side side(URI base, String prefix, int count, int changed, WorkerStates states)
            throws IOException, InterruptedException {
        var client = new Load(base, 1);
        Sample create = client.count(count, i -> Connectors.create(CONNECTORS, prefix + i));
        states.awaitSettled(prefix, count, "RUNNING", EVERY_MS);
        Sample put = client.count(changed, i -> Connectors.putConfig(prefix + i));
        states.awaitConfig(prefix, changed, "file", Connectors.OTHER_FILE, EVERY_MS);
        states.awaitSettled(prefix, count, "RUNNING", EVERY_MS);
        Sample pause = client.count(count, i -> Connectors.pause(prefix + i));
        states.awaitSettled(prefix, count, "PAUSED", EVERY_MS);
        Sample delete = client.count(count, i -> Connectors.delete(prefix + i));
        states.awaitSettled(prefix, 0, "RUNNING", EVERY_MS);
        return new Side(create, put, pause, delete);
    }

    /** By several clients at once, the worker there. */
    private void burst(Results results, Scale scale, WorkerStates states, int clients, Sample echo)
            throws IOException, InterruptedException {
        int count = Math.max(clients, scale.count(BURST));
        Sample worker = burst(system.worker(), "burst-" + clients + "-by-hand-", clients, count, states);
        Sample ours = burst(system.signalbox(), "burst-" + clients + "-ours-", clients, count, states);
        row(
                results,
                "create-" + clients + "-validated",
                "create, " + clients + " clients, validated",
                worker,
                ours,
                echo);
    }

    private static Sample burst(URI base, String prefix, int clients, int count, WorkerStates states)
            throws IOException, InterruptedException {
        Sample sample = new Load(base, clients).count(count, i -> Connectors.create(CONNECTORS, prefix + i));
        clean(base, prefix, count, states);
        return sample;
    }

    private static void clean(URI base, String prefix, int count, WorkerStates states)
            throws IOException, InterruptedException {
        states.awaitSettled(prefix, count, "RUNNING", EVERY_MS);
        new Load(base, CLEANERS).count(count, i -> Connectors.delete(prefix + i));
        states.awaitSettled(prefix, 0, "RUNNING", EVERY_MS);
    }

    /**
     * Before the worker has anything to do: the log and we are asked in turn.
     *
     * @return the log's own, by the number of clients
     */
    private Map<Integer, Sample> away(Scale scale, Results results) throws IOException, InterruptedException {
        Map<Integer, Sample> echoes = new HashMap<>();
        var rows = new ArrayDeque<Row>();
        var names = new AtomicInteger();
        try (var echo = new Echo(system.bootstrapServers())) {
            echo.run(CLEANERS, scale.seconds(2));
            for (int clients : CLIENTS) {
                var load = new Load(system.signalbox(), clients);
                Request.Maker creations =
                        i -> Connectors.create(Fleet.LIST + DEFERRED, "away-" + names.getAndIncrement());
                List<Rounds.Run> sides =
                        List.of(seconds -> echo.run(clients, seconds), seconds -> load.during(seconds, creations));
                List<Sample> both =
                        clients == 1 ? alone(scale, load, creations, sides) : new Rounds(scale).inTurn(sides);
                echoes.put(clients, both.get(0));
                String who = clients == 1 ? "1 client" : clients + " clients";
                var row = new Row(
                        name(),
                        "create-" + clients + "-away",
                        "create, " + who + ", validation deferred, worker away",
                        clients == 1 ? Metric.P50 : Metric.PER_SECOND,
                        Figures.NONE,
                        Figures.of(both.get(1)),
                        Figures.of(both.get(0)));
                if (clients == 1) {
                    row = paced(row, scale, echo, load, creations);
                    results.curve("create", "Signalbox, deferred, worker away", both.get(1));
                }
                rows.addFirst(row);
            }
        }
        rows.forEach(results::add);
        return echoes;
    }

    /** What is judged is a median, and the way of one client alone is not what the crowd's was, which the compiler knows. */
    private static List<Sample> alone(Scale scale, Load load, Request.Maker creations, List<Rounds.Run> sides)
            throws IOException, InterruptedException {
        load.during(scale.seconds(ALONE_SECONDS), creations);
        return Rounds.many(scale).byMedian(sides);
    }

    private static Row paced(Row row, Scale scale, Echo echo, Load load, Request.Maker creations)
            throws IOException, InterruptedException {
        List<Sample> both = new Rounds(scale)
                .pacedInTurn(
                        List.of(seconds -> echo.paced(PACE, seconds), seconds -> load.paced(PACE, seconds, creations)));
        return row.paced(
                PACE,
                row.worker(),
                row.ours().withPaced(both.get(1)),
                row.limit().withPaced(both.get(0)));
    }

    private void events(Results results, Scale scale, Sample echo) throws IOException, InterruptedException {
        EventDelays.run(system, "event-warm-", scale.count(100));
        Sample events = EventDelays.run(system, "event-", scale.count(200));
        results.add(new Row(
                name(),
                "event",
                "a change until its event is with a consumer of committed events",
                Metric.P50,
                Figures.NONE,
                Figures.times(events),
                Figures.times(echo)));
    }

    private void row(Results results, String id, String work, Sample worker, Sample ours, Sample limit) {
        results.add(new Row(name(), id, work, Metric.P50, Figures.of(worker), Figures.of(ours), Figures.of(limit)));
    }
}
