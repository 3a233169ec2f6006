package io.signalbox.processor.model;

import io.signalbox.processor.domain.ApplyError;
import io.signalbox.processor.domain.Command;
import io.signalbox.processor.domain.CommandEnvelope;
import io.signalbox.processor.domain.Config;
import io.signalbox.processor.domain.ConnectorKey;
import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.ConnectorStatus;
import io.signalbox.processor.domain.ConnectorType;
import io.signalbox.processor.domain.Drift;
import io.signalbox.processor.domain.Event;
import io.signalbox.processor.domain.Operation;
import io.signalbox.processor.domain.Phase;
import io.signalbox.processor.domain.Precondition;
import io.signalbox.processor.domain.RejectionCode;
import io.signalbox.processor.domain.TargetState;
import io.signalbox.processor.domain.TaskStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The model: one connector by the documented rules, as variables that are changed in place. What happens to it and what is
 * told of it are written side by side, once for each thing that can happen; the code under test keeps rules and fold apart
 * and has neither variables nor this order of things. They share the words only.
 */
public final class Reference {

    static final String NAME = "orders";

    /**
     * What the log makes of a command.
     *
     * @param code null when it is accepted
     */
    public record Expected(RejectionCode code, List<Event> events) {}

    private static final class Refused extends Exception {
        private final transient RejectionCode code;

        Refused(RejectionCode code) {
            this.code = code;
        }
    }

    /** Work under way. */
    private record Work(
            Operation.Kind kind,
            Integer task,
            boolean tasks,
            boolean failed,
            String offsets,
            boolean first,
            Instant at) {
        boolean onOffsets() {
            return kind != Operation.Kind.RESTART;
        }
    }

    final ConnectorKey key;
    Phase phase;
    String uid;
    String replaces;
    TargetState target;
    /** What was asked for while a change of offsets holds it stopped. */
    TargetState later;

    static final String KEEP = "********";
    Map<String, String> config;
    ConnectorType type;
    boolean validated;
    boolean adopted;
    long revision;
    long configRevision;
    long generation;
    long observed;
    Map<String, Work> operations = new LinkedHashMap<>();
    ApplyError refusal;
    String offsetsError;
    ConnectorStatus seen;
    Drift drift;
    Instant born;
    Instant last;

    private List<Event> told = new ArrayList<>();
    private Instant now;

    public Reference(ConnectorKey key) {
        this.key = key;
    }

    public static ConnectorKey key(String connector) {
        return new ConnectorKey("default", "local", connector);
    }

    public ConnectorKey key() {
        return key;
    }

    /** Takes the command. */
    public Expected ask(CommandEnvelope asked, Instant at) {
        told = new ArrayList<>();
        now = at;
        try {
            requireTags(asked.precondition());
            take(asked.command(), asked.id());
        } catch (Refused e) {
            return new Expected(e.code, List.of());
        }
        return new Expected(null, told);
    }

    private void requireTags(Precondition required) throws Refused {
        Set<String> has = wanted() ? Set.of("*", revision + "", "config-" + configRevision) : Set.of();
        if (required.anyOf() != null) {
            var some = new HashSet<>(required.anyOf());
            some.retainAll(has);
            refuseIf(some.isEmpty(), RejectionCode.PRECONDITION_FAILED);
        }
        if (required.noneOf() != null) {
            var some = new HashSet<>(required.noneOf());
            some.retainAll(has);
            refuseIf(!some.isEmpty(), RejectionCode.PRECONDITION_FAILED);
        }
    }

