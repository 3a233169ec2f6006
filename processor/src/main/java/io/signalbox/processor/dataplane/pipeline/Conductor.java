package io.signalbox.processor.dataplane.pipeline;

import io.signalbox.processor.dataplane.CompactedTable;
import io.signalbox.processor.domain.AggregateKey;
import io.signalbox.processor.domain.PipelineKey;
import io.signalbox.processor.domain.PipelineState;
import io.signalbox.processor.domain.Sealed;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the pipelines that are this replica's to look after be as the log wants them, each on a thread of its own, so that none waits for
 * another. It compares what is with what is wanted, does the next thing that is missing, and tells the log; the connectors it
 * commands on the log, like anybody else. It keeps nothing that matters: whoever begins anew at any point comes to the same end.
 */
public final class Conductor implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Conductor.class);

    /** How soon it is seen that a pipeline has another replica. */
    private static final Duration SWEEP = Duration.ofMillis(500);

    private final CompactedTable<PipelineState> table;
    private final Predicate<AggregateKey> owned;
    private final Tools tools;
    private final Map<String, Runner> runners = new HashMap<>();
    private final Semaphore news = new Semaphore(0);
    private final Thread thread =
            Thread.ofPlatform().name("signalbox-conductor").unstarted(this::run);
    private volatile boolean closing;

    /**
     * @param table of all pipelines; stays the caller's
     * @param owned whether something is this replica's to look after; of all replicas at most one says so
     */
    public Conductor(CompactedTable<PipelineState> table, Predicate<AggregateKey> owned, Tools tools) {
        this.table = table;
        this.owned = owned;
        this.tools = tools;
        table.listen(this::changed);
    }

    public void start() {
        thread.start();
    }

    /** How many of the pipelines that are this replica's are in which state with which status, as {@code STATE/STATUS}. */
    public Map<String, Long> counts() {
        Map<String, Long> counts = new TreeMap<>();
        table.list().stream()
                .filter(state -> owned.test(state.key()))
                .forEach(state -> counts.merge(
                        state.status().state() + "/" + state.status().status(), 1L, Long::sum));
        return counts;
    }

    /** How many secrets of the pipelines that are this replica's are sealed with which key, by its id. */
    public Map<String, Long> secrets() {
        Map<String, Long> counts = new TreeMap<>();
        table.list().stream()
                .filter(state -> owned.test(state.key()))
                .flatMap(PipelineState::sealed)
                .flatMap(text -> Sealed.keyId(text).stream())
                .forEach(id -> counts.merge(id, 1L, Long::sum));
        return counts;
    }

    /** Breaks off what is under way; takes 10 s at most. */
    @Override
    public void close() {
        closing = true;
        thread.interrupt();
        try {
            if (thread.getState() != Thread.State.NEW && !thread.join(Duration.ofSeconds(5))) {
                LOG.warn("conductor state=still-closing");
            }
            synchronized (runners) {
                runners.values().forEach(Runner::stop);
                for (Runner runner : runners.values()) {
                    if (!runner.join(Duration.ofSeconds(1))) {
                        LOG.warn("conductor state=still-closing");
                        break;
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void changed(String key) {
        Runner runner;
        synchronized (runners) {
            runner = runners.get(key);
        }
        if (runner == null) {
            news.release();
        } else {
            runner.wake();
        }
    }

    private void run() {
        try {
            while (!closing) {
                if (table.ready()) {
                    sweep();
                }
                if (news.tryAcquire(SWEEP.toMillis(), TimeUnit.MILLISECONDS)) {
                    news.drainPermits();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void sweep() {
        synchronized (runners) {
            runners.entrySet().removeIf(runner -> runner.getValue().ended());
            runners.forEach((key, runner) -> {
                if (mine(key).isEmpty()) {
                    runner.stop();
                }
            });
            for (PipelineState state : table.list()) {
                if (!closing && owned.test(state.key())) {
                    runners.computeIfAbsent(state.key().toString(), key -> begin(state.key()));
                }
            }
        }
    }

    private Optional<PipelineState> mine(String key) {
        return table.find(key).filter(state -> owned.test(state.key()));
    }

    private Runner begin(PipelineKey key) {
        LOG.info("pipeline={} action=take", key);
        var runner = new Runner(key, () -> mine(key.toString()), tools);
        runner.start();
        return runner;
    }
}
