package io.signalbox.processor.dataplane.pipeline;

import io.signalbox.processor.dataplane.RootCause;
import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.ConnectorStatus;
import io.signalbox.processor.domain.Phase;
import io.signalbox.processor.domain.RunState;
import io.signalbox.processor.domain.TargetState;
import io.signalbox.processor.domain.TaskStatus;
import java.util.Optional;

/** What a connector of a pipeline is seen to be. */
final class Sighting {

    private Sighting() {}

    /** Whether the log has it as its own, wanted. */
    static boolean there(ConnectorState state) {
        return state != null && state.phase() == Phase.ACTIVE;
    }

    /** Whether nothing of it is left for the log to see to. */
    static boolean gone(ConnectorState state) {
        return state == null || state.phase() == Phase.DELETED || state.phase() == Phase.FOUND;
    }

    static boolean stopped(ConnectorState state) {
        boolean confirmed = state.observedGeneration() == state.generation();
        return state.targetState() == TargetState.STOPPED
                && confirmed
                && state.status() != null
                && state.status().state() == RunState.STOPPED;
    }

    /** It is as it is desired, and all of it runs. */
    static boolean running(ConnectorState state) {
        return there(state)
                && state.observedGeneration() == state.generation()
                && state.targetState() == TargetState.RUNNING
                && state.status() != null
                && state.status().state() == RunState.RUNNING
                && !state.status().tasks().isEmpty()
                && state.status().tasks().stream().allMatch(task -> task.state() == RunState.RUNNING);
    }

    /** Whether the data plane does not take it as it is desired: running it again changes nothing. */
    static boolean refused(ConnectorState state) {
        return state.applyError() != null && state.applyError().generation() == state.generation();
    }

    /** @return why it fails, in one line; empty when it does not */
    static Optional<String> trouble(ConnectorState state) {
        if (!there(state)) {
            return Optional.empty();
        }
        if (refused(state)) {
            return Optional.of(cause(state.applyError().message(), "the worker does not take it"));
        }
        ConnectorStatus status = state.status();
        if (status == null) {
            return Optional.empty();
        }
        if (status.state() == RunState.FAILED) {
            return Optional.of(cause(status.trace(), "the connector failed"));
        }
        for (TaskStatus task : status.tasks()) {
            if (task.state() == RunState.FAILED) {
                return Optional.of(cause(task.trace(), "task " + task.id() + " failed"));
            }
        }
        return Optional.empty();
    }

    private static String cause(String trace, String none) {
        String root = RootCause.of(trace);
        return root == null ? none : root;
    }
}
