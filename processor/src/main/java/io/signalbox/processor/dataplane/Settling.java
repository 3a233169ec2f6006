package io.signalbox.processor.dataplane;

import io.signalbox.processor.dataplane.DriverException.Kind;
import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.ConnectorStatus;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Watches a connector after a change until it has come to rest. */
final class Settling {

    private static final Logger LOG = LoggerFactory.getLogger(Settling.class);

    /** What takes longer than this is told as it is seen, without waiting for its end. */
    private static final Duration QUIET = Duration.ofSeconds(1);

    private final ClusterLane lane;
    private final Timing timing;

    Settling(ClusterLane lane, Timing timing) {
        this.lane = lane;
        this.timing = timing;
    }

    /** Reports the status in the end, together with the generation that was applied. */
    void watch(ConnectorWork work, Job job) throws InterruptedException {
        var desired = job.desired();
        var poll = new QuickPoll(work, timing, timing.settle());
        var reports = job.incarnation().reports();
        ConnectorStatus seen = null;
        boolean rests = false;
        do {
            seen = look(desired, seen);
            boolean patient = poll.elapsed().compareTo(timing.firstTasks()) < 0;
            if (seen != null && Settled.settled(desired.targetState(), seen, patient)) {
                job.incarnation().underway(null);
                break;
            }
            if (seen != null && poll.elapsed().compareTo(QUIET) > 0) {
                rests |= reports.status(desired, 0, seen);
            }
        } while (poll.again());
        if (seen != null) {
            rests |= reports.status(desired, job.incarnation().applied(), seen);
        }
        if (rests) {
            work.readOffsets();
        }
    }

    private ConnectorStatus look(ConnectorState desired, ConnectorStatus before) {
        try {
            return lane.call(driver -> driver.status(desired.key().connector())).orElse(before);
        } catch (DriverException e) {
            if (e.kind() == Kind.UNREACHABLE || Thread.currentThread().isInterrupted()) {
                throw e;
            }
            LOG.debug("reconcile connector={} action=settle result={}", desired.key(), e.kind());
            return before;
        }
    }
}
