package io.signalbox.processor.dataplane;

import io.signalbox.processor.domain.ConnectorStatus;
import io.signalbox.processor.domain.TaskStatus;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Keeps traces within what a record can carry. A worker sets no bound: with thousands of failed tasks the status of one
 * connector can be longer than any message that Kafka takes.
 *
 * @param longest how many characters of one trace are kept
 */
record Traces(int longest) {

    static final int LONGEST = 32 * 1024;
    static final int ALL = 1024 * 1024;

    /** @param count of the connector and its tasks, each of which may have a trace */
    static Traces of(int count) {
        return new Traces(Math.min(LONGEST, ALL / Math.max(1, count)));
    }

    /** @param status null has none */
    static Set<String> in(ConnectorStatus status) {
        return status == null
                ? Set.of()
                : Stream.concat(
                                Stream.ofNullable(status.trace()),
                                status.tasks().stream().map(TaskStatus::trace))
                        .filter(Objects::nonNull)
                        .collect(Collectors.toSet());
    }

    /** For those of one status together. */
    static Traces of(ConnectorStatus status) {
        return of(1 + status.tasks().size());
    }

    /** @param change of each trace; it may give null to leave it out */
    static ConnectorStatus each(ConnectorStatus status, UnaryOperator<String> change) {
        return in(status).isEmpty()
                ? status
                : new ConnectorStatus(
                        status.state(),
                        status.workerId(),
                        status.version(),
                        status.trace() == null ? null : change.apply(status.trace()),
                        status.type(),
                        status.tasks().stream().map(task -> each(task, change)).toList());
    }

    private static TaskStatus each(TaskStatus task, UnaryOperator<String> change) {
        return task.trace() == null
                ? task
                : new TaskStatus(task.id(), task.state(), task.workerId(), task.version(), change.apply(task.trace()));
    }

    /** @return null for null */
    String bounded(String trace) {
        if (trace == null || trace.length() <= longest) {
            return trace;
        }
        int end = Character.isHighSurrogate(trace.charAt(Math.max(0, longest - 1))) ? longest - 1 : longest;
        return trace.substring(0, Math.max(0, end)) + "\n… " + (trace.length() - end) + " more characters";
    }
}
