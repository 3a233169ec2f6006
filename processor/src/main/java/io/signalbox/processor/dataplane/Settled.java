package io.signalbox.processor.dataplane;

import io.signalbox.processor.domain.ConnectorStatus;
import io.signalbox.processor.domain.RunState;
import io.signalbox.processor.domain.TargetState;

/** Whether a change has run its course. Pure. */
final class Settled {

    private Settled() {}

    /** @param patient whether a running connector without tasks may still get some */
    static boolean settled(TargetState target, ConnectorStatus status, boolean patient) {
        if (status.state() == RunState.FAILED) {
            return true;
        }
        if (!status.state().name().equals(target.name())) {
            return false;
        }
        return switch (target) {
            case RUNNING -> status.tasks().isEmpty() ? !patient : tasksAre(status, RunState.RUNNING);
            case PAUSED -> tasksAre(status, RunState.PAUSED);
            case STOPPED -> status.tasks().isEmpty();
        };
    }

    private static boolean tasksAre(ConnectorStatus status, RunState state) {
        return status.tasks().stream().allMatch(task -> task.state() == state || task.state() == RunState.FAILED);
    }
}
