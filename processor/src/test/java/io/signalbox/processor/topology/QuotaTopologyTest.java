package io.signalbox.processor.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.signalbox.processor.domain.Command;
import io.signalbox.processor.domain.CommandEnvelope;
import io.signalbox.processor.domain.CommandOutcome;
import io.signalbox.processor.domain.CommandOutcome.Stage;
import io.signalbox.processor.domain.Config;
import io.signalbox.processor.domain.ConnectorKey;
import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.ConnectorStatus;
import io.signalbox.processor.domain.ConnectorType;
import io.signalbox.processor.domain.Event;
import io.signalbox.processor.domain.FollowUp;
import io.signalbox.processor.domain.Places;
import io.signalbox.processor.domain.Precondition;
import io.signalbox.processor.domain.QuotaKey;
import io.signalbox.processor.domain.QuotaUse;
import io.signalbox.processor.domain.RecordedEvent;
import io.signalbox.processor.domain.RejectionCode;
import io.signalbox.processor.domain.RunState;
import io.signalbox.processor.domain.TargetState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of commands under a quota, when all partitions are one; {@link QuotaPartitionsProperties} has several. */
class QuotaTopologyTest {

    @TempDir
    static Path stateDir;

    private static TopologyBench bench;
    private static int environments;

    /** Each test has its own. */
    private final String environment = "env" + ++environments;

    private final QuotaKey quota = new QuotaKey(environment);
    private int commands;

    @BeforeAll
    static void open() {
        bench = new TopologyBench(stateDir);
    }

    @AfterAll
    static void close() {
        bench.close();
    }

    /** A test that failed leaves something behind. */
    @BeforeEach
    void drain() {
        bench.followUps();
        bench.outcomes();
        bench.events();
    }

    private ConnectorKey connector(String name) {
        return new ConnectorKey(environment, "a", name);
    }

    private static Config config(int tasks) {
        return Config.of(Map.of("connector.class", "X", "tasks.max", Integer.toString(tasks)));
    }

    private static Command create(int tasks) {
        return new Command.CreateConnector(config(tasks), TargetState.RUNNING, ConnectorType.SOURCE, true);
    }

    private static Command put(int tasks) {
        return new Command.PutConfig(config(tasks), ConnectorType.SOURCE, true);
    }

    private void limit(Integer connectors, Integer tasks) {
        bench.send(quota, "quota-" + ++commands, new Command.SetQuota(connectors, tasks));
        bench.deliver();
        bench.outcomes();
    }

    /** Sends it and lets everybody say what he has to say. */
    private CommandOutcome ask(String name, Command command) {
        bench.send(connector(name), "c" + ++commands, command);
        bench.deliver();
        var outcomes = bench.outcomes();
        assertThat(outcomes).hasSize(1);
        return outcomes.getFirst();
    }

    private static void requireRefused(CommandOutcome outcome) {
        assertThat(outcome.stage()).isEqualTo(Stage.REJECTED);
        assertThat(outcome.rejection().code()).isEqualTo(RejectionCode.QUOTA_EXCEEDED);
        assertThat(outcome.connector()).isNull();
    }

    private static void requireAccepted(CommandOutcome outcome) {
        assertThat(outcome.stage()).as("%s", outcome.rejection()).isEqualTo(Stage.ACCEPTED);
    }

    private QuotaUse use() {
        return QuotaView.use(bench.driver.getKeyValueStore(StoreName.QUOTAS), environment)
                .orElse(null);
    }

    private void requireUsed(int connectors, int tasks) {
        assertThat(use().known()).isTrue();
        assertThat(use().used()).isEqualTo(new Places(connectors, tasks));
        assertThat(use().reserved()).isEmpty();
        assertThat(use().waiting()).isEmpty();
    }

    @Test
    void without_a_quota_nothing_is_asked_and_the_answer_comes_at_once() {
        bench.send(new QuotaKey("lab"), "q", new Command.SetQuota(0, 0));
        bench.deliver();
        bench.outcomes();
        bench.send(connector("x"), "c1", create(1));
        bench.send(connector("x"), "c2", put(5));
        bench.send(connector("x"), "c3", new Command.DeleteConnector());
        assertThat(bench.followUps()).isEmpty();
        assertThat(bench.outcomes()).hasSize(3).noneMatch(CommandOutcome::rejected);
    }

    @Test
    void limits_are_an_event_and_no_use_of_them_is() {
        limit(10, null);
        ask("x", create(1));
        assertThat(bench.events())
                .extracting(RecordedEvent::event)
                .hasSize(2)
                .startsWith(new Event.QuotaChanged(10, null))
                .element(1)
                .isInstanceOf(Event.ConnectorCreated.class);
    }

