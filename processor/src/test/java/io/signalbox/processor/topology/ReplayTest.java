package io.signalbox.processor.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.processor.domain.AggregateKey;
import io.signalbox.processor.domain.Command;
import io.signalbox.processor.domain.Config;
import io.signalbox.processor.domain.ConfigDifference;
import io.signalbox.processor.domain.ConnectorFold;
import io.signalbox.processor.domain.ConnectorKey;
import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.ConnectorStatus;
import io.signalbox.processor.domain.ConnectorType;
import io.signalbox.processor.domain.Desired;
import io.signalbox.processor.domain.Difference;
import io.signalbox.processor.domain.Event;
import io.signalbox.processor.domain.HistoryEntry;
import io.signalbox.processor.domain.Phase;
import io.signalbox.processor.domain.RecordedEvent;
import io.signalbox.processor.domain.RunState;
import io.signalbox.processor.domain.TargetState;
import io.signalbox.processor.domain.TaskStatus;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** P5: replaying the log gives the same state, byte for byte. */
class ReplayTest {

    private static final long SEED = 20261121;
    private static final int COMMANDS = 2_000;

    @TempDir
    Path first;

    @TempDir
    Path second;

    @Test
    void replaying_the_events_gives_what_the_stores_hold() {
        try (var bench = new TopologyBench(first)) {
            var log = run(bench);
            Map<String, ConnectorState> replayed = new TreeMap<>();
            for (RecordedEvent event : log) {
                replayed.compute(
                        event.key().toString(),
                        (key, state) -> ConnectorFold.fold(state, event, (Event.OfConnector) event.event()));
            }
            Map<String, ConnectorState> stored = new TreeMap<>();
            var connectors = bench.driver.<String, ConnectorState>getKeyValueStore(StoreName.CONNECTORS);
            var statuses = bench.driver.<String, ConnectorStatus>getKeyValueStore(StoreName.STATUSES);
            try (var all = connectors.all()) {
                all.forEachRemaining(entry -> stored.put(entry.key, entry.value.withStatus(statuses.get(entry.key))));
            }
            assertThat(log).hasSizeGreaterThan(COMMANDS / 4);
            assertThat(bytes(bench, stored)).isEqualTo(bytes(bench, replayed));
        }
    }

    @Test
    void what_was_at_a_revision_or_a_time_is_what_a_replay_up_to_there_gives() {
        try (var bench = new TopologyBench(first)) {
            var log = run(bench);
            var random = new Random(SEED);
            for (int i = 0; i < 2_000; i++) {
                var any = log.get(random.nextInt(log.size()));
                var time = any.at().plusMillis(random.nextInt(4_000) - 2_000);
                var view = new HistoryView(
                        bench.open.find(0).orElseThrow(), any.key().toString());
                assertThen(
                        view, view.upTo(any.revision()), replay(log, any.key(), e -> e.revision() <= any.revision()));
                assertThen(view, view.upTo(time), replay(log, any.key(), e -> !e.at().isAfter(time)));
            }
        }
    }

    private static ConnectorState replay(List<RecordedEvent> log, AggregateKey key, Predicate<RecordedEvent> until) {
        ConnectorState state = null;
        for (RecordedEvent event : log) {
            if (event.key().equals(key) && until.test(event)) {
                state = ConnectorFold.fold(state, event, (Event.OfConnector) event.event());
            }
        }
        return state;
    }

    /** The observed part of a history is bounded, but not reached here. */
    private static void assertThen(HistoryView view, Optional<HistoryEntry> then, ConnectorState replayed) {
        if (replayed == null) {
            assertThat(then).isEmpty();
            return;
        }
        var after = then.orElseThrow().after();
        assertThat(then.get().revision()).isEqualTo(replayed.revision());
        assertThat(then.get().at()).isEqualTo(replayed.updatedAt());
        assertThat(after)
                .isEqualTo(new Desired(
                        replayed.uid(),
                        replayed.phase(),
                        replayed.targetState(),
                        replayed.configRevision(),
                        replayed.type(),
                        replayed.validated(),
                        replayed.generation(),
                        replayed.observedGeneration(),
                        replayed.createdAt()));
        if (replayed.phase() == Phase.ACTIVE) {
            assertThat(view.config(after.configRevision()).orElseThrow().config())
                    .isEqualTo(replayed.config());
        }
    }

    @Test
    void running_the_commands_again_gives_the_same_events_and_ids() {
        List<RecordedEvent> once;
        try (var bench = new TopologyBench(first)) {
            once = run(bench);
        }
        try (var bench = new TopologyBench(second)) {
            assertThat(run(bench)).isEqualTo(once);
        }
    }

