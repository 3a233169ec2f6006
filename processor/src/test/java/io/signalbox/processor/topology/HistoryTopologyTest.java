package io.signalbox.processor.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.processor.domain.Command;
import io.signalbox.processor.domain.CommandEnvelope;
import io.signalbox.processor.domain.CommandOutcome;
import io.signalbox.processor.domain.Config;
import io.signalbox.processor.domain.ConnectorKey;
import io.signalbox.processor.domain.ConnectorStatus;
import io.signalbox.processor.domain.ConnectorType;
import io.signalbox.processor.domain.Event;
import io.signalbox.processor.domain.HistoryEntry;
import io.signalbox.processor.domain.Origin;
import io.signalbox.processor.domain.Phase;
import io.signalbox.processor.domain.Precondition;
import io.signalbox.processor.domain.RejectionCode;
import io.signalbox.processor.domain.RunState;
import io.signalbox.processor.domain.TargetState;
import io.signalbox.schemas.CloudEvent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the log keeps of a connector's past, and the ways back, with the real stores. */
class HistoryTopologyTest {

    private static final ConnectorKey ORDERS = new ConnectorKey("default", "local", "orders");
    private static final long HOUR = Duration.ofHours(1).toMillis();
    private static final String FIVE = "[{\"partition\":{\"f\":\"x\"},\"offset\":{\"at\":5}}]";
    private static final String NINE = "[{\"partition\":{\"f\":\"x\"},\"offset\":{\"at\":9}}]";

    @TempDir
    Path stateDir;

    private TopologyBench bench;
    private int commands;