    private void take(Command command, String id) throws Refused {
        switch (command) {
            case Command.CreateConnector c -> {
                refuseIf(wanted(), RejectionCode.ALREADY_EXISTS);
                begin(id, kept(c.config()), c.initialState(), c.type(), c.validated(), c.offsets());
            }
            case Command.PutConfig c -> {
                if (wanted()) {
                    reconfigure(kept(c.config().values()), c.type(), c.validated());
                } else {
                    begin(
                            id,
                            kept(c.config()),
                            phase == Phase.FOUND ? target : TargetState.RUNNING,
                            c.type(),
                            c.validated(),
                            null);
                }
            }
            case Command.PatchConfig c -> {
                requireWanted();
                refuseIf(
                        c.ifConfigRevision() != null && c.ifConfigRevision().longValue() != configRevision,
                        RejectionCode.STALE_REVISION);
                var patched = new TreeMap<>(config);
                patched.putAll(kept(c.patch()));
                patched.values().removeIf(value -> value == null);
                reconfigure(patched, c.type(), c.validated());
            }
            case Command.PauseConnector c -> aim(TargetState.PAUSED, new Event.ConnectorPaused());
            case Command.ResumeConnector c -> aim(TargetState.RUNNING, new Event.ConnectorResumed());
            case Command.StopConnector c -> aim(TargetState.STOPPED, new Event.ConnectorStopped());
            case Command.DeleteConnector c -> {
                requireWanted();
                tell(new Event.ConnectorDeletionRequested());
                desiredChanges();
                phase = Phase.DELETING;
                drift = null;
                String change = changeOfOffsets();
                if (change != null) {
                    nothingCameOf(change, 404, "Connector " + key.connector() + " not found", null);
                }
            }
            case Command.ReleaseConnector c -> {
                requireWanted();
                String change = changeOfOffsets();
                tell(new Event.ConnectorReleased(uid));
                gone();
                if (change != null) {
                    tell(new Event.OffsetsChangeFailed(
                            change, 404, "Connector " + key.connector() + " not found", null));
                }
            }
            case Command.RestartConnector c -> {
                requireWanted();
                refuseIf(seen == null && (c.includeTasks() || c.onlyFailed()), RejectionCode.NO_STATUS);
                tell(new Event.RestartRequested(id, null, c.includeTasks(), c.onlyFailed()));
                work(id, new Work(Operation.Kind.RESTART, null, c.includeTasks(), c.onlyFailed(), null, false, now));
            }
            case Command.RestartTask c -> {
                requireWanted();
                refuseIf(!tasks(seen).containsKey(c.task()), RejectionCode.UNKNOWN_TASK);
                tell(new Event.RestartRequested(id, c.task(), false, false));
                work(id, new Work(Operation.Kind.RESTART, c.task(), false, false, null, false, now));
            }
            case Command.AlterOffsets c -> {
                var then = afterwards(c.hold());
                tell(new Event.AlterOffsetsRequested(id, c.offsets(), then));
                hold(then);
                work(id, new Work(Operation.Kind.ALTER_OFFSETS, null, false, false, c.offsets(), false, now));
            }
            case Command.ResetOffsets c -> {
                var then = afterwards(c.hold());
                tell(new Event.ResetOffsetsRequested(id, then));
                hold(then);
                work(id, new Work(Operation.Kind.RESET_OFFSETS, null, false, false, null, false, now));
            }
            // They need what the stores know of the past, and have tests of their own: ReversalDeciderTest and
            // HistoryIT.
            case Command.RollbackConfig c -> throw new IllegalArgumentException("Goes back");
            case Command.UndeleteConnector c -> throw new IllegalArgumentException("Goes back");
            case Command.UndoOffsets c -> throw new IllegalArgumentException("Goes back");
            case Command.Report report -> {
                if (phase != null && phase != Phase.DELETED) {
                    hear(report);
                }
            }
            case Command.ReportFound found -> find(id, found);
            case Command.OfCluster c -> throw new IllegalArgumentException("Not about a connector");
            case Command.OfAccessKey c -> throw new IllegalArgumentException("Not about a connector");
            case Command.OfSecret c -> throw new IllegalArgumentException("Not about a connector");
            case Command.OfQuota c -> throw new IllegalArgumentException("Not about a connector");
            case Command.OfPipeline c -> throw new IllegalArgumentException("Not about a connector");
            case Command.OfPlaces c -> throw new IllegalArgumentException("Not asked for");
        }
    }

    // What callers ask for.

    private Config kept(Config given) throws Refused {
        return Config.of(kept(given.values()));
    }

