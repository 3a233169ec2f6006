package io.signalbox.processor.domain;

import static io.signalbox.processor.domain.Decision.accept;
import static io.signalbox.processor.domain.Decision.reject;
import static io.signalbox.processor.domain.RejectionCode.ALREADY_EXISTS;
import static io.signalbox.processor.domain.RejectionCode.NOTHING_TO_KEEP;
import static io.signalbox.processor.domain.RejectionCode.NOTHING_TO_UNDO;
import static io.signalbox.processor.domain.RejectionCode.NOT_FOUND;
import static io.signalbox.processor.domain.RejectionCode.NOT_STOPPED;
import static io.signalbox.processor.domain.RejectionCode.NO_STATUS;
import static io.signalbox.processor.domain.RejectionCode.OFFSETS_BUSY;
import static io.signalbox.processor.domain.RejectionCode.PRECONDITION_FAILED;
import static io.signalbox.processor.domain.RejectionCode.STALE_REVISION;
import static io.signalbox.processor.domain.RejectionCode.UNKNOWN_REVISION;
import static io.signalbox.processor.domain.RejectionCode.UNKNOWN_TASK;

import io.signalbox.processor.domain.Command.AlterOffsets;
import io.signalbox.processor.domain.Command.CreateConnector;
import io.signalbox.processor.domain.Command.DeleteConnector;
import io.signalbox.processor.domain.Command.PatchConfig;
import io.signalbox.processor.domain.Command.PauseConnector;
import io.signalbox.processor.domain.Command.PutConfig;
import io.signalbox.processor.domain.Command.ReleaseConnector;
import io.signalbox.processor.domain.Command.Report;
import io.signalbox.processor.domain.Command.ReportFound;
import io.signalbox.processor.domain.Command.ResetOffsets;
import io.signalbox.processor.domain.Command.RestartConnector;
import io.signalbox.processor.domain.Command.RestartTask;
import io.signalbox.processor.domain.Command.ResumeConnector;
import io.signalbox.processor.domain.Command.RollbackConfig;
import io.signalbox.processor.domain.Command.StopConnector;
import io.signalbox.processor.domain.Command.UndeleteConnector;
import io.signalbox.processor.domain.Command.UndoOffsets;
import io.signalbox.processor.domain.Event.AlterOffsetsRequested;
import io.signalbox.processor.domain.Event.ConnectorConfigChanged;
import io.signalbox.processor.domain.Event.ConnectorCreated;
import io.signalbox.processor.domain.Event.ConnectorDeleted;
import io.signalbox.processor.domain.Event.ConnectorDeletionRequested;
import io.signalbox.processor.domain.Event.ConnectorPaused;
import io.signalbox.processor.domain.Event.ConnectorReleased;
import io.signalbox.processor.domain.Event.ConnectorResumed;
import io.signalbox.processor.domain.Event.ConnectorStopped;
import io.signalbox.processor.domain.Event.OffsetsChangeFailed;
import io.signalbox.processor.domain.Event.ResetOffsetsRequested;
import io.signalbox.processor.domain.Event.RestartRequested;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The rules for one connector: what a command means, given what is. A pure function of its arguments. */
public final class ConnectorDecider {

    private ConnectorDecider() {}

    /**
     * @param now null when the name was never used
     * @param envelope a command about the connector of {@code now}
     * @param at the log's time of the command
     */
    public static Decision decide(
            ConnectorState now, CommandEnvelope envelope, Command.OfConnector command, Instant at) {
        return decide(now, Past.NONE, envelope, command, at);
    }

