package io.signalbox.processor.dataplane;

import io.signalbox.processor.domain.Config;
import io.signalbox.processor.domain.ConnectorKey;
import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.Sealed;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Seals secrets anew that are sealed with a key from before the one that seals now, one connector after another, with a pause
 * after each. Each config is told once: then it is in the log, which decides whether it is still so; or nothing of it opens,
 * and nothing will. What a replica leaves undone its successor finds.
 */
final class Resealing {

    private static final Logger LOG = LoggerFactory.getLogger(Resealing.class);

    /** A config as it was told: one that comes back, by a rollback, say, is another one. */
    private record Told(String uid, long configRevision, Config config) {
        static Told of(ConnectorState state) {
            return new Told(state.uid(), state.configRevision(), state.config());
        }
    }

    private final Engine engine;
    private final Map<ConnectorKey, ConnectorState> latest = new ConcurrentHashMap<>();
    private final Map<ConnectorKey, Told> told = new ConcurrentHashMap<>();
    /** Guarded by itself, as is whether a thread is at it. */
    private final Set<ConnectorKey> waiting = new LinkedHashSet<>();

    private boolean running;

    Resealing(Engine engine) {
        this.engine = engine;
    }

    /** The log has moved on. */
    void changed(ConnectorState state) {
        latest.put(state.key(), state);
        if (!engine.secrets().outdated(state)) {
            told.remove(state.key());
        } else if (untold(state)) {
            queue(state.key());
        }
    }

    private boolean untold(ConnectorState state) {
        return !Told.of(state).equals(told.get(state.key()));
    }

    /** Deleted, or no longer this replica's. */
    void gone(ConnectorKey key) {
        latest.remove(key);
        told.remove(key);
    }

    /** How many secrets are sealed with which key, by its id. */
    Map<String, Long> secrets() {
        Map<String, Long> counts = new TreeMap<>();
        latest.values()
                .forEach(state -> state.config().values().values().stream()
                        .filter(Sealed::is)
                        .flatMap(text -> Sealed.keyId(text).stream())
                        .forEach(id -> counts.merge(id, 1L, Long::sum)));
        return counts;
    }

    private void queue(ConnectorKey key) {
        synchronized (waiting) {
            waiting.add(key);
            if (!running) {
                running = true;
                engine.threads().execute(this::run);
            }
        }
    }

    private void run() {
        int count = 0;
        int failures = 0;
        try {
            for (var key = next(); key.isPresent(); key = next()) {
                boolean done = reseal(key.get());
                count += done ? 1 : 0;
                failures = done ? 0 : failures + 1;
                pause(
                        done
                                ? engine.timing().reseal()
                                : engine.timing().backoff(engine.timing().retry(), failures));
            }
            LOG.info("reseal result=done connectors={}", count);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Optional<ConnectorKey> next() {
        synchronized (waiting) {
            var first = waiting.stream().findFirst();
            first.ifPresentOrElse(waiting::remove, () -> running = false);
            return first;
        }
    }

    private static void pause(Duration time) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(time.toNanos());
    }

    /** @return false when it has to be tried again */
    private boolean reseal(ConnectorKey key) {
        var state = latest.get(key);
        if (state == null || !engine.secrets().outdated(state) || !untold(state)) {
            return true;
        }
        try {
            var report = engine.secrets().resealed(state);
            var settings = report.after().values().keySet();
            if (settings.isEmpty()) {
                LOG.warn("reseal connector={} result=failed reason=\"what its old keys sealed does not open\"", key);
            } else {
                engine.sink().report(key, report);
                LOG.info("reseal connector={} settings={}", key, settings);
            }
        } catch (RuntimeException e) {
            LOG.warn("reseal connector={} result=unreported", key, e);
            queue(key);
            return false;
        }
        told.put(key, Told.of(state));
        return true;
    }
}
