package io.signalbox.processor.domain;

import static io.signalbox.processor.domain.Scenario.CONFIG;
import static io.signalbox.processor.domain.Scenario.created;
import static io.signalbox.processor.domain.Scenario.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.processor.domain.Command.AlterOffsets;
import io.signalbox.processor.domain.Command.CreateConnector;
import io.signalbox.processor.domain.Command.DeleteConnector;
import io.signalbox.processor.domain.Command.PauseConnector;
import io.signalbox.processor.domain.Command.ReportOperation;
import io.signalbox.processor.domain.Command.ResetOffsets;
import io.signalbox.processor.domain.Command.ResumeConnector;
import io.signalbox.processor.domain.Command.StopConnector;
import io.signalbox.processor.domain.Event.AlterOffsetsRequested;
import io.signalbox.processor.domain.Event.ConnectorCreated;
import io.signalbox.processor.domain.Event.ConnectorDeletionRequested;
import io.signalbox.processor.domain.Event.ConnectorPaused;
import io.signalbox.processor.domain.Event.ConnectorResumed;
import io.signalbox.processor.domain.Event.ConnectorStopped;
import io.signalbox.processor.domain.Event.OffsetsAltered;
import io.signalbox.processor.domain.Event.OffsetsChangeFailed;
import io.signalbox.processor.domain.Event.OffsetsReset;
import io.signalbox.processor.domain.Event.ResetOffsetsRequested;
import org.junit.jupiter.api.Test;

/** Offsets as operations: only of what is stopped, and stopped until they are changed. */
class OffsetsDeciderTest {

    private static final String OFFSETS = "[{\"partition\":{\"filename\":\"f\"},\"offset\":{\"position\":3}}]";
    private static final String BEFORE = "[{\"partition\":{\"filename\":\"f\"},\"offset\":{\"position\":9}}]";
    private static final String INITIAL = "u1~offsets";

    private static ConnectorCreated createdWithOffsets(TargetState target) {
        return new ConnectorCreated("u1", CONFIG, target, ConnectorType.SOURCE, true, null, OFFSETS);
    }

    private static ReportOperation succeeded(String operation) {
        return new ReportOperation("u1", operation, true, "altered", null, BEFORE);
    }

    private static ReportOperation failed(String operation) {
        return new ReportOperation("u1", operation, false, "no", 500, BEFORE);
    }

    @Test
    void only_what_is_there_and_to_be_stopped_can_be_altered() {
        given().when(new AlterOffsets(OFFSETS)).thenRejected(RejectionCode.NOT_FOUND);
        given(created()).when(new AlterOffsets(OFFSETS)).thenRejected(RejectionCode.NOT_STOPPED);
        given(created(), new ConnectorPaused()).when(new ResetOffsets()).thenRejected(RejectionCode.NOT_STOPPED);
        given(created(), new ConnectorStopped(), new ConnectorDeletionRequested())
                .when(new ResetOffsets())
                .thenRejected(RejectionCode.NOT_FOUND);
    }

    @Test
    void altered_offsets_are_told_with_what_they_were_before() {
        var scenario = given(created(), new ConnectorStopped())
                .when(new AlterOffsets(OFFSETS))
                .then(new AlterOffsetsRequested("c1", OFFSETS));
        assertThat(scenario.state().operations())
                .singleElement()
                .satisfies(operation -> assertThat(operation.offsets()).isEqualTo(OFFSETS));
        scenario.when(succeeded("c1"))
                .then(new OffsetsAltered("c1", OFFSETS, BEFORE, "altered"))
                .when(succeeded("c1"))
                .thenNothing();
        assertThat(scenario.state().operations()).isEmpty();
        assertThat(scenario.state().targetState()).isEqualTo(TargetState.STOPPED);
        assertThat(scenario.state().generation()).as("nothing else is desired").isEqualTo(2);
    }

    @Test
    void a_reset_ends_with_a_word_or_with_a_failure() {
        given(created(), new ConnectorStopped())
                .when(new ResetOffsets())
                .then(new ResetOffsetsRequested("c1"))
                .when(succeeded("c1"))
                .then(new OffsetsReset("c1", BEFORE, "altered"));
        given(created(), new ConnectorStopped(), new ResetOffsetsRequested("op"))
                .when(failed("op"))
                .then(new OffsetsChangeFailed("op", 500, "no", BEFORE));
    }

    @Test
    void one_change_at_a_time() {
        given(created(), new ConnectorStopped(), new ResetOffsetsRequested("op"))
                .when(new AlterOffsets(OFFSETS))
                .thenRejected(RejectionCode.OFFSETS_BUSY);
    }

    @Test
    void a_resume_meanwhile_waits_for_the_change_whatever_becomes_of_it() {
        for (var report : new ReportOperation[] {succeeded("op"), failed("op")}) {
            var scenario = given(created(), new ConnectorStopped(), new ResetOffsetsRequested("op"))
                    .when(new ResumeConnector())
                    .then(new ConnectorResumed());
            assertThat(scenario.state().targetState()).isEqualTo(TargetState.STOPPED);
            scenario.when(new ResumeConnector()).thenNothing();
            scenario.when(new AlterOffsets(OFFSETS)).thenRejected(RejectionCode.NOT_STOPPED);
            long generation = scenario.state().generation();
            var after = scenario.when(report).state();
            assertThat(after.targetState()).isEqualTo(TargetState.RUNNING);
            assertThat(after.generation()).isEqualTo(generation + 1);
        }
    }

