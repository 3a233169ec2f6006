package io.signalbox.processor.dataplane;

import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.Phase;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes a connector off the data plane, and says so once nothing of it is seen any more. */
final class Removal {

    private static final Logger LOG = LoggerFactory.getLogger(Removal.class);

    private final ClusterLane lane;
    private final Timing timing;
    private final Actions actions;
    private final Offsets offsets;

    Removal(ClusterLane lane, Timing timing, Actions actions, Offsets offsets) {
        this.lane = lane;
        this.timing = timing;
        this.actions = actions;
        this.offsets = offsets;
    }

    static boolean due(ConnectorState desired) {
        return desired.phase() == Phase.DELETING || (desired.active() && desired.replaces() != null);
    }

    Outcome run(ConnectorWork work, Job job) throws InterruptedException {
        var desired = job.desired();
        var observed = observe(desired, lane::change);
        if (observed.exists()) {
            if (desired.phase() == Phase.DELETING) {
                offsets.readLast(job);
            }
            work.meet();
            actions.change(
                    desired, "delete", driver -> driver.delete(desired.key().connector()));
        } else {
            work.goOn();
        }
        var poll = new QuickPoll(work, timing, timing.removal());
        while (!observed.gone()) {
            observed = observe(desired, lane::call);
            if (!observed.gone() && !poll.again()) {
                break;
            }
        }
        if (observed.exists() || (!observed.gone() && !poll.over())) {
            return Outcome.RETRY;
        }
        LOG.info(
                "reconcile connector={} action=observe-absent generation={} result={}",
                desired.key(),
                desired.generation(),
                // Left behind by a worker that died: it would keep the name for ever.
                observed.gone() ? "ok" : "status-lingers");
        String uid = desired.phase() == Phase.DELETING ? desired.uid() : desired.replaces();
        job.incarnation().reports().absent(uid);
        return Outcome.CHECK;
    }

    @FunctionalInterface
    private interface Way {
        Observed look(Function<Driver, Observed> work);
    }

    /**
     * A name that a worker cannot address, like one with a slash, can still be missed in its list.
     *
     * @param way what goes before a change goes with as many as changes do: a worker's one thread answers all that wait for it
     *     between two rebalances, and if few could wait at a time, each few deletions would be a rebalance
     */
    private Observed observe(ConnectorState desired, Way way) {
        String name = desired.key().connector();
        try {
            return way.look(driver -> driver.observe(name));
        } catch (DriverException e) {
            if (e.refusal() && !lane.call(Driver::names).contains(name)) {
                return Observed.ABSENT;
            }
            throw e;
        }
    }
}
