package io.signalbox.processor.domain;

import java.time.Instant;

/**
 * The desired state of a connector at one revision, without the config, which stands under a revision of its own.
 *
 * @param uid the incarnation
 * @param configRevision the revision at which the config became what it was
 * @param observedGeneration the last generation that the data plane had confirmed by then
 * @param createdAt when the incarnation was created
 */
public record Desired(
        String uid,
        Phase phase,
        TargetState targetState,
        long configRevision,
        ConnectorType type,
        boolean validated,
        long generation,
        long observedGeneration,
        Instant createdAt) {

    static Desired of(ConnectorState state) {
        return new Desired(
                state.uid(),
                state.phase(),
                state.targetState(),
                state.configRevision(),
                state.type(),
                state.validated(),
                state.generation(),
                state.observedGeneration(),
                state.createdAt());
    }
}
