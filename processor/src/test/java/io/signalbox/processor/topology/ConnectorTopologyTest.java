package io.signalbox.processor.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.processor.domain.ClusterKey;
import io.signalbox.processor.domain.ClusterSpec;
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
import io.signalbox.processor.domain.Phase;
import io.signalbox.processor.domain.Precondition;
import io.signalbox.processor.domain.RejectionCode;
import io.signalbox.processor.domain.RunState;
import io.signalbox.processor.domain.TargetState;
import io.signalbox.schemas.CloudEvent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectorTopologyTest {

    private static final ConnectorKey ORDERS = new ConnectorKey("default", "local", "orders");
    private static final Config CONFIG = Config.of(Map.of("connector.class", "FileStreamSource", "name", "orders"));
    private static final Command CREATE =
            new Command.CreateConnector(CONFIG, TargetState.RUNNING, ConnectorType.SOURCE, true);

    @TempDir
    Path stateDir;

    private TopologyBench bench;

    @BeforeEach
    void open() {
        bench = new TopologyBench(stateDir);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void a_command_becomes_events_state_and_an_answer() {
        bench.send(ORDERS, "c1", CREATE);

        var event = bench.events().getFirst();
        assertThat(event.event())
                .isEqualTo(new Event.ConnectorCreated(
                        "c1", CONFIG, TargetState.RUNNING, ConnectorType.SOURCE, true, null));
        assertThat(event.revision()).isEqualTo(1);
        assertThat(event.commandId()).isEqualTo("c1");
        assertThat(event.actor()).isEqualTo("tester");
        assertThat(event.at()).isEqualTo(bench.now());
        var outcome = bench.outcomes().getFirst();
        assertThat(outcome.stage()).isEqualTo(Stage.ACCEPTED);
        assertThat(outcome.created()).isTrue();
        assertThat(outcome.connector().config()).isEqualTo(CONFIG);
        assertThat(bench.states()).containsExactly(outcome.connector());
        assertThat(bench.desired()).containsExactly(outcome.connector());
    }

    @Test
    void what_is_desired_is_told_as_the_topic_tells_it_and_nothing_of_a_refusal() {
        bench.send(ORDERS, "c1", CREATE);
        bench.send(ORDERS, "c2", CREATE);
        bench.send(ORDERS, "c3", new Command.PauseConnector());
        bench.send(ORDERS, "c3", new Command.PauseConnector());
        bench.send(ORDERS, "c4", new Command.DeleteConnector());
        assertThat(bench.desired()).hasSize(3).isEqualTo(bench.states());
        bench.send(ORDERS, "r1", new Command.ReportAbsent("c1"));
        assertThat(bench.desired()).last().extracting(ConnectorState::phase).isEqualTo(Phase.DELETED);
    }

    @Test
    void events_carry_cloud_event_headers() {
        bench.send(ORDERS, "c1", CREATE);
        var headers = bench.rawEvents().getFirst().headers();
        assertThat(CloudEvent.SPECVERSION.read(headers)).isEqualTo("1.0");
        assertThat(CloudEvent.TYPE.read(headers)).isEqualTo("io.signalbox.event.ConnectorCreated");
        assertThat(CloudEvent.SUBJECT.read(headers)).isEqualTo("default/local/orders");
        assertThat(CloudEvent.SOURCE.read(headers)).isEqualTo("/signalbox/default");
        assertThat(CloudEvent.TIME.read(headers)).isEqualTo(bench.now().toString());
        assertThat(CloudEvent.COMMANDID.read(headers)).isEqualTo("c1");
        assertThat(CloudEvent.REVISION.read(headers)).isEqualTo("1");
        assertThat(CloudEvent.ID.read(headers)).isNotEmpty();
    }

    @Test
    void the_same_command_id_gets_the_same_answer_and_no_second_event() {
        bench.send(ORDERS, "c1", CREATE);
        bench.send(ORDERS, "c2", new Command.PauseConnector());
        bench.send(ORDERS, "c1", CREATE);

        assertThat(bench.events()).hasSize(2);
        var outcomes = bench.outcomes();
        assertThat(outcomes).hasSize(3);
        assertThat(outcomes.get(2)).isEqualTo(outcomes.get(0));
    }

    @Test
    void the_same_command_id_about_another_connector_is_another_command() {
        bench.send(ORDERS, "c1", CREATE);
        bench.send(new ConnectorKey("default", "local", "other"), "c1", CREATE);
        assertThat(bench.events())
                .extracting(e -> e.id())
                .doesNotHaveDuplicates()
                .hasSize(2);
    }

    @Test
    void a_refusal_is_remembered_too() {
        bench.send(ORDERS, "c1", new Command.PauseConnector());
        bench.send(ORDERS, "c2", CREATE);
        bench.send(ORDERS, "c1", new Command.PauseConnector());
        var outcomes = bench.outcomes();
        assertThat(outcomes.get(0).rejection().code()).isEqualTo(RejectionCode.NOT_FOUND);
        assertThat(outcomes.get(2)).isEqualTo(outcomes.get(0));
    }

    @Test
    void a_command_id_is_remembered_for_an_hour_of_the_logs_time() {
        bench.send(ORDERS, "c1", new Command.PauseConnector());
        bench.send(ORDERS, "c2", CREATE);
        bench.pass(Duration.ofMinutes(61));
        bench.send(ORDERS, "c1", new Command.PauseConnector());
        assertThat(bench.outcomes().getLast().stage()).isEqualTo(Stage.ACCEPTED);
    }

    @Test
    void an_operation_is_answered_twice_under_the_id_that_asked_for_it() {
        bench.send(ORDERS, "c1", CREATE);
        bench.send(ORDERS, "c2", new Command.RestartConnector(false, false));
        bench.send(ORDERS, "r1", new Command.ReportOperation("c1", "c2", true, null));
        assertThat(bench.outcomes())
                .extracting(o -> o.commandId() + " " + o.stage())
                .containsExactly("c1 ACCEPTED", "c2 ACCEPTED", "c2 APPLIED");
        bench.send(ORDERS, "c2", new Command.RestartConnector(false, false));
        assertThat(bench.outcomes()).extracting(o -> o.stage()).containsExactly(Stage.APPLIED);
    }

    @Test
    void whoever_waits_is_named_in_the_answer_to_his_own_command_and_to_no_other() {
        sendFor("here", "c1", CREATE);
        sendFor("there", "c2", new Command.RestartConnector(false, false));
        sendFor("elsewhere", "c2", new Command.RestartConnector(false, false));
        bench.send(ORDERS, "r1", new Command.ReportOperation("c1", "c2", true, null));
        sendFor("here", "c3", new Command.StopConnector());
        sendFor("there", "c4", new Command.ResetOffsets());
        // Ends what another one waits for.
        sendFor("here", "c5", new Command.DeleteConnector());
        assertThat(bench.repliedTo())
                .containsExactly(
                        "c1 ACCEPTED to here",
                        "c2 ACCEPTED to there",
                        "c2 ACCEPTED to elsewhere",
                        "c2 APPLIED to null",
                        "c3 ACCEPTED to here",
                        "c4 ACCEPTED to there",
                        "c4 FAILED to null",
                        "c5 ACCEPTED to here");
    }

    private void sendFor(String replyTo, String id, Command command) {
        bench.send(new CommandEnvelope(id, ORDERS, "tester", command), replyTo);
    }

    @Test
    void a_precondition_travels_with_its_command() {
        bench.send(ORDERS, "c1", CREATE);
        bench.send(new CommandEnvelope(
                "c2", ORDERS, "tester", new Command.PauseConnector(), new Precondition(Set.of("7", "config-7"), null)));
        bench.send(new CommandEnvelope(
                "c3",
                ORDERS,
                "tester",
                new Command.PauseConnector(),
                new Precondition(Set.of("7", "config-1"), Set.of("9"))));
        assertThat(bench.outcomes())
                .extracting(CommandOutcome::stage)
                .containsExactly(Stage.ACCEPTED, Stage.REJECTED, Stage.ACCEPTED);
    }

    @Test
    void readers_see_each_change_at_once_and_that_there_was_one() {
        bench.send(ORDERS, "c1", CREATE);
        var partition = bench.open.find(0).orElseThrow();
        var cluster = ORDERS.clusterKey().toString();
        var before = partition.version(cluster);
        var other = partition.version("default/other");
        assertThat(partition.find(ORDERS.toString()).orElseThrow().targetState())
                .isEqualTo(TargetState.RUNNING);

        bench.send(ORDERS, "c2", new Command.PauseConnector());
        assertThat(partition.find(ORDERS.toString()).orElseThrow().targetState())
                .isEqualTo(TargetState.PAUSED);
        assertThat(partition.version(cluster)).isPresent().isNotEqualTo(before);
        assertThat(partition.version("default/other")).isPresent().isEqualTo(other);

        var after = partition.version(cluster);
        bench.send(ORDERS, "c3", new Command.PauseConnector());
        assertThat(partition.version(cluster)).as("nothing happened").isEqualTo(after);
        assertThat(partition.find("default/local/none")).isEmpty();
    }

    @Test
    void a_partition_that_is_closed_is_not_read_any_more() {
        bench.send(ORDERS, "c1", CREATE);
        assertThat(bench.open.find(0)).isPresent();
        bench.close();
        assertThat(bench.open.find(0)).isEmpty();
    }

    @Test
    void a_change_of_offsets_is_answered_twice_with_the_data_planes_words_and_asked_again_once() {
        bench.send(ORDERS, "c1", CREATE);
        bench.send(ORDERS, "c2", new Command.StopConnector());
        bench.send(ORDERS, "c3", new Command.AlterOffsets("[1]"));
        bench.send(ORDERS, "c3", new Command.AlterOffsets("[1]"));
        bench.send(ORDERS, "r1", new Command.ReportOffsets("c1", "[0]"));
        bench.send(ORDERS, "r2", new Command.ReportOperation("c1", "c3", true, "altered", null, "[0]"));
        bench.send(ORDERS, "c3", new Command.AlterOffsets("[1]"));
        assertThat(bench.events())
                .extracting(e -> e.event())
                .endsWith(
                        new Event.AlterOffsetsRequested("c3", "[1]"),
                        new Event.OffsetsObserved("[0]"),
                        new Event.OffsetsAltered("c3", "[1]", "[0]", "altered"));
        assertThat(bench.outcomes())
                .extracting(o -> o.commandId() + " " + o.stage() + " " + o.message())
                .endsWith("c3 ACCEPTED null", "c3 ACCEPTED null", "c3 APPLIED altered", "c3 APPLIED altered");
        assertThat(bench.driver.getKeyValueStore(StoreName.OFFSETS).get(ORDERS.toString()))
                .as("what was observed before the change no longer holds")
                .isNull();
    }

    @Test
    void a_failed_change_of_offsets_keeps_the_workers_status_for_whoever_asks_again() {
        bench.send(ORDERS, "c1", CREATE);
        bench.send(ORDERS, "c2", new Command.StopConnector());
        bench.send(ORDERS, "c3", new Command.ResetOffsets());
        bench.send(ORDERS, "r1", new Command.ReportOperation("c1", "c3", false, "no", 400, "[0]"));
        bench.send(ORDERS, "c3", new Command.ResetOffsets());
        assertThat(bench.outcomes())
                .extracting(o -> o.stage() + " " + o.status() + " " + o.message())
                .endsWith("ACCEPTED null null", "FAILED 400 no", "FAILED 400 no");
    }

    @Test
    void a_creation_with_offsets_keeps_its_own_answer() {
        bench.send(
                ORDERS,
                "c1",
                new Command.CreateConnector(CONFIG, TargetState.RUNNING, ConnectorType.SOURCE, true, "[1]"));
        bench.send(ORDERS, "r1", new Command.ReportOperation("c1", "c1~offsets", true, "altered", null, "[]"));
        assertThat(bench.states())
                .extracting(state -> state.targetState())
                .containsExactly(TargetState.STOPPED, TargetState.RUNNING);
        bench.send(
                ORDERS,
                "c1",
                new Command.CreateConnector(CONFIG, TargetState.RUNNING, ConnectorType.SOURCE, true, "[1]"));
        var outcomes = bench.outcomes();
        assertThat(outcomes.getLast()).isEqualTo(outcomes.getFirst());
        assertThat(outcomes.getLast().created()).isTrue();
    }

    @Test
    void reports_are_not_answered() {
        bench.send(ORDERS, "c1", CREATE);
        bench.send(ORDERS, "r1", new Command.ReportStatus("c1", 1L, running()));
        assertThat(bench.outcomes()).hasSize(1);
        assertThat(bench.events()).hasSize(3);
    }

    @Test
    void a_deleted_connector_leaves_a_tombstone_and_its_history() {
        bench.send(ORDERS, "c1", CREATE);
        bench.send(ORDERS, "c2", new Command.DeleteConnector());
        bench.send(ORDERS, "r1", new Command.ReportAbsent("c1"));
        var states = bench.states();
        assertThat(states.get(1).phase()).isEqualTo(Phase.DELETING);
        assertThat(states.get(2)).isNull();
        assertThat(bench.driver.getKeyValueStore(StoreName.CONFIGS).get(VersionKey.of(ORDERS.toString(), 1)))
                .isNotNull();
    }

    @Test
    void every_store_has_its_part() {
        bench.send(ORDERS, "c1", CREATE);
        bench.send(ORDERS, "r1", new Command.ReportStatus("c1", 1L, running()));
        bench.send(ORDERS, "r2", new Command.ReportOffsets("c1", "[]"));
        bench.send(new ClusterKey("default", "local"), "c2", new Command.RegisterCluster(spec()));
        var key = ORDERS.toString();
        assertThat(bench.driver.getKeyValueStore(StoreName.CONNECTORS).get(key)).isNotNull();
        assertThat(bench.driver.getKeyValueStore(StoreName.STATUSES).get(key)).isEqualTo(running());
        assertThat(bench.driver.getKeyValueStore(StoreName.OFFSETS).get(key)).isNotNull();
        assertThat(bench.driver.getKeyValueStore(StoreName.CLUSTERS).get("default/local"))
                .isNotNull();
    }

    @Test
    void clusters_are_registered_changed_and_forgotten() {
        var local = new ClusterKey("default", "local");
        bench.send(local, "c1", new Command.RegisterCluster(spec()));
        bench.send(local, "c2", new Command.RegisterCluster(spec()));
        bench.send(local, "c3", new Command.DeregisterCluster());
        bench.send(local, "c4", new Command.DeregisterCluster());
        assertThat(bench.events())
                .extracting(e -> e.event())
                .containsExactly(new Event.ClusterRegistered(spec()), new Event.ClusterDeregistered());
        assertThat(bench.outcomes())
                .extracting(o -> o.stage())
                .containsExactly(Stage.ACCEPTED, Stage.ACCEPTED, Stage.ACCEPTED, Stage.REJECTED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "\0\0\0\u0063\u0063rubbish"})
    void what_cannot_be_decoded_goes_to_the_dead_letters_and_the_next_command_is_answered(String rubbish) {
        isADeadLetterAndTheNextOneAnswered(rubbish.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void so_does_what_ends_behind_the_id_of_its_schema() {
        var whole = bench.codecs.commands().encode(new CommandEnvelope("c1", ORDERS, "tester", CREATE));
        isADeadLetterAndTheNextOneAnswered(Arrays.copyOf(whole.value(), 5));
    }

    private void isADeadLetterAndTheNextOneAnswered(byte[] bytes) {
        var headers = new RecordHeaders();
        CloudEvent.ID.write(headers, "bad");
        bench.pipe(ORDERS.toString().getBytes(StandardCharsets.UTF_8), bytes, headers);
        bench.send(ORDERS, "c1", CREATE);

        var letter = bench.deadLetters().getFirst();
        assertThat(Bytes.wrap(letter.value())).isEqualTo(Bytes.wrap(bytes));
        assertThat(new String(letter.headers().lastHeader(DeadLetter.TOPIC).value(), StandardCharsets.UTF_8))
                .isEqualTo("signalbox.commands");
        assertThat(letter.headers().lastHeader(DeadLetter.PARTITION)).isNotNull();
        assertThat(letter.headers().lastHeader(DeadLetter.OFFSET)).isNotNull();
        assertThat(letter.headers().lastHeader(DeadLetter.REASON)).isNotNull();
        assertThat(bench.outcomes()).hasSize(1);
    }

    @Test
    void a_missing_key_value_or_id_and_a_key_that_does_not_fit_are_dead_letters() {
        var good = bench.codecs.commands().encode(new CommandEnvelope("c1", ORDERS, "tester", CREATE));
        var headers = new RecordHeaders(good.headers());
        bench.pipe(null, good.value(), headers);
        bench.pipe(good.key(), null, headers);
        bench.pipe(good.key(), good.value(), new RecordHeaders());
        bench.pipe("default/local".getBytes(StandardCharsets.UTF_8), good.value(), headers);
        bench.pipe("nonsense".getBytes(StandardCharsets.UTF_8), good.value(), headers);
        assertThat(bench.deadLetters())
                .extracting(letter -> new String(
                        letter.headers().lastHeader(DeadLetter.REASON).value(), StandardCharsets.UTF_8))
                .containsExactly(
                        "No key",
                        "No value",
                        "No ce_id header",
                        "CreateConnector does not go with the key default/local",
                        "Not a key: Not environment/cluster or environment/cluster/connector");
        assertThat(bench.events()).isEmpty();
    }

    private static ConnectorStatus running() {
        return new ConnectorStatus(RunState.RUNNING, "w:8083", "1.0", null, ConnectorType.SOURCE, List.of());
    }

    private static ClusterSpec spec() {
        return new ClusterSpec(List.of("http://localhost:8083"), null, null, ClusterSpec.Policies.DEFAULT);
    }
}
