package io.signalbox.api.dialect.confluent;

import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.ConnectorStatus;
import io.signalbox.processor.domain.RunState;
import io.signalbox.processor.domain.TargetState;

/**
 * What a connector is in, in Confluent Cloud's words. Clients wait in one state for the next one and give up at a third, so that a
 * connector is PROVISIONING until it first does what it is to do, and from then on changes between RUNNING and PAUSED without
 * anything between them: while it moves or restarts it is shown as it was.
 */
enum State {
    PROVISIONING,
    RUNNING,
    DEGRADED,
    FAILED,
    PAUSED;

    static State of(ConnectorState state) {
        var status = state.shownStatus();
        if (state.offsetsError() != null || (status != null && status.state() == RunState.FAILED)) {
            return FAILED;
        }
        if (status == null || firstOffsets(state)) {
            return PROVISIONING;
        }
        return switch (status.state()) {
            case PAUSED -> PAUSED;
            case STOPPED -> onItsFirstWay(state) ? PROVISIONING : PAUSED;
            default -> moving(state, status);
        };
    }

    private static State moving(ConnectorState state, ConnectorStatus status) {
        long failed = status.tasks().stream()
                .filter(task -> task.state() == RunState.FAILED)
                .count();
        if (failed > 0) {
            return failed == status.tasks().size() ? FAILED : DEGRADED;
        }
        if (state.observedGeneration() == 0) {
            return PROVISIONING;
        }
        return status.state() == RunState.RUNNING ? RUNNING : before(state, status);
    }

    /** It moves to another worker, or restarts. What its tasks still do tells what it did; where they do nothing, what it is to do. */
    private static State before(ConnectorState state, ConnectorStatus status) {
        boolean settled = state.generation() == state.observedGeneration();
        if (!settled && has(status, RunState.PAUSED)) {
            return PAUSED;
        }
        if (!settled && has(status, RunState.RUNNING)) {
            return RUNNING;
        }
        return state.wanted() == TargetState.RUNNING ? RUNNING : PAUSED;
    }

    private static boolean has(ConnectorStatus status, RunState task) {
        return status.tasks().stream().anyMatch(each -> each.state() == task);
    }

    /** It was created with offsets, and is stopped until they are set. */
    private static boolean firstOffsets(ConnectorState state) {
        return state.offsetsChange()
                .filter(change -> change.initial(state.uid()))
                .isPresent();
    }

    /** They are set, which is its second generation, and it is not seen to run yet. */
    private static boolean onItsFirstWay(ConnectorState state) {
        return state.offsetsChange().isEmpty()
                && state.wanted() == TargetState.RUNNING
                && state.generation() == 2
                && state.observedGeneration() < 2;
    }
}
