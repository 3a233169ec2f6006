package io.signalbox.processor.domain;

import java.time.Instant;
import java.util.List;

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
        ConnectorStatus status) {

    public ConnectorState {
        operations = List.copyOf(operations);
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
     * What is shown as its status: what was observed, unless the data plane refused the present generation. A worker that
     * refuses a config leaves no status of its own.
     *
     * @return null when there is nothing to show yet
     */
    public ConnectorStatus shownStatus() {
        if (applyError == null || applyError.generation() != generation) {
            return status;
        }
        return new ConnectorStatus(
                RunState.FAILED,
                applyError.worker(),
                status == null ? null : status.version(),
                applyError.message(),
                knownType(),
                status == null ? List.of() : status.tasks());
    }

    public ConnectorState withStatus(ConnectorStatus observed) {
        return edit().status(observed).done();
    }

    StateEdit edit() {
        return new StateEdit(this);
    }
}
