package io.signalbox.processor.domain;

import java.util.stream.Collectors;

/** What an event says beside its type, in one line without control characters. No value of a config. */
final class Summary {

    private static final int LONGEST = 300;

    private Summary() {}

    /** @return null when the type says it all */
    static String of(Event.OfConnector event) {
        return switch (event) {
            case Event.ConnectorCreated e -> e.undeletes() == null ? null : line("undeleted " + e.undeletes());
            case Event.ConnectorConfigChanged e ->
                e.rolledBackTo() == null ? null : "rolled back to revision " + e.rolledBackTo();
            case Event.RestartRequested e -> e.task() == null ? null : "task " + e.task();
            case Event.OperationEnded e -> line(e.message());
            case Event.ConnectorReconciled e -> "generation " + e.generation();
            case Event.ConnectorRefused e -> line("generation " + e.generation() + ": " + e.message());
            case Event.ConnectorStateChanged e -> change(e.previous(), e.state());
            case Event.TaskStateChanged e -> "task " + e.task() + ": " + change(e.previous(), e.state());
            case Event.TaskFailed e -> line("task " + e.task() + ": " + (e.trace() == null ? "" : e.trace()));
            case Event.TaskRemoved e -> "task " + e.task();
            case Event.DriftDetected e -> drift(e.difference());
            case Event.ConnectorResealed e -> line(resealed(e.after()));
            default -> null;
        };
    }

    private static String change(RunState from, RunState to) {
        return from == null ? to.name() : from + " to " + to;
    }

    private static String drift(Difference difference) {
        if (difference.absent()) {
            return "absent";
        }
        String keys = difference.config().stream()
                .map(ConfigDifference::key)
                .collect(Collectors.joining(", ", "config ", ""));
        boolean config = !difference.config().isEmpty();
        String state = difference.state() == null ? "" : difference.state().name();
        return line(state + (config && !state.isEmpty() ? ", " : "") + (config ? keys : ""));
    }

    private static String resealed(Config after) {
        String keys = after.values().values().stream()
                .map(text -> Sealed.keyId(text).orElse("?"))
                .distinct()
                .collect(Collectors.joining(", "));
        return "re-sealed with key " + keys + ", not changed: "
                + String.join(", ", after.values().keySet());
    }

    /** The first line. */
    private static String line(String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        String first = text.lines().findFirst().orElse("").strip().replaceAll("\\p{Cntrl}", " ");
        return first.length() > LONGEST ? first.substring(0, LONGEST) + "…" : first;
    }
}