    @Test
    void what_is_not_stopped_can_be_held_for_the_change_and_goes_on_whatever_becomes_of_it() {
        for (var report : new ReportOperation[] {succeeded("c1"), failed("c1")}) {
            var scenario = given(created())
                    .when(new AlterOffsets(OFFSETS, true))
                    .then(new AlterOffsetsRequested("c1", OFFSETS, TargetState.RUNNING));
            assertThat(scenario.state().targetState()).isEqualTo(TargetState.STOPPED);
            assertThat(scenario.state().wanted()).isEqualTo(TargetState.RUNNING);
            assertThat(scenario.state().generation()).isEqualTo(2);
            scenario.when(new ResetOffsets(true)).thenRejected(RejectionCode.OFFSETS_BUSY);
            var after = scenario.when(report).state();
            assertThat(after.targetState()).isEqualTo(TargetState.RUNNING);
            assertThat(after.generation()).isEqualTo(3);
        }
    }

    @Test
    void what_is_paused_is_paused_again_and_what_is_stopped_stays_so() {
        var paused = given(created(), new ConnectorPaused())
                .when(new ResetOffsets(true))
                .then(new ResetOffsetsRequested("c1", TargetState.PAUSED));
        assertThat(paused.when(succeeded("c1")).state().targetState()).isEqualTo(TargetState.PAUSED);
        var stopped = given(created(), new ConnectorStopped())
                .when(new ResetOffsets(true))
                .then(new ResetOffsetsRequested("c1"));
        assertThat(stopped.when(succeeded("c1")).state().targetState()).isEqualTo(TargetState.STOPPED);
    }

    @Test
    void a_resume_that_is_taken_back_leaves_it_stopped() {
        var scenario = given(created(), new ConnectorStopped(), new ResetOffsetsRequested("op"))
                .when(new ResumeConnector())
                .when(new StopConnector())
                .then(new ConnectorStopped());
        assertThat(scenario.when(succeeded("op")).state().targetState()).isEqualTo(TargetState.STOPPED);
    }

    @Test
    void who_waits_for_a_change_is_told_when_the_connector_is_deleted() {
        var scenario = given(created(), new ConnectorStopped(), new ResetOffsetsRequested("op"))
                .when(new DeleteConnector())
                .then(
                        new ConnectorDeletionRequested(),
                        new OffsetsChangeFailed("op", 404, "Connector orders not found", null));
        assertThat(scenario.state().operations()).isEmpty();
    }

    @Test
    void what_is_created_with_offsets_stays_stopped_until_they_are_set_and_then_runs() {
        var scenario = given().when(
                        new CreateConnector(CONFIG, TargetState.RUNNING, ConnectorType.SOURCE, true, OFFSETS))
                .then(new ConnectorCreated(
                        "c1", CONFIG, TargetState.RUNNING, ConnectorType.SOURCE, true, null, OFFSETS));
        assertThat(scenario.state().targetState()).isEqualTo(TargetState.STOPPED);
        assertThat(scenario.state().wanted()).isEqualTo(TargetState.RUNNING);
        scenario.when(new ReportOperation("c1", "c1~offsets", true, "altered", null, "[]"))
                .then(new OffsetsAltered("c1~offsets", OFFSETS, "[]", "altered"));
        assertThat(scenario.state().targetState()).isEqualTo(TargetState.RUNNING);
        assertThat(scenario.state().generation()).isEqualTo(2);
    }

    @Test
    void a_pause_before_its_offsets_are_set_is_kept_for_then() {
        var scenario = given(createdWithOffsets(TargetState.RUNNING))
                .when(new PauseConnector())
                .then(new ConnectorPaused());
        assertThat(scenario.state().targetState()).isEqualTo(TargetState.STOPPED);
        assertThat(scenario.when(succeeded(INITIAL)).state().targetState()).isEqualTo(TargetState.PAUSED);
    }

    @Test
    void without_its_offsets_it_stays_stopped_and_says_why_until_somebody_decides() {
        var scenario = given(createdWithOffsets(TargetState.RUNNING)).when(failed(INITIAL));
        assertThat(scenario.state().targetState()).isEqualTo(TargetState.STOPPED);
        assertThat(scenario.state().offsetsError()).isEqualTo("no");
        scenario.when(new AlterOffsets(OFFSETS)).then(new AlterOffsetsRequested("c2", OFFSETS));
        assertThat(scenario.when(succeeded("c2")).state().offsetsError()).isNull();
        assertThat(given(createdWithOffsets(TargetState.RUNNING))
                        .when(failed(INITIAL))
                        .when(new ResumeConnector())
                        .then(new ConnectorResumed())
                        .state()
                        .offsetsError())
                .isNull();
    }

    @Test
    void what_is_to_be_stopped_anyway_stays_so_with_its_offsets() {
        var state = given(createdWithOffsets(TargetState.STOPPED))
                .when(succeeded(INITIAL))
                .state();
        assertThat(state.targetState()).isEqualTo(TargetState.STOPPED);
        assertThat(state.generation()).isEqualTo(1);
    }
}
