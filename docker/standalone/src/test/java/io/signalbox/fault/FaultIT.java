package io.signalbox.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.it.Promised;
import io.signalbox.it.RealParts;
import io.signalbox.processor.topology.FaultPoints;
import io.signalbox.standalone.Replica;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three replicas, a broker, a registry and a worker under load, and what can happen to them. Each history is checked twice,
 * and kept under {@code target/it-1/tests/fault} or {@code it-2}. Rounds, connectors and seed are settings ({@code -Dfault.…}); the profile
 * {@code fault} has the long figures.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FaultIT {

    private static final String PREFIX = "fault";
    private static final boolean LONG = Boolean.getBoolean("fault.long");
    private static final int CONNECTORS = Integer.getInteger("fault.connectors", 200);
    private static final long SEED = Long.getLong("fault.seed", 20261121);

    /** More calls about one connector than some 150 would be too much for the search; with more of them, each has less. */
    private static final int FAULTS_A_RUN = Math.max(8, CONNECTORS / 25);

    private static final Duration WINDOW = Duration.ofSeconds(2);

    private static final Duration READ_GAP = Duration.ofSeconds(1);
    private static final Duration WRITES_BACK = Duration.ofSeconds(25);

    private static final List<String> POINTS = List.of(
            FaultPoints.AFTER_PRODUCE, FaultPoints.BEFORE_ANSWER, FaultPoints.APPENDED, HeldReplica.AFTER_COMMIT);

    private final RealParts parts = RealParts.shared();
    private final Fleet fleet = new Fleet(parts, PREFIX);

    @BeforeAll
    void start() throws Exception {
        fleet.start();
        fleet.register(Run.AWAY, "http://127.0.0.1:9");
        fleet.register(Run.LIVE, parts.worker().url());
        fleet.awaitWhole();
    }

    @AfterAll
    void stop() {
        fleet.close();
    }

    /** One kind of fault, so many times. */
    @FunctionalInterface
    private interface Scenario {
        void round(Run run, int number) throws Exception;
    }

    @Test
    @Order(1)
    void g1_a_replica_is_killed() throws Exception {
        Tally tally = play("G1", rounds("g1", 3, 100), (run, number) -> {
            Replica victim = run.anyOwner();
            run.strike(victim, victim::kill9);
            back(victim);
        });
        assertFailover(tally);
    }

    @Test
    @Order(2)
    void g2_the_owner_dies_at_a_named_point() throws Exception {
        Tally tally = play("G2", rounds("g2", 4, 200), (run, number) -> {
            String point = POINTS.get(number % POINTS.size());
            String key = run.anyKey();
            String id = HeldReplica.id(point, run.load().newId("g2"));
            // Asked for by a client of its own, who goes on asking until it is answered by whoever takes over.
            try (ExecutorService client = Executors.newVirtualThreadPerTaskExecutor()) {
                Future<Operation> told =
                        client.submit(() -> run.update(run.load().extra(), key, id));
                Replica dying = fleet.held(id);
                run.strike(dying, dying::kill9);
                assertThat(told.get().id()).isEqualTo(id);
                back(dying);
            }
        });
        assertFailover(tally);
    }

    @Test
    @Order(3)
    void g3_the_broker_is_killed_and_started_again() throws Exception {
        List<Long> before =
                fleet.replicas().stream().map(each -> each.child().pid()).toList();
        Tally tally = play("G3", rounds("g3", 1, 50), (run, number) -> {
            run.strike(run.load().keyOfEachPartition().keySet(), () -> {
                parts.broker().kill9();
                parts.broker().startAndAwait();
            });
            fleet.awaitWhole();
        });
        assertThat(fleet.replicas().stream().map(each -> each.child().pid()).toList())
                .as("no replica had to be started again")
                .isEqualTo(before);
        Promised.atMost(WRITES_BACK, tally.writes().max(), "writes back");
    }

    @Test
    @Order(5)
    void g5_a_replica_is_frozen_and_comes_back() throws Exception {
        play("G5", rounds("g5", 1, 50), (run, number) -> {
            Replica victim = run.anyOwner();
            Duration frozen = Duration.ofSeconds(number % 2 == 0 ? 15 : 40);
            long at = run.strike(victim, () -> fleet.freeze(victim));
            // The others have taken over, and written.
            Duration left = frozen.minusNanos(System.nanoTime() - at);
            run.window(left.compareTo(WINDOW) < 0 ? WINDOW : left);
            fleet.thaw(victim);
            run.readStrongly(victim);
            fleet.awaitWhole();
        });
    }

    @Test
    @Order(6)
    void g6_all_replicas_are_restarted_one_after_another() throws Exception {
        Tally tally = play("G6", rounds("g6", 1, 10), (run, number) -> {
            for (Replica each : fleet.replicas()) {
                each.stop();
                each.start();
                each.awaitReady(RealParts.START);
            }
        });
        Promised.shareAtMost(0.005, tally.failedShare(), "failed requests");
        Promised.atMost(READ_GAP, tally.reads().max(), "longest wait of a reader");
    }

    /** After all that: the replicas are gone, and what they left is what the commands give. */
    @Test
    @Order(8)
    void g8_processing_the_commands_again_gives_the_same_stores(@TempDir Path directory) throws Exception {
        for (Replica each : fleet.replicas()) {
            each.stop();
        }
        var replay = new Replay(parts, PREFIX);
        int entries = 0;
        for (int partition = 0; partition < Fleet.PARTITIONS; partition++) {
            var left = replay.left(partition);
            var again = replay.again(partition, directory.resolve("p" + partition));
            assertThat(again.stores()).as("stores of partition " + partition).isEqualTo(left.stores());
            assertThat(again.outcomes())
                    .as("outcomes of partition " + partition)
                    .isEqualTo(left.outcomes());
            entries += left.size();
        }
        System.out.println("G8: " + entries + " entries of all stores are equal");
        assertThat(entries).isGreaterThan(CONNECTORS);
    }

    private Tally play(String row, int rounds, Scenario scenario) throws Exception {
        var tally = new Tally(row);
        for (int begin = 0; begin < rounds; begin += FAULTS_A_RUN) {
            int faults = Math.min(FAULTS_A_RUN, rounds - begin);
            String name = row.toLowerCase(Locale.ROOT) + "-" + begin;
            try (var run = new Run(parts, fleet, PREFIX, name, CONNECTORS, SEED + begin)) {
                run.begin();
                for (int i = 0; i < faults; i++) {
                    run.window(WINDOW);
                    scenario.round(run, begin + i);
                }
                run.window(WINDOW);
                Report report = run.finish();
                tally.add(run, faults, report);
                assertThat(report.findings()).as(run.load().file().toString()).isEmpty();
                assertThat(report.gaveUp()).as(run.load().file().toString()).isEmpty();
            }
        }
        return tally;
    }

    private static void assertFailover(Tally tally) {
        Promised.atMost(WRITES_BACK, tally.writes().max(), "writes back");
        Promised.atMost(READ_GAP, tally.reads().max(), "longest wait of a reader");
    }

    private void back(Replica replica) throws InterruptedException {
        replica.start();
        replica.awaitReady(RealParts.START);
        fleet.awaitWhole();
    }

    private static int rounds(String row, int commit, int whole) {
        return Integer.getInteger("fault." + row, LONG ? whole : commit);
    }
}
