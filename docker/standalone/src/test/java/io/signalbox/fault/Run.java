package io.signalbox.fault;

import io.signalbox.fault.Operation.Kind;
import io.signalbox.fault.Operation.Result;
import io.signalbox.it.RealParts;
import io.signalbox.standalone.Replica;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/**
 * Connectors of its own under load, with readers beside, while faults happen to the fleet; in the end its history with both
 * checks' report on it.
 */
final class Run implements AutoCloseable {

    /** One cluster whose worker never answers, and one with a worker. */
    static final String AWAY = "away";

    static final String LIVE = "live";

    /** In operations a second. More than the machine manages would show no more, and take from the tests beside it. */
    private static final int RATE = Integer.getInteger("fault.load", 30);

    /** A few of all: each change makes a real worker restart something. */
    private static final int LIVE_ONE_IN = 40;

    /**
     * With less of a load a fault shows nothing. In commands a second; what a slow machine manages in a build is enough there, and
     * what was managed is in the tally.
     */
    private static final int LEAST_RATE = Integer.getInteger("fault.rate", 8);

    private static final int WINDOWS = 15;

    /** What flows undisturbed, reads aside. */
    private static final int FLOW = LEAST_RATE + LEAST_RATE / 5;

    private static final int WARM_SECONDS = 3;
    private static final Duration WARM = Duration.ofSeconds(150);
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Fleet fleet;
    private final LifecycleLog log;
    private final Load load;
    private final Readers readers;
    private final Random random;
    private final Outages writes = new Outages();
    private final List<Double> rates = new ArrayList<>();

    /** Does nothing yet; see {@link #begin}. */
    Run(RealParts parts, Fleet fleet, String prefix, String name, int connectors, long seed) throws IOException {
        this.fleet = fleet;
        log = new LifecycleLog(parts, prefix);
        random = new Random(seed);
        Path file = parts.directory("fault").resolve(name + ".jsonl");
        Map<String, String> live = Map.of(
                "connector.class",
                "FileStreamSource",
                "tasks.max",
                "1",
                "file",
                parts.directory("fault").resolve("nothing").toString(),
                "topic",
                "fault-nothing");
        var wire = new Wire(Map.of(AWAY, Map.of("connector.class", "Any"), LIVE, live));
        List<String> keys = IntStream.range(0, connectors)
                .mapToObj(i -> "default/" + (i % LIVE_ONE_IN == 0 ? LIVE : AWAY) + "/" + name + "-" + i)
                .toList();
        load = new Load(name, fleet.doors(), wire, keys, file, seed);
        readers = new Readers(fleet.doors(), keys, seed);
    }

    /**
     * Creates the connectors, and is under load from then on. Processes that have just started are slow for a while: returns when the
     * load has flowed for some seconds.
     */
    void begin() throws InterruptedException, ExecutionException {
        load.begin(RATE);
        readers.begin();
        var answered = load.count().acknowledged;
        var last = new AtomicLong(answered.sum());
        var good = new AtomicInteger();
        Awaitility.await().pollInterval(Duration.ofSeconds(1)).atMost(WARM).until(() -> {
            long now = answered.sum();
            return (now - last.getAndSet(now) < FLOW ? reset(good) : good.incrementAndGet()) == WARM_SECONDS;
        });
    }

    private static int reset(AtomicInteger number) {
        number.set(0);
        return 0;
    }

    /** What happens to the system. */
    @FunctionalInterface
    interface Fault {
        void strike() throws IOException, InterruptedException;
    }

    /**
     * Lets the load run for a while, so that there is something to break.
     *
     * @throws AssertionError when it does not flow again after the last fault: one without load shows nothing
     */
    void window(Duration length) throws InterruptedException {
        double rate = 0;
        for (int i = 0; i < WINDOWS && rate < LEAST_RATE; i++) {
            long before = load.count().acknowledged.sum();
            long began = System.nanoTime();
            Thread.sleep(length);
            rate = (load.count().acknowledged.sum() - before) * 1e9 / (System.nanoTime() - began);
        }
        if (rate < LEAST_RATE) {
            throw new AssertionError("Void: only " + Math.round(rate) + " commands a second were answered");
        }
        rates.add(rate);
    }

    /**
     * Something happens to a replica; a writer waits for each of its partitions until it is answered there.
     *
     * @return when it began to happen, by {@link System#nanoTime()}
     */
    long strike(Replica victim, Fault fault) throws Exception {
        return strike(fleet.partitionsOf(victim), fault);
    }

    long strike(Collection<Integer> partitions, Fault fault) throws Exception {
        Map<Integer, String> keys = load.keyOfEachPartition();
        long at = System.nanoTime();
        fault.strike();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Operation>> asked = new ArrayList<>();
            for (int partition : partitions) {
                if (keys.containsKey(partition)) {
                    asked.add(threads.submit(() -> update(load.extra(), keys.get(partition), load.newId("probe"))));
                }
            }
            for (Future<Operation> each : asked) {
                writes.add(at, each.get().completedAt());
            }
        }
        return at;
    }

    /** Changes it, and waits for the answer. */
    Operation update(Caller caller, String key, String id) throws IOException, InterruptedException {
        Operation done = caller.untilTold(caller.asked(key, id, Kind.UPDATE, null, id, null, null), LIMIT);
        if (done.result() != Result.OK) {
            throw new AssertionError("No answer after " + LIMIT + ": " + done);
        }
        return done;
    }

    /** Strong reads of everything, from this replica only. */
    void readStrongly(Replica from) throws IOException, InterruptedException {
        Caller caller = load.extra(any -> List.of(from.url()));
        for (String key : load.keys()) {
            caller.once(caller.asked(key, null, Kind.STRONG_READ, null, null, null, null));
        }
    }

    Load load() {
        return load;
    }

    Readers readers() {
        return readers;
    }

    String anyKey() {
        return load.keys().get(random.nextInt(load.keys().size()));
    }

    /** One that has something to lose: who has just come back may only keep copies. */
    Replica anyOwner() throws InterruptedException {
        List<Replica> owners = new ArrayList<>();
        for (Replica each : fleet.replicas()) {
            if (!fleet.partitionsOf(each).isEmpty()) {
                owners.add(each);
            }
        }
        return owners.get(random.nextInt(owners.size()));
    }

    Outages writes() {
        return writes;
    }

    /** Ends the load, writes the history, and has it checked. */
    Report finish() throws Exception {
        load.stop();
        readers.stop();
        fleet.awaitWhole();
        Set<String> last = new HashSet<>();
        for (String key : load.keyOfEachPartition().values()) {
            String id = load.newId("last");
            update(load.extra(), key, id);
            last.add(id);
        }
        load.write(log.of(new HashSet<>(load.keys()), last));
        load.close();
        return Report.on(History.read(load.file()), Report.BOUND);
    }

    double leastRate() {
        return rates.stream().mapToDouble(Double::doubleValue).min().orElse(0);
    }

    @Override
    public void close() throws IOException {
        readers.close();
        load.close();
    }
}
