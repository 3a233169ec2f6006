package io.signalbox.processor.domain;

import static io.signalbox.processor.domain.Scenario.CONFIG;
import static io.signalbox.processor.domain.Scenario.START;
import static io.signalbox.processor.domain.Scenario.created;
import static io.signalbox.processor.domain.Scenario.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.processor.domain.Command.ResumeConnector;
import io.signalbox.processor.domain.Command.RollbackConfig;
import io.signalbox.processor.domain.Command.UndeleteConnector;
import io.signalbox.processor.domain.Command.UndoOffsets;
import io.signalbox.processor.domain.Event.AlterOffsetsRequested;
import io.signalbox.processor.domain.Event.ConnectorConfigChanged;
import io.signalbox.processor.domain.Event.ConnectorCreated;
import io.signalbox.processor.domain.Event.ConnectorDeleted;
import io.signalbox.processor.domain.Event.ConnectorDeletionRequested;
import io.signalbox.processor.domain.Event.ConnectorFound;
import io.signalbox.processor.domain.Event.ConnectorPaused;
import io.signalbox.processor.domain.Event.ConnectorReleased;
import io.signalbox.processor.domain.Event.ConnectorStopped;
import io.signalbox.processor.domain.Event.ResetOffsetsRequested;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Going back: to a config, from a deletion, from a change of offsets. */
class ReversalDeciderTest {

    private static final Config OTHER = CONFIG.with("file", "b");
    private static final ConnectorConfigChanged CHANGED = new ConnectorConfigChanged(OTHER, ConnectorType.SOURCE, true);
    private static final String OFFSETS = "[{\"partition\":{\"filename\":\"f\"},\"offset\":{\"position\":3}}]";
    private static final long HOUR = Duration.ofHours(1).toMillis();

    /** The config of revision 1; offsets, what undoes their change, and a deletion of the first incarnation. */
    private static final Past PAST = new Past() {
        @Override
        public Optional<ConfigVersion> config(long revision) {
            return Optional.of(new ConfigVersion(CONFIG, 1, START));
        }

        @Override
        public Optional<ObservedOffsets> offsets(String uid) {
            return of(uid);
        }

        @Override
        public Optional<ObservedOffsets> undo(String uid) {
            return of(uid);
        }

        @Override
        public Optional<Instant> deletion(String uid) {
            return uid.equals("u1") ? Optional.of(START.plusSeconds(2)) : Optional.empty();
        }

        private Optional<ObservedOffsets> of(String uid) {
            return Optional.of(new ObservedOffsets("u1", OFFSETS, START))
                    .filter(offsets -> offsets.uid().equals(uid));
        }
    };

    private static RollbackConfig rollback(long revision) {
        return new RollbackConfig(revision, ConnectorType.UNKNOWN, false);
    }

    private static UndeleteConnector undelete(boolean offsets) {
        return new UndeleteConnector("u1", offsets, HOUR, ConnectorType.UNKNOWN, true);
    }

    private static Scenario deleted() {
        return given(created(), new ConnectorDeletionRequested(), new ConnectorDeleted("u1"))
                .with(PAST);
    }

    private static ConnectorCreated again(String replaces, String offsets) {
        return new ConnectorCreated(
                "c1", CONFIG, TargetState.RUNNING, ConnectorType.SOURCE, true, replaces, offsets, "u1");
    }

    @Test
    void a_rollback_is_a_new_revision_with_the_config_of_then() {
        var scenario = given(created(), CHANGED, new ConnectorPaused())
                .with(PAST)
                .when(rollback(1))
                .then(new ConnectorConfigChanged(CONFIG, ConnectorType.SOURCE, false, 1L));
        assertThat(scenario.state().config()).isEqualTo(CONFIG);
        assertThat(scenario.state().configRevision()).isEqualTo(4);
        assertThat(scenario.state().targetState())
                .as("a rollback is about the config")
                .isEqualTo(TargetState.PAUSED);
        assertThat(scenario.state().generation()).isEqualTo(4);
    }

    @Test
    void a_rollback_to_what_is_changes_nothing() {
        given(created()).with(PAST).when(rollback(1)).thenNothing();
    }

