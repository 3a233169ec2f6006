package io.signalbox.processor.domain;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A copy of a {@link ConnectorState} with some parts changed: what the fold writes with. */
final class StateEdit {

    private final ConnectorState from;
    private Phase phase;
    private TargetState targetState;
    private Config config;
    private long configRevision;
    private ConnectorType type;
    private boolean validated;
    private long generation;
    private long observedGeneration;
    private long revision;
    private String replaces;
    private List<Operation> operations;
    private ApplyError applyError;
    private Instant updatedAt;
    private ConnectorStatus status;
    private String offsetsError;
    private Drift drift;

    StateEdit(ConnectorState from) {
        this.from = from;
        phase = from.phase();
        targetState = from.targetState();
        config = from.config();
        configRevision = from.configRevision();
        type = from.type();
        validated = from.validated();
        generation = from.generation();
        observedGeneration = from.observedGeneration();
        revision = from.revision();
        replaces = from.replaces();
        operations = from.operations();
        applyError = from.applyError();
        updatedAt = from.updatedAt();
        status = from.status();
        offsetsError = from.offsetsError();
        drift = from.drift();
    }

    /** The desired state moved on: what was refused of the generation before no longer matters. */
    StateEdit nextGeneration() {
        generation++;
        applyError = null;
        return this;
    }

    StateEdit deleting() {
        phase = Phase.DELETING;
        drift = null;
        return this;
    }

    StateEdit deleted() {
        phase = Phase.DELETED;
        drift = null;
        operations = List.of();
        replaces = null;
        return this;
    }

    /** A change of offsets needs it stopped: what comes after that is kept for then. */
    StateEdit target(TargetState to) {
        offsetsError = null;
        if (operations.stream().noneMatch(Operation::onOffsets)) {
            targetState = to;
        } else {
            operations = operations.stream()
                    .map(operation -> operation.onOffsets() ? operation.then(to) : operation)
                    .toList();
        }
        return this;
    }

    StateEdit config(Config to, ConnectorType as, boolean checked, long at) {
        config = to;
        type = as;
        validated = checked;
        configRevision = at;
        return this;
    }

    /** The same config in other texts: who knows its revision still knows it, and the data plane already has it. */
    StateEdit resealed(Config to) {
        config = to;
        return this;
    }

    StateEdit reconciled(long seen) {
        observedGeneration = seen;
        if (applyError != null && applyError.generation() <= seen) {
            applyError = null;
        }
        return this;
    }

    StateEdit refused(ApplyError error) {
        applyError = error;
        return this;
    }

    StateEdit predecessorGone() {
        replaces = null;
        return this;
    }

    StateEdit asked(Operation operation) {
        var more = new ArrayList<>(operations);
        more.add(operation);
        operations = more;
        return this;
    }

    StateEdit finished(String operationId) {
        operations = operations.stream()
                .filter(operation -> !operation.id().equals(operationId))
                .toList();
        return this;
    }

    StateEdit offsetsChanged(String operationId) {
        offsetsError = null;
        return release(operationId);
    }

    /** What was created with offsets must not run without them. */
    StateEdit offsetsNotChanged(String operationId, String why) {
        if (offsetsChange(operationId)
                .filter(change -> change.initial(from.uid()))
                .isEmpty()) {
            return release(operationId);
        }
        offsetsError = why;
        return finished(operationId);
    }

    /** The change of offsets is over: what was asked for meanwhile is due. */
    private StateEdit release(String operationId) {
        var then = offsetsChange(operationId).map(Operation::then);
        finished(operationId);
        return then.map(next -> nextGeneration().target(next)).orElse(this);
    }

    private Optional<Operation> offsetsChange(String id) {
        return operations.stream()
                .filter(operation -> operation.id().equals(id))
                .findFirst();
    }

    StateEdit status(ConnectorStatus observed) {
        status = observed;
        return this;
    }

    /** @param to null when it is over */
    StateEdit drift(Drift to) {
        drift = to;
        return this;
    }

    StateEdit at(long newRevision, Instant when) {
        revision = newRevision;
        updatedAt = when;
        return this;
    }

    ConnectorState done() {
        return new ConnectorState(
                from.key(),
                from.uid(),
                phase,
                targetState,
                config,
                configRevision,
                type,
                validated,
                generation,
                observedGeneration,
                revision,
                replaces,
                operations,
                applyError,
                from.createdAt(),
                updatedAt,
                status,
                offsetsError,
                from.adopted(),
                drift);
    }
}
