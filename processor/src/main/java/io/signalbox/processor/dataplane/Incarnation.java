package io.signalbox.processor.dataplane;

import io.signalbox.processor.domain.Config;
import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.Difference;
import io.signalbox.processor.domain.Operation;
import io.signalbox.processor.domain.Phase;
import io.signalbox.processor.domain.TargetState;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * What this replica did for one incarnation of a connector and the log does not say yet. All of it may be lost: another
 * replica looks at the data plane and finds out.
 */
final class Incarnation {

    /**
     * @param message what the data plane said; null when it succeeded without a word
     * @param status the HTTP status of a failure; null when it succeeded, or nobody answered
     * @param before the offsets before they were changed; null when they could not be read, or for a restart
     */
    record Result(boolean succeeded, String message, Integer status, String before) {
        static Result of(boolean succeeded, String message) {
            return new Result(succeeded, message, null, null);
        }
    }

    /**
     * A change of offsets that was begun here.
     *
     * @param since when the cluster has been there for it, by the reconciler's clock; null while it is away
     * @param read whether the offsets before the first attempt were read
     * @param before these offsets; null when they were not read, or are too long to be kept
     */
    record Begun(Long since, boolean read, String before) {
        static final Begun NOT = new Begun(null, false, null);
    }

    private final String uid;
    private final Reporter reports;
    private final Map<String, Result> finished = new ConcurrentHashMap<>();
    private final Map<String, Integer> attempts = new ConcurrentHashMap<>();
    private final Map<String, Begun> begun = new ConcurrentHashMap<>();
    private volatile long applied;
    private volatile Config configured;
    private final Differences differences;
    private volatile TargetState underway;
    private volatile boolean looked;

    Incarnation(ConnectorState first, Reporter reports, Timing timing) {
        uid = first.uid();
        this.reports = reports;
        differences = new Differences(reports, timing);
        underway = unseen(first);
    }

    /** What the log saw it do after its last change, and was not what was asked for, is still on its way. */
    private static TargetState unseen(ConnectorState first) {
        var otherwise = Difference.ofState(first, first.status()).state();
        boolean drifted = first.drift() != null && first.drift().difference().state() == otherwise;
        return otherwise == null || drifted ? null : first.targetState();
    }

    Differences differences() {
        return differences;
    }

    boolean of(ConnectorState state) {
        return uid.equals(state.uid());
    }

    Reporter reports() {
        return reports;
    }

    /** The last generation that was applied or found applied here; 0 for none. */
    long applied() {
        return applied;
    }

    void applied(ConnectorState desired) {
        applied = desired.generation();
        configured = desired.config();
    }

    /** The log has moved on. */
    void known(ConnectorState state) {
        if (confirmed(state)) {
            configured = state.config();
        }
    }

    /** Whether its config is known to have been on the data plane; its target state need not. */
    boolean configured(ConnectorState desired) {
        return confirmed(desired) || desired.config().equals(configured);
    }

    /** It may have been there; now it is refused, and no status may confirm it. */
    void refused() {
        applied = 0;
    }

    /** Whether it was never looked for here and nothing says that it was ever there. True once. */
    boolean brandNew(ConnectorState desired) {
        boolean first = !looked;
        looked = true;
        return first && desired.generation() == 1 && desired.observedGeneration() == 0 && desired.status() == null;
    }

    TargetState underway() {
        return underway;
    }

    void underway(TargetState target) {
        underway = target;
    }

    /** @return null when it was not run here */
    Result result(Operation operation) {
        return finished.get(operation.id());
    }

    void finished(Operation operation, Result result) {
        finished.put(operation.id(), result);
    }

    Begun begun(Operation operation) {
        return begun.getOrDefault(operation.id(), Begun.NOT);
    }

    Begun begun(Operation operation, Begun now) {
        begun.put(operation.id(), now);
        return now;
    }

    int attempt(Operation operation) {
        return attempts.merge(operation.id(), 1, Integer::sum);
    }

    /** What the log knows to be finished never comes again. */
    void forgetOperationsOutside(ConnectorState state) {
        Set<String> pending = state.operations().stream().map(Operation::id).collect(Collectors.toSet());
        finished.keySet().retainAll(pending);
        attempts.keySet().retainAll(pending);
        begun.keySet().retainAll(pending);
    }

    boolean confirmed(ConnectorState state) {
        return state.generation() <= Math.max(state.observedGeneration(), applied);
    }

    /** The part of a state that asks for work; the rest is what was observed. */
    static List<Object> wanted(ConnectorState state) {
        return List.of(
                state.phase(),
                state.generation(),
                state.replaces() == null ? "" : state.replaces(),
                state.operations().stream().map(Operation::id).toList());
    }

    /** Whether the connector itself is to become another one on the data plane; operations leave it what it is. */
    boolean changes(ConnectorState state) {
        return state.phase() == Phase.DELETING || (state.active() && (state.replaces() != null || !confirmed(state)));
    }

    /** Whether there is something to do on the data plane that this replica has not done. */
    boolean owes(ConnectorState state) {
        return changes(state)
                || (state.active() && state.operations().stream().anyMatch(operation -> result(operation) == null));
    }
}