    /** Asterisks are what is there, if it is a secret. */
    private Map<String, String> kept(Map<String, String> given) throws Refused {
        Map<String, String> kept = new TreeMap<>(given);
        for (String name : given.keySet()) {
            if (KEEP.equals(given.get(name))) {
                String there = wanted() || phase == Phase.FOUND ? config.get(name) : null;
                refuseIf(there == null || !there.startsWith("sealed:"), RejectionCode.NOTHING_TO_KEEP);
                kept.put(name, there);
            }
        }
        return kept;
    }

    private void begin(String id, Config with, TargetState first, ConnectorType as, boolean checked, String offsets) {
        String before = phase == Phase.DELETING ? uid : null;
        if (before != null) {
            tell(new Event.ConnectorDeleted(before));
        }
        tell(new Event.ConnectorCreated(id, named(with.values()), first, as, checked, before, offsets));
        fresh(id, Phase.ACTIVE, with, as);
        replaces = before;
        validated = checked;
        if (offsets == null) {
            target = first;
        } else {
            target = TargetState.STOPPED;
            later = first == TargetState.STOPPED ? null : first;
            work(id + "~offsets", new Work(Operation.Kind.ALTER_OFFSETS, null, false, false, offsets, true, now));
        }
    }

    private void fresh(String id, Phase as, Config with, ConnectorType kind) {
        uid = id;
        phase = as;
        config = new TreeMap<>(named(with.values()).values());
        configRevision = revision;
        type = kind;
        generation = 1;
        observed = 0;
        replaces = null;
        later = null;
        adopted = false;
        operations = new LinkedHashMap<>();
        refusal = null;
        offsetsError = null;
        seen = null;
        drift = null;
        born = now;
    }

    private void reconfigure(Map<String, String> to, ConnectorType as, boolean checked) {
        var named = new TreeMap<>(to);
        named.put("name", key.connector());
        if (!named.equals(config)) {
            tell(new Event.ConnectorConfigChanged(Config.of(named), as, checked));
            desiredChanges();
            config = named;
            configRevision = revision;
            type = as;
            validated = checked;
        }
    }

    private void aim(TargetState to, Event event) throws Refused {
        requireWanted();
        boolean held = changeOfOffsets() != null;
        if (to != (held && later != null ? later : target)) {
            tell(event);
            desiredChanges();
            offsetsError = null;
            if (held) {
                later = to == TargetState.STOPPED ? null : to;
            } else {
                target = to;
            }
        }
    }

    private void desiredChanges() {
        generation++;
        refusal = null;
    }

    // What drivers report.

    private void hear(Command.Report report) {
        boolean ours = report.uid().equals(uid);
        boolean live = ours && wanted();
        switch (report) {
            case Command.ReportAbsent r -> {
                if (r.uid().equals(replaces)) {
                    tell(new Event.PredecessorRemoved(replaces));
                    replaces = null;
                } else if (ours && !wanted()) {
                    tell(new Event.ConnectorDeleted(uid));
                    gone();
                }
            }
            case Command.ReportOffsets r -> {
                if (ours) {
                    tell(new Event.OffsetsObserved(r.offsets()));
                }
            }
            case Command.ReportStatus r -> {
                if (live) {
                    reached(r.generation());
                    see(r.status());
                }
            }
            case Command.ReportRefused r -> {
                var said = new ApplyError(r.generation(), r.worker(), r.message());
                if (live && r.generation() == generation && !said.equals(refusal)) {
                    tell(new Event.ConnectorRefused(r.generation(), r.worker(), r.message()));
                    refusal = said;
                }
            }
            case Command.ReportOperation r -> {
                if (live && operations.containsKey(r.operationId())) {
                    ended(r);
                }
            }
            case Command.ReportDrift r -> {
                boolean settled = generation == observed && r.generation() == generation;
                boolean told = drift != null && drift.difference().equals(r.difference());
                if (live && settled && !told && !r.difference().none()) {
                    tell(new Event.DriftDetected(generation, r.difference()));
                    drift = new Drift(generation, r.difference(), now);
                }
            }
            case Command.ReportResealed r -> {
                if (ours) {
                    resealed(r.before().values(), r.after().values());
                }
            }
            case Command.ReportDriftOver r -> {
                if (live && drift != null && drift.generation() == r.generation()) {
                    tell(r.healed() ? new Event.DriftHealed(r.generation()) : new Event.DriftResolved(r.generation()));
                    drift = null;
                }
            }
        }
    }

