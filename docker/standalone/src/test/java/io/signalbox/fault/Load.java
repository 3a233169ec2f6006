package io.signalbox.fault;

import io.signalbox.fault.Operation.Kind;
import io.signalbox.fault.Operation.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Clients that go on with mixed commands and reads at a rate together, each with one request at a time, until told to stop: an
 * answer that does not come holds its client, not the others. Everything is drawn from the seed but the order in which the
 * clients get their turns.
 */
final class Load implements AutoCloseable {

    static final int CLIENTS = 12;

    /** How long a client asks for the outcome of one command: longer than any takeover may take. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private final List<String> keys;
    private final Doors doors;
    private final Wire wire;
    private final Path file;
    private final HistoryWriter history;
    private final Known known = new Known();
    private final Caller.Count count = new Caller.Count();
    private final Semaphore turns = new Semaphore(0);
    private final ScheduledExecutorService pace = Executors.newSingleThreadScheduledExecutor();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Future<?>> clients = new ArrayList<>();
    private final long seed;
    private final String run;
    private final AtomicInteger extras = new AtomicInteger();
    private volatile boolean over;

    /**
     * @param run begins every id, so that none is ever used twice
     * @param keys connectors that have never been
     */
    Load(String run, Doors doors, Wire wire, List<String> keys, Path file, long seed) throws IOException {
        this.run = run;
        this.doors = doors;
        this.wire = wire;
        this.keys = keys;
        this.file = file;
        this.seed = seed;
        history = new HistoryWriter(file, System::nanoTime);
    }

    /** Creates all connectors, then begins. */
    void begin(int operationsPerSecond) throws InterruptedException, ExecutionException {
        var next = new AtomicInteger();
        List<Future<?>> creators = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            creators.add(threads.submit(() -> {
                Caller caller = extra();
                for (int n = next.getAndIncrement(); n < keys.size(); n = next.getAndIncrement()) {
                    String id = run + "-new-" + n;
                    caller.untilTold(caller.asked(keys.get(n), id, Kind.CREATE, null, id, null, null), PATIENCE);
                }
                return null;
            }));
        }
        for (Future<?> each : creators) {
            each.get();
        }
        for (int i = 0; i < CLIENTS; i++) {
            var caller = caller("client-" + i, doors::inSomeOrder, seed * 100 + i);
            var random = new Random(seed * 1000 + i);
            String ids = run + "-" + i + "-";
            clients.add(threads.submit(() -> {
                work(caller, random, ids);
                return null;
            }));
        }
        long period = TimeUnit.SECONDS.toNanos(1) / operationsPerSecond;
        // No more turns in hand than clients: what was missed while all waited is not made up for.
        pace.scheduleAtFixedRate(
                () -> {
                    if (turns.availablePermits() < CLIENTS) {
                        turns.release();
                    }
                },
                period,
                period,
                TimeUnit.NANOSECONDS);
    }

    private void work(Caller caller, Random random, String ids) throws IOException, InterruptedException {
        Operation last = null;
        for (int n = 0; !over; n++) {
            if (!turns.tryAcquire(100, TimeUnit.MILLISECONDS)) {
                continue;
            }
            if (last != null && random.nextInt(100) < 5) {
                caller.once(caller.again(last));
                continue;
            }
            Operation asked = next(caller, random, ids + n);
            if (asked.kind().read()) {
                caller.once(asked);
            } else {
                last = caller.untilTold(asked, PATIENCE).result() == Result.UNKNOWN ? last : asked;
            }
        }
    }

    private Operation next(Caller caller, Random random, String id) {
        String key = keys.get(random.nextInt(keys.size()));
        String ifMatch = random.nextBoolean() ? known.tag(key) : null;
        int kind = random.nextInt(100);
        String token = known.token(key);
        if (kind < 30) {
            return caller.asked(key, id, Kind.UPDATE, ifMatch, id, null, null);
        } else if (kind < 44) {
            var state = TargetState.values()[random.nextInt(TargetState.values().length)];
            return caller.asked(key, id, Kind.CREATE, null, id, state, null);
        } else if (kind < 52) {
            return caller.asked(key, id, Kind.DELETE, ifMatch, null, null, null);
        } else if (kind < 62) {
            return caller.asked(key, id, Kind.PAUSE, null, null, null, null);
        } else if (kind < 72) {
            return caller.asked(key, id, Kind.RESUME, ifMatch, null, null, null);
        } else if (kind < 76) {
            return caller.asked(key, id, Kind.STOP, null, null, null, null);
        } else if (kind < 88 || token == null) {
            return caller.asked(key, null, Kind.STRONG_READ, null, null, null, null);
        }
        return caller.asked(key, null, Kind.READ_WITH_TOKEN, null, null, null, token);
    }

    /** A client more, for one who wants to ask for something himself. */
    Caller extra() {
        return extra(doors::inSomeOrder);
    }

    Caller extra(Function<Random, List<String>> order) {
        int number = extras.incrementAndGet();
        return caller("extra-" + number, order, seed + number);
    }

    private Caller caller(String name, Function<Random, List<String>> order, long callersSeed) {
        return new Caller(name, wire, doors, order, history, known, System::nanoTime, count, new Random(callersSeed));
    }

    /** An id that nobody has used. */
    String newId(String what) {
        return run + "-" + what + "-" + extras.incrementAndGet();
    }

    Caller.Count count() {
        return count;
    }

    List<String> keys() {
        return keys;
    }

    /** One connector of each partition that has any. */
    Map<Integer, String> keyOfEachPartition() {
        Map<Integer, String> some = new HashMap<>();
        keys.forEach(key -> known.partition(key).ifPresent(partition -> some.putIfAbsent(partition, key)));
        return some;
    }

    Path file() {
        return file;
    }

    /** Lets everybody finish what he has asked for. */
    void stop() throws InterruptedException, ExecutionException {
        over = true;
        for (Future<?> each : clients) {
            each.get();
        }
    }

    /** @param log of these connectors, whole */
    void write(List<LogEvent> log) throws IOException {
        history.log(log);
    }

    @Override
    public void close() throws IOException {
        over = true;
        pace.shutdownNow();
        threads.shutdownNow();
        history.close();
    }
}