    /**
     * The same, for commands that go back.
     *
     * @param past of the same connector
     */
    public static Decision decide(
            ConnectorState now, Past past, CommandEnvelope envelope, Command.OfConnector command, Instant at) {
        var key = (ConnectorKey) envelope.key();
        if (!envelope.precondition().holds(now)) {
            return reject(PRECONDITION_FAILED, state(now, key) + ": it is not as the request requires");
        }
        return switch (command) {
            case CreateConnector c ->
                isActive(now)
                        ? reject(ALREADY_EXISTS, "Connector " + key.connector() + " already exists")
                        : create(now, envelope, c);
            case PutConfig c ->
                isActive(now)
                        ? put(now, c)
                        : create(
                                now,
                                envelope,
                                new CreateConnector(c.config(), firstTarget(now), c.type(), c.validated()));
            case PatchConfig c -> isActive(now) ? patch(now, c) : notFound(key);
            case RollbackConfig c -> isActive(now) ? rollback(now, past, c) : notFound(key);
            case UndeleteConnector c -> UndeleteDecider.decide(now, past, envelope, c, at);
            case PauseConnector c -> retarget(now, key, TargetState.PAUSED, new ConnectorPaused());
            case ResumeConnector c -> retarget(now, key, TargetState.RUNNING, new ConnectorResumed());
            case StopConnector c -> retarget(now, key, TargetState.STOPPED, new ConnectorStopped());
            case ReleaseConnector c -> isActive(now) ? release(now) : notFound(key);
            case DeleteConnector c -> isActive(now) ? delete(now) : notFound(key);
            case RestartConnector c -> restart(now, envelope, c);
            case RestartTask c -> restartTask(now, envelope, c);
            case AlterOffsets c ->
                changeOffsets(now, key, c.hold(), then -> new AlterOffsetsRequested(envelope.id(), c.offsets(), then));
            case ResetOffsets c ->
                changeOffsets(now, key, c.hold(), then -> new ResetOffsetsRequested(envelope.id(), then));
            case UndoOffsets c -> undoOffsets(now, past, envelope);
            case Report report -> ReportDecider.decide(now, report);
            case ReportFound found -> FoundDecider.decide(now, envelope, found, at);
        };
    }

    private static String state(ConnectorState now, ConnectorKey key) {
        return "Connector " + key.connector()
                + (isActive(now)
                        ? " is at revision " + now.revision() + ", its config at " + now.configRevision()
                        : " does not exist");
    }

    private static boolean isActive(ConnectorState now) {
        return now != null && now.active();
    }

    /** A config that is put keeps the target state of what exists, also of what was only found. */
    private static TargetState firstTarget(ConnectorState now) {
        return now != null && now.phase() == Phase.FOUND ? now.targetState() : TargetState.RUNNING;
    }

    private static Decision notFound(ConnectorKey key) {
        return reject(NOT_FOUND, "Connector " + key.connector() + " not found");
    }

    private static Decision create(ConnectorState before, CommandEnvelope envelope, CreateConnector given) {
        Config there = before != null && before.phase() == Phase.FOUND ? before.config() : null;
        var unkept = Mask.unkept(given.config().values(), there);
        if (unkept.isPresent()) {
            return nothingToKeep(unkept.get());
        }
        var c = given.with(Config.of(Mask.kept(given.config().values(), there)));
        // One that was found is the same connector: it is taken over, not removed.
        if (before == null || before.phase() == Phase.DELETED || before.phase() == Phase.FOUND) {
            return accept(created(envelope, c, null));
        }
        // The earlier one is still on the data plane. Were it not removed first, the new one would inherit its run.
        return accept(new ConnectorDeleted(before.uid()), created(envelope, c, before.uid()));
    }

    private static ConnectorCreated created(CommandEnvelope envelope, CreateConnector c, String replaces) {
        return new ConnectorCreated(
                envelope.id(),
                named(envelope, c.config()),
                c.initialState(),
                c.type(),
                c.validated(),
                replaces,
                c.offsets());
    }

    /** Who waits for a change of offsets is told that nothing will come of it. */
    private static Decision delete(ConnectorState now) {
        return goes(now, new ConnectorDeletionRequested());
    }

    private static Decision release(ConnectorState now) {
        return goes(now, new ConnectorReleased(now.uid()));
    }

    /** Whoever waits for a change of its offsets is told. */
    private static Decision goes(ConnectorState now, Event how) {
        List<Event> events = new ArrayList<>();
        events.add(how);
        now.offsetsChange()
                .ifPresent(change -> events.add(new OffsetsChangeFailed(
                        change.id(), 404, "Connector " + now.key().connector() + " not found", null)));
        return accept(events);
    }

    /**
     * One at a time: where each waits for the data plane, they would pile up in the state.
     *
     * @param hold whether it is stopped for it, if it is not to be stopped anyway
     * @param request what was asked for, by what the connector is to do afterwards; null for nothing
     */
    private static Decision changeOffsets(
            ConnectorState now, ConnectorKey key, boolean hold, Function<TargetState, Event> request) {
        if (!isActive(now)) {
            return notFound(key);
        }
        boolean stopped = now.wanted() == TargetState.STOPPED;
        if (!stopped && !hold) {
            return reject(NOT_STOPPED, "The target state of connector " + key.connector() + " is " + now.wanted());
        }
        return now.offsetsChange().isEmpty()
                ? accept(request.apply(stopped ? null : now.wanted()))
                : reject(OFFSETS_BUSY, "A change of its offsets is under way");
    }

