package io.signalbox.processor.domain;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A connector and its tasks as they were last observed on the data plane.
 *
 * @param state the connector's own state; its tasks have theirs
 * @param workerId the worker's advertised {@code host:port}
 * @param version as {@link TaskStatus#version()}
 * @param trace as {@link TaskStatus#trace()}
 * @param tasks in ascending order of their ids
 */
public record ConnectorStatus(
        RunState state, String workerId, String version, String trace, ConnectorType type, List<TaskStatus> tasks) {

    public ConnectorStatus {
        tasks = tasks.stream().sorted(Comparator.comparingInt(TaskStatus::id)).toList();
    }

    public Optional<TaskStatus> task(int id) {
        return tasks.stream().filter(task -> task.id() == id).findFirst();
    }

    ConnectorStatus withTask(TaskStatus changed) {
        var others = new java.util.ArrayList<>(
                tasks.stream().filter(task -> task.id() != changed.id()).toList());
        others.add(changed);
        return new ConnectorStatus(state, workerId, version, trace, type, others);
    }

    ConnectorStatus withoutTask(int id) {
        return new ConnectorStatus(
                state,
                workerId,
                version,
                trace,
                type,
                tasks.stream().filter(task -> task.id() != id).toList());
    }
}
