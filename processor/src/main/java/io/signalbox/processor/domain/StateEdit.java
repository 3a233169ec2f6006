package io.signalbox.processor.domain;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

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
    }

    /** The desired state moved on: what was refused of the generation before no longer matters. */
    StateEdit nextGeneration() {
        generation++;
        applyError = null;
        return this;
    }

    StateEdit deleting() {
        phase = Phase.DELETING;
        return this;
    }

    StateEdit deleted() {
        phase = Phase.DELETED;
        operations = List.of();
        replaces = null;
        return this;
    }

    StateEdit target(TargetState to) {
        targetState = to;
        return this;
    }

    StateEdit config(Config to, ConnectorType as, boolean checked, long at) {
        config = to;
        type = as;
        validated = checked;
        configRevision = at;
        return this;
    }

    StateEdit reconciled(long seen) {
        observedGeneration = seen;
        applyError = null;
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

    StateEdit status(ConnectorStatus observed) {
        status = observed;
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
                status);
    }
}
