package io.signalbox.processor.dataplane;

import io.signalbox.processor.dataplane.DriverException.Kind;
import io.signalbox.processor.domain.Config;
import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.ConnectorStatus;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches a connector after a change until it has come to rest: by looks, and where the cluster pushes what happens not before it says so, because each
 * look takes a worker's time while it starts what it was asked for.
 */
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
        ConnectorStatus seen = null;
        boolean rests = false;
        do {
            boolean patient = poll.elapsed().compareTo(timing.firstTasks()) < 0;
            boolean quiet = poll.elapsed().compareTo(QUIET) <= 0;
            Predicate<ConnectorStatus> settled = status -> Settled.settled(desired.targetState(), status, patient);
            if (quiet && !lane.mayBe(desired.key().connector(), settled)) {
                continue;
            }
            seen = look(desired, seen);
            if (seen != null && settled.test(seen)) {
                job.incarnation().underway(null);
                break;
            }
            if (seen != null && !quiet) {
                rests |= report(job, 0, seen);
            }
        } while (poll.again());
        if (seen == null) {
            seen = look(desired, null);
        }
        if (seen != null) {
            rests |= report(job, job.incarnation().applied(), seen);
        }
        if (rests) {
            work.readOffsets();
        }
    }

    /** A trace that is news may quote what the worker has and nobody asked for; while it cannot be asked, it is not told. */
    private boolean report(Job job, long applied, ConnectorStatus seen) {
        var desired = job.desired();
        var reports = job.incarnation().reports();
        if (!reports.quotes(desired, seen)) {
            return reports.status(desired, applied, seen);
        }
        var config = config(desired);
        config.ifPresent(there -> reports.saw(desired, there));
        return reports.status(desired, applied, config.isPresent() ? seen : reports.withheld(desired, seen));
    }

    private Optional<Config> config(ConnectorState desired) {
        try {
            return Optional.ofNullable(
                    lane.call(driver -> driver.observe(desired.key().connector()))
                            .config());
        } catch (DriverException e) {
            LOG.debug("reconcile connector={} action=settle result={}", desired.key(), e.kind());
            return Optional.empty();
        }
    }

    private ConnectorStatus look(ConnectorState desired, ConnectorStatus before) throws InterruptedException {
        try {
            return lane.statuses().of(desired.key().connector()).orElse(before);
        } catch (DriverException e) {
            if (e.kind() == Kind.UNREACHABLE || Thread.currentThread().isInterrupted()) {
                throw e;
            }
            LOG.debug("reconcile connector={} action=settle result={}", desired.key(), e.kind());
            return before;
        }
    }
}
