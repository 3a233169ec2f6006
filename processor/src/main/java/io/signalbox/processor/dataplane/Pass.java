package io.signalbox.processor.dataplane;

import io.signalbox.processor.domain.ConnectorState;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One pass for one connector: read what is there, compare, act, look again, report. */
final class Pass {

    private static final Logger LOG = LoggerFactory.getLogger(Pass.class);

    private final ClusterLane lane;
    private final Actions actions;
    private final Settling settling;
    private final Offsets offsets;
    private final Operations operations;
    private final Removal removal;
    private final DriftWork drift;

    Pass(ClusterLane lane, Timing timing) {
        this.lane = lane;
        actions = new Actions(lane, timing);
        settling = new Settling(lane, timing);
        offsets = new Offsets(timing, actions);
        operations = new Operations(actions, settling, new OffsetsChange(timing, actions, offsets));
        removal = new Removal(lane, timing, actions, offsets);
        drift = new DriftWork(lane);
    }

    /** @throws RuntimeException if a report could not be handed over */
    Outcome run(ConnectorWork work, Job job) throws InterruptedException {
        if (!lane.usable()) {
            return Outcome.WAIT;
        }
        try {
            if (Removal.due(job.desired())) {
                return removal.run(work, job);
            }
            return job.desired().active() ? keep(work, job) : Outcome.DONE;
        } catch (DriverException e) {
            LOG.debug("reconcile connector={} result={}", job.desired().key(), e.kind(), e);
            work.troubled(e);
            return switch (e.kind()) {
                case UNREACHABLE -> Outcome.WAIT;
                case BUSY, BROKEN -> Outcome.RETRY;
                case REFUSED -> e.refusal() ? Outcome.REFUSED : Outcome.RETRY;
            };
        }
    }

    private Outcome keep(ConnectorWork work, Job job) throws InterruptedException {
        boolean confirmed = job.incarnation().confirmed(job.desired());
        var outcome = confirmed && !job.look() ? Outcome.DONE : converge(work, job, confirmed);
        if (!job.desired().operations().isEmpty()) {
            outcome = outcome.or(operations.run(work, job));
        }
        if (job.offsets()) {
            offsets.read(job);
        }
        return outcome;
    }

    private Outcome converge(ConnectorWork work, Job job, boolean confirmed) throws InterruptedException {
        var desired = job.desired();
        var mine = job.incarnation();
        boolean asked = !confirmed;
        try {
            // What was just asked for is created without a look: one that is there after all answers 409, and is looked
            // at.
            boolean brandNew = mine.brandNew(desired);
            var seen = brandNew ? Observed.ABSENT : look(desired, confirmed);
            if (seen.exists()) {
                mine.reports().saw(desired, seen.config());
            }
            var observed = lane.secrets().like(desired, seen, !mine.configured(desired));
            var steps = confirmed ? drift.steps(job, observed) : Plan.steps(desired, observed, false, mine.underway());
            if (mine.configured(desired)
                    && mine.differences().due()
                    && lane.secrets().behind(desired, seen)) {
                steps = Plan.withConfig(steps);
            }
            asked |= !steps.isEmpty();
            if (!steps.isEmpty()) {
                mine.differences().asking();
            }
            if (brandNew || steps.isEmpty()) {
                work.goOn();
            } else {
                work.meet();
            }
            for (Step step : steps) {
                var config = step.writesConfig() ? lane.secrets().opened(desired) : null;
                mine.underway(step == Step.PUT_CONFIG ? mine.underway() : desired.targetState());
                actions.change(desired, step.action(), driver -> step.run(driver, desired, config));
                mine.differences().asked(step);
            }
            mine.applied(desired);
            if (!steps.isEmpty() || observed.status() == null) {
                settling.watch(work, job);
            } else if (mine.reports().status(desired, mine.applied(), observed.status())) {
                work.readOffsets();
            }
            return Outcome.DONE;
        } catch (DriverException e) {
            // A look that is turned down says nothing about the config.
            if (!asked || !e.refusal()) {
                throw e;
            }
            work.troubled(e);
            mine.refused();
            mine.reports().refused(desired, e.redacted(lane.secrets().redactor(desired.key(), desired.config())));
            return Outcome.REFUSED;
        }
    }

    /**
     * A worker that rebalances answers no look until it is done. So a look before a change takes a change's place: a few at
     * a time, each few of a hundred changes would cost a rebalance of their own.
     */
    private Observed look(ConnectorState desired, boolean confirmed) {
        Function<Driver, Observed> observe =
                driver -> driver.observe(desired.key().connector());
        return confirmed ? lane.call(observe) : lane.change(observe);
    }
}
