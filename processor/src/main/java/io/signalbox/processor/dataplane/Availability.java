package io.signalbox.processor.dataplane;

import io.signalbox.processor.domain.ClusterKey;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether a cluster answers. Each change is one line in the log, however many calls notice it. */
final class Availability {

    private static final Logger LOG = LoggerFactory.getLogger(Availability.class);

    private enum State {
        /** It answers, or was not asked yet. */
        WELL,
        /** It can be reached, but not listed. */
        TROUBLED,
        /** It cannot be reached: no call is worth a try until it is back. */
        AWAY
    }

    private final ClusterKey cluster;
    private final AtomicReference<State> state = new AtomicReference<>(State.WELL);

    Availability(ClusterKey cluster) {
        this.cluster = cluster;
    }

    boolean away() {
        return state.get() == State.AWAY;
    }

    /** @return whether this is news */
    boolean answered() {
        boolean news = state.getAndSet(State.WELL) != State.WELL;
        if (news) {
            LOG.info("cluster cluster={} state=back", cluster);
        }
        return news;
    }

    /** @return whether this is news */
    boolean failed(DriverException failure) {
        var next = failure.kind() == DriverException.Kind.UNREACHABLE ? State.AWAY : State.TROUBLED;
        boolean news = state.getAndSet(next) != next;
        if (news) {
            LOG.warn(
                    "cluster cluster={} state={} worker={} status={} reason={}",
                    cluster,
                    next == State.AWAY ? "away" : "troubled",
                    failure.worker(),
                    failure.status(),
                    failure.kind());
        }
        return news;
    }

    /** Another registration of it: whatever was known no longer holds. */
    void reset() {
        state.set(State.WELL);
    }
}
