package io.signalbox.processor.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.processor.domain.Command;
import io.signalbox.processor.domain.CommandEnvelope;
import io.signalbox.processor.domain.CommandOutcome;
import io.signalbox.processor.domain.CommandOutcome.Stage;
import io.signalbox.processor.domain.Config;
import io.signalbox.processor.domain.ConnectorKey;
import io.signalbox.processor.domain.ConnectorType;
import io.signalbox.processor.domain.TargetState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** That what is foreseen is what is answered is looked at by {@link TopologyBench} in every test of the topology. */
@Timeout(120)
class ForesightTest {

    private static final ConnectorKey ORDERS = new ConnectorKey("default", "local", "orders");

    private static final String LACKS = "Partition 0 lacks what was answered already";

    /** Enough to meet the moment: without the second look it failed within half a second. */
    private static final int RACES = 3_000;

    @TempDir
    Path directory;

    private TopologyBench bench;

    @BeforeEach
    void open() {
        bench = new TopologyBench(directory);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void the_answer_to_what_comes_next_is_known_before_it_is_processed() {
        bench.send(put("first", 1));
        var created = foresee(put("second", 1), 1);
        assertThat(created).get().extracting(CommandOutcome::stage).isEqualTo(Stage.ACCEPTED);
        assertThat(created.orElseThrow().created()).isFalse();
        bench.send(put("second", 1));
        assertThat(foresee(new CommandEnvelope("third", ORDERS, "tester", new Command.StopConnector()), 2))
                .isPresent();
    }

    @Test
    void who_is_not_next_has_to_wait() {
        assertThat(foresee(put("first", 1), 0))
                .as("nothing is known of what was before")
                .isEmpty();
        bench.send(put("first", 1));
        assertThat(foresee(put("late", 1), 0)).isEmpty();
        assertThat(foresee(put("early", 1), 2)).isEmpty();
        assertThat(partition().owes()).as("nobody was told anything").isFalse();
    }

    /** What an earlier process had committed says where the log is, and not that this one has all of it. */
    @Test
    void where_the_partition_is_known_to_stand_only_by_hearsay_nothing_is_foreseen() {
        partition().reached(7);
        assertThat(foresee(put("first", 1), 7)).isEmpty();
    }

    @Test
    void an_id_that_was_used_before_is_the_processors() {
        bench.send(put("first", 1));
        assertThat(foresee(put("first", 1), 1)).isEmpty();
    }

    @Test
    void a_report_is_answered_to_nobody() {
        bench.send(put("first", 1));
        var gone = new CommandEnvelope("report", ORDERS, "reconciler", new Command.ReportAbsent("u"));
        assertThat(foresee(gone, 1)).isEmpty();
    }

    @Test
    void who_reads_after_the_answer_finds_what_was_foreseen_or_waits_for_it() throws Exception {
        bench.send(put("first", 1));
        var before = partition().find(ORDERS.toString()).orElseThrow();
        var outcome = foresee(put("second", 2), 1).orElseThrow();
        assertThat(partition().find(ORDERS.toString())).contains(outcome.connector());
        assertThat(partition().stored(ORDERS.toString())).contains(before);
        assertThat(partition().find("default/local/other")).isEmpty();
        assertThat(partition().owes()).isTrue();
        assertThat(partition().awaitForeseen(Duration.ZERO)).isFalse();
        assertThat(partition().version("default/local"))
                .as("of a list that is about to change")
                .isEmpty();
        assertThat(partition().version("default/other")).isPresent();

        bench.send(put("second", 2));
        assertThat(partition().owes()).isFalse();
        assertThat(partition().awaitForeseen(Duration.ZERO)).isTrue();
        assertThat(partition().find(ORDERS.toString())).contains(outcome.connector());
        assertThat(partition().version("default/local")).isPresent();
    }

    @Test
    void what_follows_on_what_is_on_its_way_is_known_too_if_it_is_about_another_connector() throws Exception {
        bench.send(put("first", 1));
        List<CommandEnvelope> sent = List.of(create("a"), put("second", 2), create("b"), create("orders"), create("c"));
        List<Optional<CommandOutcome>> known = new ArrayList<>();
        for (CommandEnvelope command : sent) {
            known.add(foresee(command, 1 + known.size()));
        }
        assertThat(known.get(3)).as("its connector is about to change").isEmpty();
        for (int i : new int[] {0, 2, 4}) {
            assertThat(partition().find(sent.get(i).key().toString()))
                    .contains(known.get(i).orElseThrow().connector());
        }
        assertThat(partition().awaitForeseen(Duration.ZERO)).isFalse();

        bench.outcomes();
        for (int i = 0; i < sent.size(); i++) {
            bench.sendUnforeseen(sent.get(i));
            var told = bench.outcomes();
            known.get(i).ifPresent(foreseen -> assertThat(told).containsExactly(foreseen));
            assertThat(partition().find(sent.get(4).key().toString())).isPresent();
            assertThat(partition().owes()).isEqualTo(i < sent.size() - 1);
            assertThat(partition().awaitForeseen(Duration.ZERO)).isEqualTo(i == sent.size() - 1);
        }
        assertThat(foresee(create("d"), 6)).isPresent();
    }

    /** Somebody else's command, of which nothing is known, may be about anything. */
    @Test
    void what_follows_on_anything_else_has_to_wait() {
        bench.send(put("first", 1));
        assertThat(foresee(create("a"), 1)).isPresent();
        assertThat(foresee(create("b"), 3)).isEmpty();
        assertThat(foresee(create("c"), 4)).isEmpty();
        List.of(create("a"), put("theirs", 2), create("b"), create("c")).forEach(bench::sendUnforeseen);
        assertThat(foresee(create("d"), 5)).isPresent();
        var report = new CommandEnvelope("report", ORDERS, "reconciler", new Command.ReportAbsent("u"));
        assertThat(foresee(report, 6)).as("nobody asked").isEmpty();
        assertThat(foresee(create("e"), 7))
                .as("it is about one connector as well")
                .isPresent();
    }

    @Test
    void an_id_that_is_on_its_way_already_is_the_processors() {
        bench.send(put("first", 1));
        var same = create("same");
        assertThat(foresee(same, 1)).isPresent();
        assertThat(foresee(same, 2)).isEmpty();
    }

    @Test
    void who_sends_too_much_is_held_up_by_the_processor() {
        bench.send(put("first", 1));
        List<CommandEnvelope> sent = new ArrayList<>();
        for (int i = 0; i < InFlight.MOST; i++) {
            sent.add(create("c-" + i));
            assertThat(foresee(sent.getLast(), 1 + i)).as("%s", i).isPresent();
        }
        sent.add(create("over"));
        assertThat(foresee(sent.getLast(), sent.size())).isEmpty();
        sent.forEach(bench::sendUnforeseen);
        assertThat(foresee(create("after"), sent.size() + 1)).isPresent();
    }

    @Test
    void what_changes_nothing_is_waited_for_by_nobody() throws Exception {
        bench.send(put("first", 1));
        assertThat(foresee(put("same", 1), 1)).isPresent();
        bench.send(put("same", 1));
        assertThat(foresee(create("orders"), 2))
                .get()
                .extracting(CommandOutcome::rejected)
                .isEqualTo(true);
        assertThat(partition().owes()).isFalse();
        assertThat(partition().awaitForeseen(Duration.ZERO)).isTrue();
    }

    /** A caller's thread that is slow may have foreseen what the processor has long done. */
    @Test
    void what_was_foreseen_is_owed_no_longer_once_it_is_stored() {
        bench.send(put("first", 1));
        assertThat(foresee(put("second", 2), 1)).isPresent();
        partition().stored(2);
        assertThat(partition().owes())
                .as("although the command is not done otherwise")
                .isFalse();
    }

    @Test
    void nobody_waits_for_a_partition_that_is_closed() throws Exception {
        bench.send(put("first", 1));
        var late = create("late");
        var partition = partition();
        // Then its stores, which would say that they are closed, are not asked.
        partition.stored(late.key().toString());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            assertThat(foresee(put("second", 2), 1)).isPresent();
            var waiting = threads.submit(() -> partition.await(2, Duration.ofHours(1)));
            var listing = threads.submit(() -> partition.awaitForeseen(Duration.ofHours(1)));
            bench.close();
            assertThat(waiting.get()).isFalse();
            assertThat(listing.get()).isFalse();
        }
        assertThat(partition.sent(late, 2)).isTrue();
        assertThat(partition.foresee(late, 2, bench.at(2), true)).isEmpty();
    }

