package io.signalbox.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Changes of some connectors, one after another on each thread, until it is closed. Who reads meanwhile reads under load. */
final class SteadyChanges implements AutoCloseable {

    private static final int THREADS = 2;
    private static final int CONNECTORS = 8;

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final List<Future<?>> changes = new ArrayList<>();
    private final AtomicInteger done = new AtomicInteger();
    private volatile boolean stopped;

    /** @param apis replicas that stay; each thread has one of them */
    SteadyChanges(List<Api> apis) {
        for (int i = 0; i < THREADS * CONNECTORS; i++) {
            var answer = apis.getFirst().create(name(i), Map.of("connector.class", "Any"), "?validate=deferred");
            assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        }
        for (int i = 0; i < THREADS; i++) {
            Api api = apis.get(i % apis.size());
            int first = i * CONNECTORS;
            changes.add(threads.submit(() -> change(api, first)));
        }
    }

    /** How many were accepted. */
    int done() {
        return done.get();
    }

    private static String name(int number) {
        return "steady-" + number;
    }

    private void change(Api api, int first) {
        for (int i = 0; !stopped; i++) {
            String connector = "/connectors/" + name(first + i % CONNECTORS);
            String what = i / CONNECTORS % 2 == 0 ? "/pause" : "/resume";
            var answer = api.put(connector + what);
            // While a replica that died is replaced, it may be unknown what became of one.
            assertThat(answer.status()).as(answer.toString()).isIn(202, 503, 504);
            done.addAndGet(answer.status() == 202 ? 1 : 0);
        }
    }

    /** Fails if one of the changes did. */
    @Override
    public void close() {
        stopped = true;
        threads.shutdown();
        try {
            for (Future<?> each : changes) {
                each.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new AssertionError("A change failed", e.getCause());
        }
    }
}
