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

    /** @param since by the reconciler's clock; of no meaning for a cluster that was always well */
    record Trouble(DriverException why, long since) {}

    private final ClusterKey cluster;
    private final Timing timing;
    private final AtomicReference<State> state = new AtomicReference<>(State.WELL);
    private volatile Trouble trouble;

    Availability(ClusterKey cluster, Timing timing) {
        this.cluster = cluster;
        this.timing = timing;
    }

    Outlook.Answering answering() {
        return switch (state.get()) {
            case WELL -> Outlook.Answering.WELL;
            case TROUBLED -> Outlook.Answering.TROUBLED;
            case AWAY -> Outlook.Answering.AWAY;
        };
    }

    /** @return null while it is well */
    Trouble trouble() {
        return trouble;
    }

    boolean away() {
        return state.get() == State.AWAY;
    }

    /** @return whether this is news */
    boolean answered() {
        boolean news = state.getAndSet(State.WELL) != State.WELL;
        trouble = null;
        if (news) {
            LOG.info("cluster cluster={} state=back", cluster);
        }
        return news;
    }

    /** @return whether this is news */
    boolean failed(DriverException failure) {
        var next = failure.kind() == DriverException.Kind.UNREACHABLE ? State.AWAY : State.TROUBLED;
        boolean news = state.getAndSet(next) != next;
        var before = trouble;
        trouble = new Trouble(failure, news || before == null ? timing.now() : before.since());
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
        trouble = null;
    }
}
