package io.signalbox.api.dialect.kafkaconnect;

import io.signalbox.processor.domain.ConnectorStatus;
import io.signalbox.processor.domain.RunState;
import io.signalbox.processor.domain.TaskStatus;

/** What a restart will do, told as the status it leads through (KIP-745). */
final class RestartPlan {

    private RestartPlan() {}

    /** @return the status with RESTARTING where something is to be restarted */
    static ConnectorStatus of(ConnectorStatus now, boolean includeTasks, boolean onlyFailed) {
        return new ConnectorStatus(
                planned(now.state(), onlyFailed),
                now.workerId(),
                now.version(),
                now.trace(),
                now.type(),
                now.tasks().stream()
                        .map(task -> includeTasks ? planned(task, onlyFailed) : task)
                        .toList());
    }

    private static TaskStatus planned(TaskStatus task, boolean onlyFailed) {
        return new TaskStatus(
                task.id(), planned(task.state(), onlyFailed), task.workerId(), task.version(), task.trace());
    }

    private static RunState planned(RunState now, boolean onlyFailed) {
        return onlyFailed && now != RunState.FAILED ? now : RunState.RESTARTING;
    }
}
