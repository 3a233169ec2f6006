package io.signalbox.api.dialect.redpanda;

import io.signalbox.processor.dataplane.RootCause;
import io.signalbox.processor.domain.ConnectorStatus;
import io.signalbox.processor.domain.RunState;
import io.signalbox.processor.domain.TaskStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What is wrong with a connector, as an entry of {@code errors}. */
record Problem(String title, String content) {

    /** @return one for the connector, if it does not do what it should, and one for each task that failed */
    static List<Problem> of(String connector, ConnectorStatus status) {
        List<Problem> problems = new ArrayList<>();
        var state = HolisticState.of(status);
        String cause = RootCause.of(status.trace());
        if (state == HolisticState.UNHEALTHY || state == HolisticState.DEGRADED) {
            String word = state.name().toLowerCase(Locale.ROOT);
            problems.add(new Problem(
                    "Connector " + connector + " is " + word, cause == null ? inGeneral(connector, status) : cause));
        } else if (cause != null) {
            problems.add(new Problem("Connector " + connector + " has a trace", cause));
        }
        for (TaskStatus task : status.tasks()) {
            if (task.state() == RunState.FAILED) {
                String why = RootCause.of(task.trace());
                problems.add(new Problem(
                        "Connector " + connector + " task " + task.id() + " failed",
                        why == null
                                ? "Task " + task.id() + " is in state FAILED, and the worker does not say why"
                                : why));
            }
        }
        return problems;
    }

    private static String inGeneral(String connector, ConnectorStatus status) {
        int tasks = status.tasks().size();
        long failed = HolisticState.count(status, RunState.FAILED);
        if (status.state() == RunState.FAILED) {
            return "Connector " + connector + " is in state FAILED";
        }
        if (tasks == 0) {
            return "Connector " + connector + " has no tasks";
        }
        return failed == tasks
                ? "All " + tasks + " tasks of connector " + connector + " failed"
                : failed + " of " + tasks + " tasks of connector " + connector + " failed";
    }
}