    @Test
    void a_creation_waits_for_its_place_and_is_the_same_command_all_the_time() {
        limit(1, null);
        bench.events();
        bench.send(connector("x"), "mine", create(2));
        assertThat(bench.outcomes()).isEmpty();
        assertThat(bench.events()).isEmpty();
        bench.deliver();
        var outcome = bench.outcomes().getFirst();
        requireAccepted(outcome);
        assertThat(outcome.commandId()).isEqualTo("mine");
        assertThat(outcome.created()).isTrue();
        assertThat(bench.events()).singleElement().satisfies(event -> {
            assertThat(event.commandId()).isEqualTo("mine");
            assertThat(event.actor()).isEqualTo("tester");
        });
        requireUsed(1, 2);
        requireRefused(ask("y", create(1)));
        assertThat(bench.events()).isEmpty();
        bench.send(connector("x"), "mine", create(2));
        assertThat(bench.outcomes()).containsExactly(outcome);
        assertThat(bench.followUps()).isEmpty();
    }

    @Test
    void a_deletion_frees_its_place_at_once() {
        limit(1, null);
        requireAccepted(ask("x", create(1)));
        requireRefused(ask("y", create(1)));
        requireAccepted(ask("x", new Command.DeleteConnector()));
        requireAccepted(ask("y", create(1)));
        requireRefused(ask("x", create(1)));
        requireUsed(1, 1);
    }

    @Test
    void what_was_there_before_the_quota_is_counted_and_stays() {
        for (int i = 0; i < 3; i++) {
            bench.send(connector("x" + i), "before" + i, create(2));
        }
        bench.outcomes();
        limit(2, null);
        requireUsed(3, 6);
        requireRefused(ask("y", create(1)));
        requireAccepted(ask("x0", put(9)));
        requireAccepted(ask("x0", new Command.PauseConnector()));
        ask("x0", new Command.DeleteConnector());
        requireRefused(ask("y", create(1)));
        ask("x1", new Command.DeleteConnector());
        requireAccepted(ask("y", create(1)));
    }

    @Test
    void tasks_are_taken_and_freed_by_every_way_a_config_changes() {
        limit(null, 4);
        requireAccepted(ask("x", create(3)));
        requireRefused(ask("y", create(2)));
        requireRefused(ask("x", put(5)));
        requireAccepted(ask("x", put(4)));
        requireAccepted(ask("x", new Command.PatchConfig(Map.of("tasks.max", "2"), ConnectorType.SOURCE, true, null)));
        requireUsed(1, 2);
        requireAccepted(ask("y", create(2)));
        requireRefused(ask("x", new Command.RollbackConfig(1, ConnectorType.SOURCE, true)));
        requireAccepted(ask("y", new Command.DeleteConnector()));
        requireAccepted(ask("x", new Command.RollbackConfig(1, ConnectorType.SOURCE, true)));
        requireUsed(1, 3);
    }

    @Test
    void what_needs_nothing_more_asks_nobody() {
        limit(1, 2);
        requireAccepted(ask("x", create(2)));
        bench.send(connector("x"), "p1", put(2));
        bench.send(connector("x"), "p2", new Command.PauseConnector());
        bench.send(connector("x"), "p3", create(1));
        assertThat(bench.followUps()).isEmpty();
        assertThat(bench.outcomes())
                .extracting(CommandOutcome::stage)
                .containsExactly(Stage.ACCEPTED, Stage.ACCEPTED, Stage.REJECTED);
    }

    @Test
    void undelete_takes_a_place_and_adoption_is_counted_but_not_refused() {
        limit(1, null);
        var uid = ask("x", create(1)).connector().uid();
        ask("x", new Command.DeleteConnector());
        requireAccepted(ask("y", create(1)));
        var undelete = new Command.UndeleteConnector(uid, false, 3_600_000, ConnectorType.SOURCE, true);
        requireRefused(ask("x", undelete));
        var status = new ConnectorStatus(RunState.RUNNING, "w:8083", "1.0", null, ConnectorType.SOURCE, List.of());
        bench.send(connector("z"), "found", new Command.ReportFound(true, config(3), TargetState.RUNNING, status));
        bench.deliver();
        requireUsed(2, 4);
        ask("y", new Command.DeleteConnector());
        ask("z", new Command.ReleaseConnector());
        requireAccepted(ask("x", undelete));
        requireUsed(1, 1);
    }

    @Test
    void who_asks_again_while_it_waits_is_answered_with_the_first() {
        limit(1, null);
        bench.send(connector("x"), "mine", create(1));
        bench.send(connector("x"), "mine", create(1));
        bench.send(connector("x"), "mine", new Command.PauseConnector());
        assertThat(bench.outcomes())
                .singleElement()
                .satisfies(outcome -> assertThat(outcome.rejection().code()).isEqualTo(RejectionCode.ID_REUSED));
        bench.send(new CommandEnvelope("mine", connector("x"), "somebody else", create(1)));
        assertThat(bench.outcomes())
                .singleElement()
                .satisfies(outcome -> assertThat(outcome.rejection().code()).isEqualTo(RejectionCode.ID_REUSED));
        bench.deliver();
        assertThat(bench.outcomes()).singleElement().satisfies(QuotaTopologyTest::requireAccepted);
        requireUsed(1, 1);
    }