    /** News is a generation beyond the last one that was seen, or the present one after it was refused. */
    private void reached(Long reported) {
        if (reported == null || reported > generation) {
            return;
        }
        if (reported > observed || (refusal != null && reported == generation)) {
            tell(new Event.ConnectorReconciled(reported));
            observed = reported;
            refusal = reported == generation ? null : refusal;
            if (drift != null && drift.generation() < reported) {
                tell(new Event.DriftResolved(drift.generation()));
                drift = null;
            }
        }
    }

    private void see(ConnectorStatus status) {
        if (seen == null || !withoutTasks(seen).equals(withoutTasks(status))) {
            tell(new Event.ConnectorStateChanged(
                    seen == null ? null : seen.state(),
                    status.state(),
                    status.workerId(),
                    status.version(),
                    status.trace(),
                    status.type()));
        }
        var before = tasks(seen);
        var after = tasks(status);
        after.forEach((id, task) -> {
            var old = before.get(id);
            if (!task.equals(old)) {
                tell(taskChanged(old, task));
            }
        });
        before.keySet().stream().filter(id -> !after.containsKey(id)).forEach(id -> tell(new Event.TaskRemoved(id)));
        seen = status;
    }

    private static Event taskChanged(TaskStatus old, TaskStatus task) {
        var previous = old == null ? null : old.state();
        return switch (task.state()) {
            case FAILED -> new Event.TaskFailed(task.id(), previous, task.workerId(), task.version(), task.trace());
            default ->
                new Event.TaskStateChanged(
                        task.id(), previous, task.state(), task.workerId(), task.version(), task.trace());
        };
    }

    private void ended(Command.ReportOperation r) {
        var done = operations.get(r.operationId());
        String words = r.message() == null ? "" : r.message();
        if (!done.onOffsets()) {
            tell(new Event.RestartFinished(r.operationId(), r.succeeded(), r.message()));
            operations.remove(r.operationId());
        } else if (!r.succeeded()) {
            nothingCameOf(r.operationId(), r.status(), words, r.before());
        } else {
            tell(
                    done.kind() == Operation.Kind.ALTER_OFFSETS
                            ? new Event.OffsetsAltered(r.operationId(), done.offsets(), r.before(), words)
                            : new Event.OffsetsReset(r.operationId(), r.before(), words));
            offsetsError = null;
            letGo(r.operationId());
        }
    }

    /** What was created with offsets stays stopped without them; anything else goes on as it was asked to meanwhile. */
    private void nothingCameOf(String change, Integer status, String words, String before) {
        tell(new Event.OffsetsChangeFailed(change, status, words, before));
        if (operations.get(change).first()) {
            operations.remove(change);
            later = null;
            offsetsError = words;
        } else {
            letGo(change);
        }
    }

    /** Nothing that is desired changes: the config is known by the same revision. */
    private void resealed(Map<String, String> before, Map<String, String> after) {
        var replaced = new TreeMap<>(config);
        replaced.keySet()
                .removeIf(name -> !after.containsKey(name)
                        || !after.get(name).startsWith("sealed:")
                        || !replaced.get(name).startsWith("sealed:")
                        || !replaced.get(name).equals(before.get(name))
                        || replaced.get(name).equals(after.get(name)));
        if (!replaced.isEmpty()) {
            var by = new TreeMap<>(after);
            by.keySet().retainAll(replaced.keySet());
            tell(new Event.ConnectorResealed(Config.of(replaced), Config.of(by)));
            config.putAll(by);
        }
    }

    private void letGo(String change) {
        operations.remove(change);
        if (later != null) {
            desiredChanges();
            target = later;
            offsetsError = null;
            later = null;
        }
    }

