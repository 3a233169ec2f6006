package io.signalbox.api.dialect.confluent;

import io.signalbox.processor.dataplane.RootCause;
import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.RunState;
import io.signalbox.processor.domain.TaskStatus;
import java.util.List;
import java.util.Optional;

/** What is wrong with a connector, as far as its workers say. */
final class Trouble {

    private Trouble() {}

    /** @return the stack trace that says why it does not run; the connector's own, or else that of the first task that has one */
    static Optional<String> stackTrace(ConnectorState state) {
        var status = state.shownStatus();
        if (status == null) {
            return Optional.empty();
        }
        return told(status.trace())
                .or(() -> failed(state).stream()
                        .flatMap(task -> told(task.trace()).stream())
                        .findFirst());
    }

    /** @return the same for people: of tasks a line each, with the root cause; empty when nothing is wrong */
    static String text(ConnectorState state) {
        var status = state.shownStatus();
        if (status == null) {
            return "";
        }
        return told(status.trace())
                .orElseGet(() -> String.join(
                        "\n",
                        failed(state).stream()
                                .map(task -> "Task " + task.id() + " failed: "
                                        + told(task.trace()).map(RootCause::of).orElse("the worker does not say why"))
                                .toList()));
    }

    /** @return the root causes, each once */
    static List<String> causes(ConnectorState state) {
        var status = state.shownStatus();
        if (status == null) {
            return List.of();
        }
        return told(status.trace())
                .map(trace -> List.of(RootCause.of(trace)))
                .orElseGet(() -> failed(state).stream()
                        .flatMap(task -> told(task.trace()).stream())
                        .map(RootCause::of)
                        .distinct()
                        .toList());
    }

    private static List<TaskStatus> failed(ConnectorState state) {
        return state.shownStatus().tasks().stream()
                .filter(task -> task.state() == RunState.FAILED)
                .toList();
    }

    private static Optional<String> told(String trace) {
        return Optional.ofNullable(trace).filter(text -> !text.isBlank());
    }
}
