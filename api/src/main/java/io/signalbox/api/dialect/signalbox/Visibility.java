package io.signalbox.api.dialect.signalbox;

import io.signalbox.api.query.Clusters;
import io.signalbox.api.query.StoreUnavailableException;
import io.signalbox.processor.domain.ClusterState;
import java.util.concurrent.locks.LockSupport;

/**
 * Lets a caller find what he has just registered: this replica learns of it from the log a few milliseconds after the log
 * has taken it.
 */
final class Visibility {

    private static final long PAUSE_NANOS = 5_000_000;
    private static final int MOST_PAUSES = 200;

    private final Clusters clusters;

    Visibility(Clusters clusters) {
        this.clusters = clusters;
    }

    /** Waits for this state of the cluster, for a second at most: the change is accepted in any case. */
    void await(ClusterState accepted) {
        for (int i = 0; i < MOST_PAUSES && !seen(accepted); i++) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private boolean seen(ClusterState accepted) {
        try {
            var known = clusters.find(accepted.key()).filter(ClusterState::registered);
            return accepted.registered()
                    ? known.filter(state -> state.revision() >= accepted.revision())
                            .isPresent()
                    : known.filter(state -> state.revision() < accepted.revision())
                            .isEmpty();
        } catch (StoreUnavailableException e) {
            // This replica knows no cluster yet, and will know this one with all the others.
            return false;
        }
    }
}
