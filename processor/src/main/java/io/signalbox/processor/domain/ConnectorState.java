package io.signalbox.processor.domain;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Everything that the log says of one connector: what is desired, and what was observed.
 *
 * @param uid the id of the command that created this incarnation; a name used again gets another one
 * @param configRevision the revision at which the config became what it is
 * @param validated whether the data plane's own validation passed before the config was accepted
 * @param generation counts changes of the desired state, from 1
 * @param observedGeneration the last generation that the data plane confirmed; 0 before the first
 * @param revision counts events, from 1
 * @param replaces the uid of an earlier incarnation that must be gone from the data plane first; null when there is none
 * @param operations asked for and not finished, oldest first
 * @param applyError why the data plane refused the present generation; null when it did not
 * @param status null until something was observed
 * @param offsetsError why the offsets that it was created with could not be set, so that it stays stopped; null otherwise
 * @param adopted whether this incarnation was found on the data plane and taken over
 * @param drift what was changed behind our back and is not yet as desired again; null when there is none
 */
public record ConnectorState(
        ConnectorKey key,
        String uid,
        Phase phase,
        TargetState targetState,
        Config config,
        long configRevision,
        ConnectorType type,
        boolean validated,
        long generation,
        long observedGeneration,
        long revision,
        String replaces,
        List<Operation> operations,
        ApplyError applyError,
        Instant createdAt,
        Instant updatedAt,
        ConnectorStatus status,
        String offsetsError,
        boolean adopted,
        Drift drift) {

    public ConnectorState {
        operations = List.copyOf(operations);
    }

    /** Without an error about offsets, not adopted and not drifted. */
    public ConnectorState(
            ConnectorKey key,
            String uid,
            Phase phase,
            TargetState targetState,
            Config config,
            long configRevision,
            ConnectorType type,
            boolean validated,
            long generation,
            long observedGeneration,
            long revision,
            String replaces,
            List<Operation> operations,
            ApplyError applyError,
            Instant createdAt,
            Instant updatedAt,
            ConnectorStatus status) {
        this(
                key,
                uid,
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
                createdAt,
                updatedAt,
                status,
                null,
                false,
                null);
    }

    /** Whether callers should see it: wanted, not on its way out. */
    public boolean active() {
        return phase == Phase.ACTIVE;
    }

    /** The type as the data plane says it, or as validation found it before there was an observation. */
    public ConnectorType knownType() {
        return status != null && status.type() != ConnectorType.UNKNOWN ? status.type() : type;
    }

    /**
     * What is shown as its status: what was observed, unless the data plane refused the present generation, or the offsets
     * that it was created with. A worker that refuses a config leaves no status of its own.
     *
     * @return null when there is nothing to show yet
     */
    public ConnectorStatus shownStatus() {
        if (applyError != null && applyError.generation() == generation) {
            return shown(RunState.FAILED, applyError.worker(), applyError.message());
        }
        if (offsetsError == null) {
            return status;
        }
        return shown(
                status == null ? RunState.STOPPED : status.state(),
                status == null ? "" : status.workerId(),
                "The offsets that it was created with could not be set, so that it stays stopped: " + offsetsError);
    }

    private ConnectorStatus shown(RunState state, String worker, String trace) {
        return new ConnectorStatus(
                state,
                worker,
                status == null ? null : status.version(),
                trace,
                knownType(),
                status == null ? List.of() : status.tasks());
    }

    /** The change of offsets that is under way; there is one at most. */
    public Optional<Operation> offsetsChange() {
        return operations.stream().filter(Operation::onOffsets).findFirst();
    }

    /** What it is to do in the end: a change of offsets holds it stopped until it is over. */
    public TargetState wanted() {
        return offsetsChange().map(Operation::then).orElse(targetState);
    }

    public ConnectorState withStatus(ConnectorStatus observed) {
        return edit().status(observed).done();
    }

    StateEdit edit() {
        return new StateEdit(this);
    }
}