    @Test
    void only_a_revision_that_was_can_be_gone_back_to() {
        given(created(), CHANGED).with(PAST).when(rollback(3)).thenRejected(RejectionCode.UNKNOWN_REVISION);
        given(created(), CHANGED).with(PAST).when(rollback(0)).thenRejected(RejectionCode.UNKNOWN_REVISION);
        given(created(), CHANGED).when(rollback(1)).thenRejected(RejectionCode.UNKNOWN_REVISION);
        given().with(PAST).when(rollback(1)).thenRejected(RejectionCode.NOT_FOUND);
        deleted().when(rollback(1)).thenRejected(RejectionCode.NOT_FOUND);
    }

    @Test
    void an_undeleted_connector_has_its_config_its_target_state_and_its_offsets_again() {
        var scenario = deleted().when(undelete(true)).then(again(null, OFFSETS));
        assertThat(scenario.state().targetState())
                .as("until its offsets are set")
                .isEqualTo(TargetState.STOPPED);
        assertThat(scenario.state().wanted()).isEqualTo(TargetState.RUNNING);
        assertThat(scenario.state().uid()).isEqualTo("c1");
        assertThat(scenario.state().revision()).isEqualTo(4);
    }

    @Test
    void what_was_to_be_paused_is_to_be_paused_again() {
        var state = given(
                        created(), new ConnectorPaused(), new ConnectorDeletionRequested(), new ConnectorDeleted("u1"))
                .with(PAST)
                .when(undelete(false))
                .state();
        assertThat(state.targetState()).isEqualTo(TargetState.PAUSED);
        assertThat(state.active()).isTrue();
    }

    @Test
    void offsets_can_be_left_as_the_data_plane_has_them() {
        deleted().when(undelete(false)).then(again(null, null));
    }

    @Test
    void one_that_is_still_being_removed_is_removed_first_and_keeps_the_offsets_that_are_there() {
        given(created(), new ConnectorDeletionRequested())
                .with(PAST)
                .when(undelete(true))
                .then(new ConnectorDeleted("u1"), again("u1", null));
    }

    @Test
    void only_what_was_deleted_can_be_undeleted() {
        given().when(undelete(true)).thenRejected(RejectionCode.NOT_FOUND);
        given(created()).with(PAST).when(undelete(true)).thenRejected(RejectionCode.NOT_DELETED);
        given(created(), new ConnectorReleased("u1")).when(undelete(true)).thenRejected(RejectionCode.NOT_DELETED);
    }

    @Test
    void a_name_that_is_used_again_is_taken() {
        deleted()
                .when(new Command.CreateConnector(OTHER, TargetState.RUNNING, ConnectorType.SOURCE, true))
                .when(undelete(true))
                .thenRejected(RejectionCode.ALREADY_EXISTS);
        given(
                        created(),
                        new ConnectorDeletionRequested(),
                        new ConnectorDeleted("u1"),
                        new ConnectorFound("f1", OTHER, TargetState.RUNNING, ConnectorType.SOURCE))
                .with(PAST)
                .when(undelete(true))
                .thenRejected(RejectionCode.ALREADY_EXISTS);
    }

    @Test
    void a_deletion_is_final_after_its_time_by_the_logs_clock() {
        // Deleted one second before the last event.
        deleted().after(Duration.ofMillis(HOUR - 1_000)).when(undelete(true)).then(again(null, OFFSETS));
        deleted().after(Duration.ofMillis(HOUR)).when(undelete(true)).thenRejected(RejectionCode.EXPIRED);
    }

    @Test
    void an_undone_change_of_offsets_is_a_change_of_offsets() {
        var scenario = given(created(), new ConnectorStopped())
                .with(PAST)
                .when(new UndoOffsets())
                .then(new AlterOffsetsRequested("c1", OFFSETS));
        assertThat(scenario.state().offsetsChange()).isPresent();
        scenario.when(new UndoOffsets()).thenRejected(RejectionCode.OFFSETS_BUSY);
    }

    @Test
    void an_undo_needs_something_to_undo_and_what_every_change_of_offsets_needs() {
        given().when(new UndoOffsets()).thenRejected(RejectionCode.NOT_FOUND);
        given(created(), new ConnectorStopped()).when(new UndoOffsets()).thenRejected(RejectionCode.NOTHING_TO_UNDO);
        given(created()).with(PAST).when(new UndoOffsets()).thenRejected(RejectionCode.NOT_STOPPED);
        given(created(), new ConnectorStopped(), new ResetOffsetsRequested("op"))
                .with(PAST)
                .when(new ResumeConnector())
                .when(new UndoOffsets())
                .thenRejected(RejectionCode.NOT_STOPPED);
    }
}
