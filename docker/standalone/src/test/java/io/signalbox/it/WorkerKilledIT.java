package io.signalbox.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.standalone.Worker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/**
 * A worker that is killed in the midst of being reconciled, while changes go on, comes to what is desired and to nothing
 * else. One round; as many as {@code -Dfault.g4} says.
 */
class WorkerKilledIT {

    private static final int ROUNDS = Integer.getInteger("fault.g4", Boolean.getBoolean("fault.long") ? 50 : 1);
    private static final long SEED = Long.getLong("fault.seed", 20261121);
    private static final int CONNECTORS = 15;
    private static final int EVERY_MS = 60;
    private static final Duration BOUND = Duration.ofSeconds(120);

    private final RealParts parts = RealParts.shared();
    private final Worker worker = parts.newWorker("worker-killed", WorkerAwayIT.QUICK);
    private final Api signalbox = SharedReplica.busy();
    private final Api cluster = signalbox.below("/environments/default/clusters/killed");
    private final Api ownRest = new Api(worker.url());
    private final SeededChanges changes = new SeededChanges(cluster, parts.directory("killed"), SEED);

    private final List<Integer> behind = new ArrayList<>();
    private final List<Duration> took = new ArrayList<>();

    @Test
    void a_worker_that_is_killed_while_it_is_reconciled_ends_with_what_is_desired_and_nothing_else() throws Exception {
        worker.startAndAwait();
        signalbox.register("killed", worker.url());
        changes.begin(CONNECTORS);
        awaitDesired();
        for (int round = 0; round < ROUNDS; round++) {
            killInTheMidst(round);
            long began = System.nanoTime();
            awaitDesired();
            took.add(Duration.ofNanos(System.nanoTime() - began));
        }
        long duplicates = creations() - changes.created();
        int orphans = extra().size();
        System.out.printf(
                "worker killed: rounds %d, seed %d, changes %d, behind when killed %s, desired state everywhere after"
                        + " %s ms (most %d), duplicates %d, orphans %d%n",
                ROUNDS,
                SEED,
                changes.made(),
                behind,
                took.stream().map(Duration::toMillis).toList(),
                took.stream().mapToLong(Duration::toMillis).max().orElseThrow(),
                duplicates,
                orphans);
        assertThat(duplicates).isZero();
        assertThat(orphans).isZero();
        cleanUp();
    }

    private void killInTheMidst(int round) throws InterruptedException, ExecutionException {
        try (ScheduledExecutorService stream = Executors.newSingleThreadScheduledExecutor()) {
            var running = stream.scheduleWithFixedDelay(changes::next, 0, EVERY_MS, TimeUnit.MILLISECONDS);
            int begun = changes.made();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> running.isDone() || (changes.made() > begun + 10 + round % 7 && outstanding() > 1));
            behind.add(outstanding());
            worker.kill9();
            worker.startAndAwait();
            int back = changes.made();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> running.isDone() || changes.made() > back + 10);
            if (running.isDone()) {
                running.get();
            }
            running.cancel(false);
        }
    }

    private long creations() {
        return new Lifecycle(parts, SharedReplica.BUSY)
                .all().stream()
                        .filter(event -> event.subject().startsWith("default/killed/"))
                        .filter(event -> event.type().equals("ConnectorCreated"))
                        .count();
    }

    /** How many connectors of the worker are not as desired now, or should not be there. */
    private int outstanding() {
        var open = new ArrayList<>(changes.desired());
        open.removeAll(SeededChanges.actual(ownRest));
        return Math.max(open.size(), extra().size());
    }

    /** What the worker has that is not desired, or not so. */
    private List<String> extra() {
        var extra = new ArrayList<>(SeededChanges.actual(ownRest));
        extra.removeAll(changes.desired());
        return extra;
    }

    private void awaitDesired() {
        Awaitility.await()
                .atMost(BOUND)
                .pollInterval(Duration.ofMillis(300))
                .untilAsserted(
                        () -> assertThat(SeededChanges.actual(ownRest)).containsExactlyElementsOf(changes.desired()));
    }

    private void cleanUp() {
        cluster.get("/connectors").body().forEach(name -> cluster.delete("/connectors/" + name.asText()));
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () -> assertThat(ownRest.get("/connectors").body()).isEmpty());
        parts.dismiss(worker);
    }
}