    @Test
    void what_is_illegal_anyway_is_refused_at_once_and_what_becomes_so_gives_its_place_back() {
        limit(1, null);
        var mustExist = new Precondition(Set.of("*"), null);
        bench.send(new CommandEnvelope("c", connector("x"), "tester", put(1), mustExist));
        assertThat(bench.followUps()).isEmpty();
        assertThat(bench.outcomes().getFirst().rejection().code()).isEqualTo(RejectionCode.PRECONDITION_FAILED);
        bench.send(connector("x"), "first", create(1));
        bench.send(connector("x"), "second", create(1));
        bench.deliver();
        assertThat(bench.outcomes())
                .extracting(
                        CommandOutcome::commandId,
                        outcome -> outcome.rejected() ? outcome.rejection().code() : null)
                .containsExactlyInAnyOrder(tuple("first", null), tuple("second", RejectionCode.ALREADY_EXISTS));
        requireUsed(1, 1);
    }

    @Test
    void what_needs_more_when_it_is_its_turn_asks_for_that() {
        limit(2, 3);
        requireAccepted(ask("x", create(1)));
        bench.send(connector("x"), "more", put(2));
        bench.send(connector("x"), "away", new Command.DeleteConnector());
        bench.deliver();
        assertThat(bench.outcomes()).hasSize(2).noneMatch(CommandOutcome::rejected);
        requireUsed(1, 2);
    }

    @Test
    void what_gets_lost_on_the_way_is_told_again() {
        limit(1, null);
        bench.send(connector("x"), "mine", create(1));
        for (int lost = 0; lost < 3; lost++) {
            assertThat(bench.followUps()).as("trip %d", lost).isNotEmpty();
            remind();
            var again = bench.followUps();
            assertThat(again).isNotEmpty();
            // What is taken is told again, too, but nobody waits for that.
            bench.send(again.stream()
                    .filter(each -> !(each.envelope().command() instanceof Command.ReportPlaces))
                    .findFirst()
                    .orElseGet(again::getFirst)
                    .envelope());
        }
        bench.deliver();
        remind();
        bench.deliver();
        requireUsed(1, 1);
        assertThat(bench.outcomes()).singleElement().satisfies(QuotaTopologyTest::requireAccepted);
        remind();
        assertThat(bench.followUps()).as("nothing is under way").isEmpty();
    }

    @Test
    void an_heir_asks_and_tells_again_what_was_under_way() {
        limit(2, null);
        bench.send(connector("x"), "promised", create(1));
        bench.send(bench.followUps().getFirst().envelope());
        bench.send(connector("y"), "asked", create(1));
        assertThat(bench.followUps()).as("lost with who died").hasSize(2);
        List<FollowUp> told = new ArrayList<>();
        var heir = new FollowUps() {
            @Override
            public int partitions() {
                return 1;
            }

            @Override
            public void append(FollowUp followUp) {
                told.add(followUp);
            }
        };
        var store = new QuotaStore(bench.driver.getKeyValueStore(StoreName.QUOTAS));
        new QuotaBooks(store, heir).opened();
        var connectors = bench.driver.<String, ConnectorState>getKeyValueStore(StoreName.CONNECTORS);
        new PlaceGuard(store, connectors, bench.codecs.commands(), heir, 0).opened();
        told.removeIf(each -> !each.envelope().key().environment().equals(environment));
        assertThat(told)
                .extracting(each -> each.envelope().command().getClass().getSimpleName())
                .containsExactlyInAnyOrder(
                        "CountPlaces", "CountPlaces", "DecidePlaces", "RequestPlaces", "RequestPlaces");
        told.forEach(each -> bench.send(each.envelope()));
        bench.deliver();
        assertThat(bench.outcomes()).hasSize(2).noneMatch(CommandOutcome::rejected);
        requireUsed(2, 2);
    }

    private void remind() {
        bench.driver.advanceWallClockTime(Duration.ofSeconds(2));
        bench.driver.advanceWallClockTime(Duration.ofSeconds(2));
    }

    @Test
    void without_its_quota_an_environment_is_as_before() {
        limit(0, null);
        bench.send(connector("x"), "waits", create(1));
        bench.send(quota, "remove", new Command.RemoveQuota());
        bench.deliver();
        assertThat(bench.outcomes()).hasSize(2).noneMatch(CommandOutcome::rejected);
        assertThat(use()).isNull();
        bench.send(connector("y"), "at-once", create(1));
        assertThat(bench.followUps()).isEmpty();
        assertThat(bench.outcomes()).hasSize(1);
        limit(1, null);
        requireUsed(2, 2);
    }
}