    /** Its stores may stay here, as a copy of what the next owner has. */
    @Test
    void no_copy_is_shown_that_lacks_what_was_told_here_before_the_partition_was_left() {
        bench.send(put("first", 1));
        assertThat(bench.open.copy(0)).isNotNull();
        assertThat(foresee(put("second", 2), 1)).isPresent();
        assertThat(foresee(create("another"), 2)).isPresent();
        assertThatThrownBy(() -> bench.open.copy(0)).hasMessage(LACKS);
        bench.open.closed(0, partition());
        assertThatThrownBy(() -> bench.open.copy(0)).hasMessage(LACKS);
        bench.sendUnforeseen(put("second", 2));
        assertThatThrownBy(() -> bench.open.copy(0))
                .as("the other one is not there")
                .hasMessage(LACKS);
        bench.sendUnforeseen(create("another"));
        assertThat(bench.open.copy(0).stored(ORDERS.toString())).isPresent();
    }

    /** Whoever saw the state after the command would say that there is such a connector already. */
    @Test
    void what_is_foreseen_while_the_processor_takes_it_up_is_right_or_nothing() throws Exception {
        bench.send(put("first", 0));
        var together = new CyclicBarrier(2);
        int foreseen = 0;
        try (var threads = Executors.newFixedThreadPool(1)) {
            for (int first = 1; first <= RACES; first += 3) {
                var row = List.of(create("race-" + first), put("race-put-" + first, first), create("race-3-" + first));
                var partition = partition();
                bench.outcomes();
                long begin = first;
                List<Long> times = List.of(bench.at(begin), bench.at(begin + 1), bench.at(begin + 2));
                var early = threads.submit(() -> {
                    Set<CommandOutcome> seen = new HashSet<>();
                    for (int i = 0; i < row.size(); i++) {
                        assertThat(partition.sent(row.get(i), begin + i)).isTrue();
                    }
                    together.await();
                    while (partition.position() < begin + row.size()) {
                        for (int i = 0; i < row.size(); i++) {
                            partition
                                    .foresee(row.get(i), begin + i, times.get(i), begin % 2 == 0)
                                    .ifPresent(seen::add);
                        }
                    }
                    return seen;
                });
                together.await();
                row.forEach(bench::sendUnforeseen);
                var told = bench.outcomes();
                assertThat(told).containsAll(early.get());
                foreseen += early.get().size();
            }
        }
        assertThat(foreseen).isGreaterThan(RACES / 3);
    }

    private static CommandEnvelope create(String id) {
        var key = new ConnectorKey("default", "local", id);
        var config = Config.of(Map.of("connector.class", "Any"));
        return new CommandEnvelope(
                id,
                key,
                "tester",
                new Command.CreateConnector(config, TargetState.RUNNING, ConnectorType.SOURCE, false));
    }

    private static CommandEnvelope put(String id, int number) {
        var config = Map.of("connector.class", "Any", "number", Integer.toString(number));
        return new CommandEnvelope(
                id, ORDERS, "tester", new Command.PutConfig(Config.of(config), ConnectorType.UNKNOWN, false));
    }

    private Optional<CommandOutcome> foresee(CommandEnvelope command, long offset) {
        return bench.foresee(command, offset);
    }

    private OpenPartition partition() {
        return bench.open.find(0).orElseThrow();
    }
}