    private void find(String id, Command.ReportFound r) {
        boolean known = phase == Phase.ACTIVE || phase == Phase.DELETING;
        boolean lagging = phase == Phase.DELETED && now.toEpochMilli() - last.toEpochMilli() < 30_000;
        if (known || lagging || (phase == Phase.FOUND && !r.adopt())) {
            return;
        }
        var as = r.status().type();
        tell(
                r.adopt()
                        ? new Event.ConnectorAdopted(id, named(r.config().values()), r.targetState(), as)
                        : new Event.ConnectorFound(id, named(r.config().values()), r.targetState(), as));
        fresh(id, r.adopt() ? Phase.ACTIVE : Phase.FOUND, r.config(), as);
        target = r.targetState();
        validated = true;
        observed = 1;
        adopted = r.adopt();
        if (adopted) {
            see(r.status());
        }
    }

    private void gone() {
        phase = Phase.DELETED;
        drift = null;
        replaces = null;
        operations = new LinkedHashMap<>();
        later = null;
    }

    // Small things.

    private boolean wanted() {
        return phase == Phase.ACTIVE;
    }

    private void requireWanted() throws Refused {
        refuseIf(!wanted(), RejectionCode.NOT_FOUND);
    }

    /** For a change of offsets; and one at a time. */
    private void requireStopped() throws Refused {
        requireWanted();
        refuseIf(target != TargetState.STOPPED || later != null, RejectionCode.NOT_STOPPED);
        refuseIf(changeOfOffsets() != null, RejectionCode.OFFSETS_BUSY);
    }

    /** What it does after a change of offsets for which it is held; null when it is stopped, as it has to be if it is not held. */
    private TargetState afterwards(boolean hold) throws Refused {
        if (!hold || (target == TargetState.STOPPED && later == null)) {
            requireStopped();
            return null;
        }
        requireWanted();
        refuseIf(changeOfOffsets() != null, RejectionCode.OFFSETS_BUSY);
        return target;
    }

    private void hold(TargetState then) {
        if (then != null) {
            desiredChanges();
            offsetsError = null;
            target = TargetState.STOPPED;
            later = then;
        }
    }

    private static void refuseIf(boolean bad, RejectionCode code) throws Refused {
        if (bad) {
            throw new Refused(code);
        }
    }

    private String changeOfOffsets() {
        return operations.entrySet().stream()
                .filter(each -> each.getValue().onOffsets())
                .map(Map.Entry::getKey)
                .findAny()
                .orElse(null);
    }

    private void work(String id, Work work) {
        operations.put(id, work);
    }

    private void tell(Event event) {
        told.add(event);
        revision++;
        last = now;
    }

    private Config named(Map<String, String> values) {
        var named = new TreeMap<>(values);
        named.put("name", key.connector());
        return Config.of(named);
    }

    private static Map<Integer, TaskStatus> tasks(ConnectorStatus of) {
        var tasks = new TreeMap<Integer, TaskStatus>();
        if (of != null) {
            of.tasks().forEach(task -> tasks.put(task.id(), task));
        }
        return tasks;
    }

    private static ConnectorStatus withoutTasks(ConnectorStatus of) {
        return new ConnectorStatus(of.state(), of.workerId(), of.version(), of.trace(), of.type(), List.of());
    }

    /** The same in the words of the code under test; null when the name was never used. */
    public ConnectorState state() {
        if (phase == null) {
            return null;
        }
        List<Operation> open = new ArrayList<>();
        operations.forEach((id, work) -> open.add(new Operation(
                id,
                work.task(),
                work.tasks(),
                work.failed(),
                work.at(),
                work.kind(),
                work.offsets(),
                work.onOffsets() ? later : null)));
        return new ConnectorState(
                key,
                uid,
                phase,
                target,
                Config.of(config),
                configRevision,
                type,
                validated,
                generation,
                observed,
                revision,
                replaces,
                open,
                refusal,
                born,
                last,
                seen,
                offsetsError,
                adopted,
                drift);
    }
}
