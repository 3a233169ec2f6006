package io.signalbox.processor.domain;

import io.signalbox.processor.domain.Event.AlterOffsetsRequested;
import io.signalbox.processor.domain.Event.ConnectorAdopted;
import io.signalbox.processor.domain.Event.ConnectorConfigChanged;
import io.signalbox.processor.domain.Event.ConnectorCreated;
import io.signalbox.processor.domain.Event.ConnectorDeleted;
import io.signalbox.processor.domain.Event.ConnectorDeletionRequested;
import io.signalbox.processor.domain.Event.ConnectorFound;
import io.signalbox.processor.domain.Event.ConnectorPaused;
import io.signalbox.processor.domain.Event.ConnectorReconciled;
import io.signalbox.processor.domain.Event.ConnectorRefused;
import io.signalbox.processor.domain.Event.ConnectorReleased;
import io.signalbox.processor.domain.Event.ConnectorResealed;
import io.signalbox.processor.domain.Event.ConnectorResumed;
import io.signalbox.processor.domain.Event.ConnectorStateChanged;
import io.signalbox.processor.domain.Event.ConnectorStopped;
import io.signalbox.processor.domain.Event.DriftDetected;
import io.signalbox.processor.domain.Event.DriftHealed;
import io.signalbox.processor.domain.Event.DriftResolved;
import io.signalbox.processor.domain.Event.OffsetsAltered;
import io.signalbox.processor.domain.Event.OffsetsChangeFailed;
import io.signalbox.processor.domain.Event.OffsetsObserved;
import io.signalbox.processor.domain.Event.OffsetsReset;
import io.signalbox.processor.domain.Event.PredecessorRemoved;
import io.signalbox.processor.domain.Event.ResetOffsetsRequested;
import io.signalbox.processor.domain.Event.RestartFinished;
import io.signalbox.processor.domain.Event.RestartRequested;
import io.signalbox.processor.domain.Event.TaskFailed;
import io.signalbox.processor.domain.Event.TaskRemoved;
import io.signalbox.processor.domain.Event.TaskStateChanged;
import java.util.List;

/** State from event, live and in replay. It never validates: what is in the log has happened. */
public final class ConnectorFold {

    private ConnectorFold() {}

    /** @param now null before the first event of a name, which always begins an incarnation */
    public static ConnectorState fold(ConnectorState now, RecordedEvent recorded, Event.OfConnector event) {
        return switch (event) {
            case ConnectorCreated e -> created(recorded, e);
            case ConnectorAdopted e ->
                there(recorded, Phase.ACTIVE, e.uid(), e.config(), e.targetState(), e.type(), true);
            case ConnectorFound e ->
                there(recorded, Phase.FOUND, e.uid(), e.config(), e.targetState(), e.type(), false);
            default ->
                change(now, recorded, event)
                        .at(recorded.revision(), recorded.at())
                        .done();
        };
    }

    private static ConnectorState created(RecordedEvent recorded, ConnectorCreated e) {
        boolean held = e.offsets() != null;
        var first = held
                ? List.of(Operation.initialOffsets(e.uid(), e.offsets(), e.targetState(), recorded.at()))
                : List.<Operation>of();
        return new ConnectorState(
                (ConnectorKey) recorded.key(),
                e.uid(),
                Phase.ACTIVE,
                held ? TargetState.STOPPED : e.targetState(),
                e.config(),
                recorded.revision(),
                e.type(),
                e.validated(),
                1,
                0,
                recorded.revision(),
                e.replaces(),
                first,
                null,
                recorded.at(),
                recorded.at(),
                null);
    }

    /** What is on the data plane already has what it is to have: nothing is left to be applied. */
    private static ConnectorState there(
            RecordedEvent recorded,
            Phase phase,
            String uid,
            Config config,
            TargetState target,
            ConnectorType type,
            boolean adopted) {
        return new ConnectorState(
                (ConnectorKey) recorded.key(),
                uid,
                phase,
                target,
                config,
                recorded.revision(),
                type,
                true,
                1,
                1,
                recorded.revision(),
                null,
                List.of(),
                null,
                recorded.at(),
                recorded.at(),
                null,
                null,
                adopted,
                null);
    }

    private static StateEdit change(ConnectorState now, RecordedEvent recorded, Event.OfConnector event) {
        var next = now.edit();
        return switch (event) {
            case ConnectorCreated e -> throw new IllegalStateException("folded above");
            case ConnectorAdopted e -> throw new IllegalStateException("folded above");
            case ConnectorFound e -> throw new IllegalStateException("folded above");
            case ConnectorConfigChanged e ->
                next.nextGeneration().config(e.config(), e.type(), e.validated(), recorded.revision());
            case ConnectorPaused e -> next.nextGeneration().target(TargetState.PAUSED);
            case ConnectorResumed e -> next.nextGeneration().target(TargetState.RUNNING);
            case ConnectorStopped e -> next.nextGeneration().target(TargetState.STOPPED);
            case ConnectorDeletionRequested e -> next.nextGeneration().deleting();
            case ConnectorDeleted e -> next.deleted();
            case ConnectorReleased e -> next.deleted();
            case PredecessorRemoved e -> next.predecessorGone();
            case RestartRequested e ->
                next.asked(new Operation(e.operationId(), e.task(), e.includeTasks(), e.onlyFailed(), recorded.at()));
            case RestartFinished e -> next.finished(e.operationId());
            case AlterOffsetsRequested e ->
                held(next, Operation.alterOffsets(e.operationId(), e.offsets(), recorded.at()), e.then());
            case ResetOffsetsRequested e ->
                held(next, Operation.resetOffsets(e.operationId(), recorded.at()), e.then());
            case OffsetsAltered e -> next.offsetsChanged(e.operationId());
            case OffsetsReset e -> next.offsetsChanged(e.operationId());
            case OffsetsChangeFailed e -> next.offsetsNotChanged(e.operationId(), e.message());
            case ConnectorReconciled e -> next.reconciled(e.generation());
            case ConnectorRefused e -> next.refused(new ApplyError(e.generation(), e.worker(), e.message()));
            case ConnectorStateChanged e -> next.status(connectorChanged(now.status(), e));
            case TaskStateChanged e ->
                next.status(now.status()
                        .withTask(new TaskStatus(e.task(), e.state(), e.workerId(), e.version(), e.trace())));
            case TaskFailed e ->
                next.status(now.status()
                        .withTask(new TaskStatus(e.task(), RunState.FAILED, e.workerId(), e.version(), e.trace())));
            case TaskRemoved e -> next.status(now.status().withoutTask(e.task()));
            // Offsets have a store of their own; here only the revision moves.
            case OffsetsObserved e -> next;
            case DriftDetected e -> next.drift(new Drift(e.generation(), e.difference(), recorded.at()));
            case DriftHealed e -> next.drift(null);
            case DriftResolved e -> next.drift(null);
            case ConnectorResealed e ->
                next.resealed(now.config().patched(e.after().values()));
        };
    }

    /** @param then what it is to do once the offsets are changed; null when it was to be stopped anyway */
    private static StateEdit held(StateEdit next, Operation change, TargetState then) {
        return then == null
                ? next.asked(change)
                : next.nextGeneration().target(TargetState.STOPPED).asked(change.then(then));
    }

    private static ConnectorStatus connectorChanged(ConnectorStatus before, ConnectorStateChanged e) {
        List<TaskStatus> tasks = before == null ? List.of() : before.tasks();
        return new ConnectorStatus(e.state(), e.workerId(), e.version(), e.trace(), e.type(), tasks);
    }
}