    private static Decision undoOffsets(ConnectorState now, Past past, CommandEnvelope envelope) {
        var key = (ConnectorKey) envelope.key();
        if (!isActive(now)) {
            return notFound(key);
        }
        return past.undo(now.uid())
                .map(undo -> changeOffsets(
                        now, key, false, then -> new AlterOffsetsRequested(envelope.id(), undo.offsets(), then)))
                .orElseGet(() -> reject(
                        NOTHING_TO_UNDO,
                        "The offsets of connector " + key.connector()
                                + " were not changed, or it is not known what they were before"));
    }

    private static Decision rollback(ConnectorState now, Past past, RollbackConfig c) {
        if (c.revision() < 1 || c.revision() > now.revision()) {
            return reject(
                    UNKNOWN_REVISION, "There is no revision " + c.revision() + " yet: it is at " + now.revision());
        }
        return past.config(c.revision())
                .map(version -> configure(now, version.config(), known(c.type(), now), c.validated(), c.revision()))
                .orElseGet(() -> reject(UNKNOWN_REVISION, "No config of revision " + c.revision() + " is known"));
    }

    private static ConnectorType known(ConnectorType type, ConnectorState now) {
        return type == ConnectorType.UNKNOWN ? now.type() : type;
    }

    private static Decision patch(ConnectorState now, PatchConfig c) {
        if (c.ifConfigRevision() != null && c.ifConfigRevision() != now.configRevision()) {
            return reject(STALE_REVISION, "The config changed at revision " + now.configRevision());
        }
        var unkept = Mask.unkept(c.patch(), now.config());
        return unkept.isPresent()
                ? nothingToKeep(unkept.get())
                : configure(
                        now, now.config().patched(Mask.kept(c.patch(), now.config())), c.type(), c.validated(), null);
    }

    private static Decision put(ConnectorState now, PutConfig c) {
        var given = c.config().values();
        var unkept = Mask.unkept(given, now.config());
        return unkept.isPresent()
                ? nothingToKeep(unkept.get())
                : configure(now, Config.of(Mask.kept(given, now.config())), c.type(), c.validated(), null);
    }

    private static Decision nothingToKeep(String name) {
        return reject(NOTHING_TO_KEEP, Mask.nothingToKeep(name));
    }

    private static Decision configure(
            ConnectorState now, Config config, ConnectorType type, boolean validated, Long rolledBackTo) {
        var named = config.with("name", now.key().connector());
        return named.equals(now.config())
                ? accept()
                : accept(new ConnectorConfigChanged(named, type, validated, rolledBackTo));
    }

    private static Decision retarget(ConnectorState now, ConnectorKey key, TargetState to, Event event) {
        if (!isActive(now)) {
            return notFound(key);
        }
        return now.wanted() == to ? accept() : accept(event);
    }

    private static Decision restart(ConnectorState now, CommandEnvelope envelope, RestartConnector c) {
        var key = (ConnectorKey) envelope.key();
        if (!isActive(now)) {
            return notFound(key);
        }
        if ((c.includeTasks() || c.onlyFailed()) && now.status() == null) {
            return reject(NO_STATUS, "Status for connector " + key.connector() + " not found");
        }
        return accept(new RestartRequested(envelope.id(), null, c.includeTasks(), c.onlyFailed()));
    }

    private static Decision restartTask(ConnectorState now, CommandEnvelope envelope, RestartTask c) {
        var key = (ConnectorKey) envelope.key();
        if (!isActive(now)) {
            return notFound(key);
        }
        if (now.status() == null || now.status().task(c.task()).isEmpty()) {
            return reject(UNKNOWN_TASK, "Unknown task: " + key.connector() + "-" + c.task());
        }
        return accept(new RestartRequested(envelope.id(), c.task(), false, false));
    }

    private static Config named(CommandEnvelope envelope, Config config) {
        return config.with("name", ((ConnectorKey) envelope.key()).connector());
    }
}