    @BeforeEach
    void open() {
        bench = new TopologyBench(stateDir);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private static Config config(String file) {
        return Config.of(Map.of("connector.class", "FileStreamSource", "file", file, "name", "orders"));
    }

    private static Command create(String file) {
        return new Command.CreateConnector(config(file), TargetState.RUNNING, ConnectorType.SOURCE, true);
    }

    private static Command put(String file) {
        return new Command.PutConfig(config(file), ConnectorType.SOURCE, true);
    }

    private static Command undelete(String uid) {
        return new Command.UndeleteConnector(uid, true, HOUR, ConnectorType.UNKNOWN, true);
    }

    private CommandOutcome ask(Command command) {
        bench.send(ORDERS, "c" + ++commands, command);
        var told = bench.outcomes();
        return told.isEmpty() ? null : told.getLast();
    }

    private Event lastEvent() {
        return bench.events().getLast().event();
    }

    private HistoryView view() {
        return new HistoryView(bench.open.find(0).orElseThrow(), ORDERS.toString());
    }

    private List<String> names(boolean observed) {
        return view().page(Long.MAX_VALUE, 100, observed).stream()
                .map(HistoryEntry::event)
                .toList();
    }

    @Test
    void who_asked_and_why_travels_from_the_command_to_its_events_and_into_the_history() {
        var origin = new Origin("signalbox", "ann@example.org", "it müst");
        bench.send(new CommandEnvelope("c1", ORDERS, "me", create("a"), Precondition.NONE, origin));
        var headers = bench.rawEvents().getFirst().headers();
        assertThat(CloudEvent.REASON.read(headers)).isEqualTo("it müst");
        assertThat(CloudEvent.FROM.read(headers)).isEqualTo("ann@example.org");
        assertThat(CloudEvent.DIALECT.read(headers)).isEqualTo("signalbox");
        var entry = view().page(Long.MAX_VALUE, 1, false).getFirst();
        assertThat(entry.origin()).isEqualTo(origin);
        assertThat(entry.actor()).isEqualTo("me");
        assertThat(entry.commandId()).isEqualTo("c1");
        assertThat(entry.at()).isEqualTo(bench.now());
    }

    /** Also of earlier configs, so that going back needs the old key for those secrets only that are other ones now. */
    @Test
    void configs_that_are_kept_get_the_new_text_of_a_secret_in_place_of_the_old() {
        ask(new Command.CreateConnector(secret("a", "1:b3RoZXI"), TargetState.RUNNING, ConnectorType.SOURCE, true));
        ask(new Command.PutConfig(secret("a", "1:b2xk"), ConnectorType.SOURCE, true));
        ask(new Command.PutConfig(secret("b", "1:b2xk"), ConnectorType.SOURCE, true));
        var before = view().config(2).orElseThrow();
        ask(new Command.ReportResealed("c1", pin("1:b2xk"), pin("2:bmV3")));
        assertThat(lastEvent()).isEqualTo(new Event.ConnectorResealed(pin("1:b2xk"), pin("2:bmV3")));
        assertThat(view().config(1).orElseThrow().config()).isEqualTo(secret("a", "1:b3RoZXI"));
        var after = view().config(2).orElseThrow();
        assertThat(after.config()).isEqualTo(secret("a", "2:bmV3"));
        assertThat(after.revision()).isEqualTo(2);
        assertThat(after.at()).isEqualTo(before.at());
        for (long revision : List.of(3L, 4L)) {
            assertThat(view().config(revision).orElseThrow().config()).isEqualTo(secret("b", "2:bmV3"));
        }
        assertThat(names(false))
                .containsExactly(
                        "ConnectorResealed", "ConnectorConfigChanged", "ConnectorConfigChanged", "ConnectorCreated");
        assertThat(view().upTo(4).orElseThrow().after().configRevision()).isEqualTo(3);
    }

    @Test
    void a_rollback_to_before_a_rotation_is_the_old_config_and_to_the_present_one_is_nothing() {
        ask(new Command.CreateConnector(secret("a", "1:b3RoZXI"), TargetState.RUNNING, ConnectorType.SOURCE, true));
        ask(new Command.PutConfig(secret("b", "1:b2xk"), ConnectorType.SOURCE, true));
        ask(new Command.ReportResealed("c1", pin("1:b2xk"), pin("2:bmV3")));
        bench.events();
        ask(new Command.RollbackConfig(2, ConnectorType.UNKNOWN, true));
        assertThat(bench.events()).isEmpty();
        ask(new Command.RollbackConfig(1, ConnectorType.UNKNOWN, true));
        assertThat(lastEvent())
                .isEqualTo(new Event.ConnectorConfigChanged(secret("a", "1:b3RoZXI"), ConnectorType.SOURCE, true, 1L));
        ask(new Command.ReportResealed("c1", pin("1:b3RoZXI"), pin("2:YWdhaW4")));
        assertThat(lastEvent()).isInstanceOf(Event.ConnectorResealed.class);
    }

    private static Config pin(String text) {
        return Config.of(Map.of("pin", "sealed:v1:" + text));
    }

    private static Config secret(String file, String text) {
        return config(file).with("pin", "sealed:v1:" + text);
    }

    @Test
    void what_nobody_said_has_no_header() {
        bench.send(ORDERS, "c1", create("a"));
        var headers = bench.rawEvents().getFirst().headers();
        assertThat(headers.lastHeader("ce_reason")).isNull();
        assertThat(headers.lastHeader("ce_from")).isNull();
        assertThat(headers.lastHeader("ce_dialect")).isNull();
    }

    @Test
    void a_reason_that_is_not_legal_is_a_dead_letter() {
        var good = bench.codecs.commands().encode(new CommandEnvelope("c1", ORDERS, "me", create("a")));
        var headers = new RecordHeaders(good.headers());
        headers.add("ce_reason", "x".repeat(501).getBytes(StandardCharsets.UTF_8));
        bench.pipe(good.key(), good.value(), headers);
        assertThat(bench.deadLetters()).hasSize(1);
        assertThat(bench.events()).isEmpty();
    }

    @Test
    void a_history_is_paged_from_the_newest_on_with_what_was_observed_when_asked_for() {
        ask(create("a"));
        ask(new Command.ReportStatus("c1", 1L, status(RunState.RUNNING)));
        ask(new Command.PauseConnector());
        ask(new Command.ReportStatus("c1", 2L, status(RunState.PAUSED)));
        assertThat(names(false)).containsExactly("ConnectorPaused", "ConnectorCreated");
        assertThat(names(true))
                .containsExactly(
                        "ConnectorStateChanged",
                        "ConnectorReconciled",
                        "ConnectorPaused",
                        "ConnectorStateChanged",
                        "ConnectorReconciled",
                        "ConnectorCreated");
        assertThat(view().page(4, 2, true)).extracting(HistoryEntry::revision).containsExactly(3L, 2L);
        assertThat(view().page(1, 2, true)).isEmpty();
        assertThat(new HistoryView(bench.open.find(0).orElseThrow(), "default/local/order").page(9, 9, true))
                .as("of a name that this one begins with")
                .isEmpty();
    }

    @Test
    void what_was_observed_is_kept_to_a_bound_and_what_was_asked_for_for_ever() {
        ask(create("a"));
        for (int i = 0; i < 1_200; i++) {
            if (i % 300 == 0) {
                ask(put("f" + i));
            }
            ask(new Command.ReportStatus("c1", null, status(i % 2 == 0 ? RunState.RUNNING : RunState.FAILED)));
        }
        assertThat(view().page(Long.MAX_VALUE, 10_000, false)).hasSize(5);
        var all = view().page(Long.MAX_VALUE, 10_000, true);
        assertThat(all).hasSizeBetween(5 + HistoryWriter.OBSERVED, 5 + HistoryWriter.OBSERVED + HistoryWriter.SWEEP);
        assertThat(all.getFirst().revision()).isEqualTo(1_205);
        var early = view().upTo(100).orElseThrow();
        assertThat(early.revision())
                .as("what was observed up to 100 is dropped")
                .isEqualTo(2);
        assertThat(view().config(early.after().configRevision()).orElseThrow().config())
                .isEqualTo(config("f0"));
    }

    @Test
    void a_rollback_takes_the_config_from_the_store() {
        ask(create("a"));
        ask(put("b"));
        ask(put("c"));
        assertThat(ask(new Command.RollbackConfig(2, ConnectorType.SOURCE, true))
                        .connector()
                        .config())
                .isEqualTo(config("b"));
        assertThat(lastEvent())
                .isEqualTo(new Event.ConnectorConfigChanged(config("b"), ConnectorType.SOURCE, true, 2L));
        assertThat(ask(new Command.RollbackConfig(9, ConnectorType.SOURCE, true))
                        .rejection()
                        .code())
                .isEqualTo(RejectionCode.UNKNOWN_REVISION);
    }

    @Test
    void a_deleted_connector_is_had_again_with_the_offsets_that_were_read_last() {
        ask(create("a"));
        ask(new Command.StopConnector());
        ask(new Command.ReportOffsets("c1", FIVE));
        ask(new Command.DeleteConnector());
        ask(new Command.ReportOffsets("c1", NINE));
        ask(new Command.ReportAbsent("c1"));
        var outcome = ask(undelete("c1"));
        assertThat(outcome.created()).isTrue();
        assertThat(lastEvent())
                .isEqualTo(new Event.ConnectorCreated(
                        "c7", config("a"), TargetState.STOPPED, ConnectorType.SOURCE, true, null, NINE, "c1"));
        assertThat(names(false).getFirst()).isEqualTo("ConnectorCreated");
        assertThat(ask(undelete("c7")).rejection().code()).isEqualTo(RejectionCode.NOT_DELETED);
        assertThat(ask(undelete("c1")).rejection().code()).isEqualTo(RejectionCode.ALREADY_EXISTS);
    }

    @Test
    void the_same_undelete_again_gets_the_first_answer() {
        ask(create("a"));
        ask(new Command.DeleteConnector());
        ask(new Command.ReportAbsent("c1"));
        bench.send(ORDERS, "again", undelete("c1"));
        bench.send(ORDERS, "again", undelete("c1"));
        var told = bench.outcomes();
        assertThat(told).hasSize(2);
        assertThat(told.get(1)).isEqualTo(told.get(0));
        assertThat(told.get(1).rejected()).isFalse();
    }

    @Test
    void a_deletion_is_final_after_its_time_and_a_release_at_once() {
        ask(create("a"));
        ask(new Command.DeleteConnector());
        ask(new Command.ReportAbsent("c1"));
        bench.pass(Duration.ofMinutes(61));
        assertThat(ask(undelete("c1")).rejection().code()).isEqualTo(RejectionCode.EXPIRED);
        ask(create("b"));
        ask(new Command.ReleaseConnector());
        assertThat(ask(undelete("c5")).rejection().code()).isEqualTo(RejectionCode.NOT_DELETED);
    }

    @Test
    void a_change_of_offsets_is_undone_and_an_undo_too() {
        ask(create("a"));
        ask(new Command.StopConnector());
        assertThat(ask(new Command.UndoOffsets()).rejection().code()).isEqualTo(RejectionCode.NOTHING_TO_UNDO);
        ask(new Command.AlterOffsets(NINE));
        ask(new Command.ReportOperation("c1", "c4", true, "altered", null, FIVE));
        ask(new Command.UndoOffsets());
        assertThat(lastEvent()).isEqualTo(new Event.AlterOffsetsRequested("c6", FIVE));
        ask(new Command.ReportOperation("c1", "c6", true, "altered", null, NINE));
        ask(new Command.UndoOffsets());
        assertThat(lastEvent()).isEqualTo(new Event.AlterOffsetsRequested("c8", NINE));
        ask(new Command.ReportOperation("c1", "c8", true, "altered", null, null));
        assertThat(ask(new Command.UndoOffsets()).rejection().code())
                .as("it could not be read what they were")
                .isEqualTo(RejectionCode.NOTHING_TO_UNDO);
    }

    @Test
    void a_new_connector_of_the_name_cannot_undo_what_was_changed_of_the_old_one() {
        ask(create("a"));
        ask(new Command.StopConnector());
        ask(new Command.AlterOffsets(NINE));
        ask(new Command.ReportOperation("c1", "c3", true, "altered", null, FIVE));
        ask(new Command.DeleteConnector());
        ask(new Command.ReportAbsent("c1"));
        ask(create("b"));
        ask(new Command.StopConnector());
        assertThat(ask(new Command.UndoOffsets()).rejection().code()).isEqualTo(RejectionCode.NOTHING_TO_UNDO);
    }

    @Test
    void a_connector_from_before_there_were_histories_has_its_configs() {
        ask(create("a"));
        ask(put("b"));
        var history = bench.driver.<byte[], HistoryEntry>getKeyValueStore(StoreName.HISTORY);
        try (var all = history.all()) {
            all.forEachRemaining(entry -> history.delete(entry.key));
        }
        assertThat(names(true)).isEmpty();
        assertThat(view().upTo(2)).isEmpty();
        assertThat(view().config(1).orElseThrow().config()).isEqualTo(config("a"));
        assertThat(view().config(bench.now()).orElseThrow().config()).isEqualTo(config("b"));
        assertThat(ask(new Command.RollbackConfig(1, ConnectorType.SOURCE, true))
                        .connector()
                        .config())
                .isEqualTo(config("a"));
        assertThat(view().upTo(3).orElseThrow().after().phase()).isEqualTo(Phase.ACTIVE);
    }

    private static ConnectorStatus status(RunState state) {
        return new ConnectorStatus(state, "w:8083", "1.0", null, ConnectorType.SOURCE, List.of());
    }
}
