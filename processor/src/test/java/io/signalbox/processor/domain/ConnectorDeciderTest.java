package io.signalbox.processor.domain;

import static io.signalbox.processor.domain.Scenario.CONFIG;
import static io.signalbox.processor.domain.Scenario.created;
import static io.signalbox.processor.domain.Scenario.given;
import static io.signalbox.processor.domain.Scenario.running;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.processor.domain.Command.CreateConnector;
import io.signalbox.processor.domain.Command.DeleteConnector;
import io.signalbox.processor.domain.Command.PatchConfig;
import io.signalbox.processor.domain.Command.PauseConnector;
import io.signalbox.processor.domain.Command.PutConfig;
import io.signalbox.processor.domain.Command.RestartConnector;
import io.signalbox.processor.domain.Command.RestartTask;
import io.signalbox.processor.domain.Command.ResumeConnector;
import io.signalbox.processor.domain.Command.StopConnector;
import io.signalbox.processor.domain.Event.ConnectorConfigChanged;
import io.signalbox.processor.domain.Event.ConnectorCreated;
import io.signalbox.processor.domain.Event.ConnectorDeleted;
import io.signalbox.processor.domain.Event.ConnectorDeletionRequested;
import io.signalbox.processor.domain.Event.ConnectorPaused;
import io.signalbox.processor.domain.Event.ConnectorResumed;
import io.signalbox.processor.domain.Event.ConnectorStopped;
import io.signalbox.processor.domain.Event.RestartRequested;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConnectorDeciderTest {

    private static final Config OTHER = CONFIG.with("topic", "orders");

    private static CreateConnector create(TargetState initial) {
        return new CreateConnector(CONFIG, initial, ConnectorType.SOURCE, true);
    }

    private static PutConfig put(Config config) {
        return new PutConfig(config, ConnectorType.SOURCE, true);
    }

    private static ConnectorCreated createdBy(String command, TargetState target, String replaces) {
        return new ConnectorCreated(command, CONFIG, target, ConnectorType.SOURCE, true, replaces);
    }

    @Test
    void a_new_name_is_created_with_its_initial_state_and_the_commands_id() {
        var state = given().when(create(TargetState.PAUSED))
                .then(createdBy("c1", TargetState.PAUSED, null))
                .state();
        assertThat(state.uid()).isEqualTo("c1");
        assertThat(state.targetState()).isEqualTo(TargetState.PAUSED);
        assertThat(state.generation()).isEqualTo(1);
        assertThat(state.observedGeneration()).isZero();
        assertThat(state.revision()).isEqualTo(1);
    }

    @Test
    void the_config_always_holds_the_name() {
        var nameless = Config.of(Map.of("connector.class", "FileStreamSource"));
        given().when(new CreateConnector(nameless, TargetState.RUNNING, ConnectorType.SOURCE, true))
                .then(createdBy("c1", TargetState.RUNNING, null));
    }

    @Test
    void a_name_in_use_is_refused_and_nothing_changes() {
        var before = given(created()).state();
        var after = given(created()).when(create(TargetState.RUNNING)).thenRejected(RejectionCode.ALREADY_EXISTS);
        assertThat(after.state()).isEqualTo(before);
    }

    @Test
    void put_creates_what_is_not_there() {
        given().when(put(CONFIG)).then(createdBy("c1", TargetState.RUNNING, null));
    }

    @Test
    void put_replaces_the_config_and_leaves_the_target_state() {
        var state = given(created(), new ConnectorPaused())
                .when(put(OTHER))
                .then(new ConnectorConfigChanged(OTHER, ConnectorType.SOURCE, true))
                .state();
        assertThat(state.targetState()).isEqualTo(TargetState.PAUSED);
        assertThat(state.generation()).isEqualTo(3);
        assertThat(state.configRevision()).isEqualTo(3);
    }

    @Test
    void an_identical_put_changes_nothing() {
        given(created()).when(put(CONFIG)).thenNothing();
    }

    @Test
    void patch_merges_and_null_removes() {
        Map<String, String> patch = new HashMap<>();
        patch.put("topic", null);
        patch.put("file", "a.txt");
        given(created(), new ConnectorConfigChanged(OTHER, ConnectorType.SOURCE, true))
                .when(new PatchConfig(patch, ConnectorType.SOURCE, false, null))
                .then(new ConnectorConfigChanged(CONFIG.with("file", "a.txt"), ConnectorType.SOURCE, false));
    }

    @Test
    void patch_cannot_rename() {
        given(created())
                .when(new PatchConfig(Map.of("name", "other"), ConnectorType.SOURCE, true, null))
                .thenNothing();
    }

    @Test
    void a_patch_validated_against_an_older_config_is_refused() {
        given(created(), new ConnectorConfigChanged(OTHER, ConnectorType.SOURCE, true))
                .when(new PatchConfig(Map.of("file", "a.txt"), ConnectorType.SOURCE, true, 1L))
                .thenRejected(RejectionCode.STALE_REVISION);
    }

    @Test
    void pause_resume_and_stop_move_the_target_once() {
        given(created())
                .when(new PauseConnector())
                .then(new ConnectorPaused())
                .when(new PauseConnector())
                .thenNothing()
                .when(new ResumeConnector())
                .then(new ConnectorResumed())
                .when(new StopConnector())
                .then(new ConnectorStopped())
                .when(new StopConnector())
                .thenNothing();
    }

    @Test
    void what_does_not_exist_is_not_found() {
        given().when(new PauseConnector())
                .thenRejected(RejectionCode.NOT_FOUND)
                .when(new DeleteConnector())
                .thenRejected(RejectionCode.NOT_FOUND)
                .when(new RestartConnector(true, false))
                .thenRejected(RejectionCode.NOT_FOUND)
                .when(new RestartTask(0))
                .thenRejected(RejectionCode.NOT_FOUND)
                .when(new PatchConfig(Map.of(), ConnectorType.UNKNOWN, true, null))
                .thenRejected(RejectionCode.NOT_FOUND);
    }

    @Test
    void a_deleted_connector_is_deleting_until_it_is_observed_absent() {
        var scenario = given(created()).when(new DeleteConnector()).then(new ConnectorDeletionRequested());
        assertThat(scenario.state().phase()).isEqualTo(Phase.DELETING);
        scenario.when(new DeleteConnector()).thenRejected(RejectionCode.NOT_FOUND);
        scenario.when(new Command.ReportAbsent("u1")).then(new ConnectorDeleted("u1"));
        assertThat(scenario.state().phase()).isEqualTo(Phase.DELETED);
        scenario.when(new Command.ReportAbsent("u1")).thenNothing();
    }

    @Test
    void a_name_used_again_goes_on_with_its_revisions() {
        var state = given(created(), new ConnectorDeletionRequested(), new ConnectorDeleted("u1"))
                .when(create(TargetState.RUNNING))
                .then(createdBy("c1", TargetState.RUNNING, null))
                .state();
        assertThat(state.revision()).isEqualTo(4);
        assertThat(state.generation()).isEqualTo(1);
        assertThat(state.status()).isNull();
    }

    @Test
    void a_name_used_again_while_deleting_waits_for_the_earlier_one_to_be_gone() {
        var scenario = given(created(), new ConnectorDeletionRequested())
                .when(create(TargetState.RUNNING))
                .then(new ConnectorDeleted("u1"), createdBy("c1", TargetState.RUNNING, "u1"));
        assertThat(scenario.state().replaces()).isEqualTo("u1");
        scenario.when(new Command.ReportAbsent("u1")).then(new Event.PredecessorRemoved("u1"));
        assertThat(scenario.state().replaces()).isNull();
        assertThat(scenario.state().active()).isTrue();
    }

    @Test
    void restarting_tasks_needs_a_status_to_plan_with() {
        given(created())
                .when(new RestartConnector(true, false))
                .thenRejected(RejectionCode.NO_STATUS)
                .when(new RestartConnector(false, false))
                .then(new RestartRequested("c2", null, false, false));
    }

    @Test
    void an_unknown_task_cannot_be_restarted() {
        given(created())
                .when(new Command.ReportStatus("u1", 1L, running(2)))
                .when(new RestartTask(2))
                .thenRejected(RejectionCode.UNKNOWN_TASK)
                .when(new RestartTask(1))
                .then(new RestartRequested("c3", 1, false, false));
    }

    @Test
    void a_command_is_taken_only_as_long_as_its_precondition_holds() {
        var now = given(createdBy("c0", TargetState.RUNNING, null), new ConnectorPaused())
                .state();
        assertThat(decide(now, Set.of("2"), null)).isInstanceOf(Decision.Accepted.class);
        assertThat(decide(now, Set.of("config-1"), null)).isInstanceOf(Decision.Accepted.class);
        assertThat(decide(now, Set.of("7", "*"), null)).isInstanceOf(Decision.Accepted.class);
        assertThat(decide(now, Set.of("1"), null)).isEqualTo(failed("is at revision 2, its config at 1"));
        assertThat(decide(now, Set.of("config-2"), null)).isInstanceOf(Decision.Rejected.class);
        assertThat(decide(now, Set.of(), null)).isInstanceOf(Decision.Rejected.class);
        assertThat(decide(now, null, Set.of("*"))).isInstanceOf(Decision.Rejected.class);
        assertThat(decide(now, null, Set.of("1"))).isInstanceOf(Decision.Accepted.class);
        assertThat(decide(null, Set.of("*"), null)).isEqualTo(failed("does not exist"));
        assertThat(decide(null, null, Set.of("*"))).isInstanceOf(Decision.Accepted.class);
    }

    private static Decision decide(ConnectorState now, Set<String> anyOf, Set<String> noneOf) {
        var key = new ClusterKey("default", "local").connector("orders");
        var command = put(OTHER);
        return ConnectorDecider.decide(
                now,
                new CommandEnvelope("c9", key, "me", command, new Precondition(anyOf, noneOf)),
                command,
                Scenario.START);
    }

    private static Decision failed(String state) {
        return Decision.reject(
                RejectionCode.PRECONDITION_FAILED, "Connector orders " + state + ": it is not as the request requires");
    }

    @Test
    void one_that_is_released_is_nobodys_and_its_name_is_free() {
        var scenario = given(created()).when(new Command.ReleaseConnector());
        scenario.then(new Event.ConnectorReleased(scenario.state().uid()));
        assertThat(scenario.state().phase()).isEqualTo(Phase.DELETED);
        scenario.when(new Command.ReleaseConnector()).thenRejected(RejectionCode.NOT_FOUND);
        scenario.when(create(TargetState.RUNNING));
        assertThat(scenario.state().replaces())
                .as("nothing is to be removed first")
                .isNull();
    }
}