    private static Map<String, Bytes> bytes(TopologyBench bench, Map<String, ConnectorState> states) {
        Map<String, Bytes> bytes = new TreeMap<>();
        states.forEach((key, state) -> bytes.put(
                key, Bytes.wrap(bench.codecs.connectorStates().serializer().serialize("signalbox.connectors", state))));
        return bytes;
    }

    private static List<RecordedEvent> run(TopologyBench bench) {
        var random = new Random(SEED);
        Map<String, String> uids = new HashMap<>();
        List<RecordedEvent> log = new ArrayList<>();
        for (int i = 0; i < COMMANDS; i++) {
            var key = new ConnectorKey("default", "local", "c" + random.nextInt(20));
            bench.send(key, "id-" + i, command(random, uids.getOrDefault(key.toString(), "none")));
            for (RecordedEvent event : bench.events()) {
                if (event.event() instanceof Event.ConnectorCreated created) {
                    uids.put(event.key().toString(), created.uid());
                }
                if (event.event() instanceof Event.ConnectorAdopted adopted) {
                    uids.put(event.key().toString(), adopted.uid());
                }
                log.add(event);
            }
        }
        return log;
    }

    private static Command command(Random random, String uid) {
        var config = Config.of(Map.of("connector.class", "FileStreamSource", "file", "f" + random.nextInt(3)));
        return switch (random.nextInt(21)) {
            case 0, 1 ->
                new Command.CreateConnector(
                        config, TargetState.RUNNING, ConnectorType.SOURCE, true, random.nextBoolean() ? "[1]" : null);
            case 2 -> new Command.PutConfig(config, ConnectorType.SOURCE, random.nextBoolean());
            case 3 ->
                new Command.PatchConfig(Map.of("topic", "t" + random.nextInt(3)), ConnectorType.SOURCE, true, null);
            case 4 -> new Command.PauseConnector();
            case 5 -> new Command.ResumeConnector();
            case 6 -> new Command.StopConnector();
            case 7 -> random.nextInt(3) == 0 ? new Command.DeleteConnector() : new Command.RestartTask(0);
            case 8 -> new Command.RestartConnector(random.nextBoolean(), random.nextBoolean());
            case 9 -> new Command.ReportStatus(uid, (long) random.nextInt(5), status(random));
            case 10 ->
                random.nextBoolean()
                        ? new Command.ReportAbsent(uid)
                        : new Command.ReportRefused(uid, random.nextInt(5), "w:8083", "no");
            case 11 ->
                random.nextBoolean()
                        ? new Command.AlterOffsets("[2]", random.nextBoolean())
                        : new Command.ResetOffsets(true);
            case 12 -> new Command.ReportOperation(uid, uid + "~offsets", random.nextBoolean(), "said", 500, "[0]");
            case 13 -> new Command.ReportFound(random.nextBoolean(), config, TargetState.RUNNING, status(random));
            case 14, 15 -> new Command.ReportDrift(uid, 1 + random.nextInt(4), difference(random));
            case 16 -> new Command.ReportDriftOver(uid, 1 + random.nextInt(4), random.nextBoolean());
            case 17 -> new Command.RollbackConfig(1 + random.nextInt(100), ConnectorType.UNKNOWN, true);
            case 18 -> new Command.UndeleteConnector(uid, random.nextBoolean(), 10_000, ConnectorType.UNKNOWN, false);
            case 19 -> random.nextBoolean() ? new Command.UndoOffsets() : new Command.ReportOffsets(uid, "[3]");
            default -> new Command.ReportOperation(uid, "id-" + random.nextInt(COMMANDS), true, null);
        };
    }

    private static Difference difference(Random random) {
        return new Difference(
                random.nextInt(5) == 0,
                random.nextBoolean() ? RunState.PAUSED : null,
                List.of(new ConfigDifference("file", "1", random.nextBoolean() ? "2" : null)),
                0);
    }

    private static ConnectorStatus status(Random random) {
        List<TaskStatus> tasks = new ArrayList<>();
        for (int i = 0; i < random.nextInt(4); i++) {
            boolean failed = random.nextInt(4) == 0;
            tasks.add(new TaskStatus(
                    i, failed ? RunState.FAILED : RunState.RUNNING, "w:8083", null, failed ? "boom" : null));
        }
        return new ConnectorStatus(RunState.RUNNING, "w:8083", "1.0", null, ConnectorType.SOURCE, tasks);
    }
}
