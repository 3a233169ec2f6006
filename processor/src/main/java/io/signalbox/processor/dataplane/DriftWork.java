package io.signalbox.processor.dataplane;

import io.signalbox.processor.dataplane.Differences.Verdict;
import io.signalbox.processor.domain.ConfigDifference;
import io.signalbox.processor.domain.ConnectorStatus;
import io.signalbox.processor.domain.Difference;
import io.signalbox.processor.domain.RunState;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Drift of one connector: noticed, looked at once more, told, and once the log knows put back, if that is the policy. */
final class DriftWork {

    private static final Logger LOG = LoggerFactory.getLogger(DriftWork.class);

    private final ClusterLane lane;

    DriftWork(ClusterLane lane) {
        this.lane = lane;
    }

    /** Whether a status alone, which says nothing of the config, is worth a look at the connector. */
    boolean suspects(Job job, ConnectorStatus status) {
        var desired = job.desired();
        var mine = job.incarnation();
        notice(job, status);
        var seen = Difference.ofState(desired, status);
        if (seen.none()) {
            // Back as it is wanted: the look says so.
            return mine.reports().drift(desired).state() != null;
        }
        var theirs = mine.differences().theirs(seen, desired, mine.underway());
        boolean due = mine.differences().due();
        return theirs.none()
                ? due
                : theirs.state() != mine.reports().drift(desired).state() || (lane.heals() && due);
    }

    /** Whether the connector is worth a look. That a drift is over is told at once. */
    boolean toDo(Job job, Observed observed) {
        return switch (judge(job, observed)) {
            case NONE, WAIT -> false;
            case OVER -> {
                over(job, observed);
                yield false;
            }
            case DRIFT, ASK -> true;
        };
    }

    /** What is to be done about a generation that was there before, and may have been changed since. */
    List<Step> steps(Job job, Observed observed) {
        var mine = job.incarnation();
        return switch (judge(job, observed)) {
            case NONE, WAIT -> List.of();
            case OVER -> {
                over(job, observed);
                yield List.of();
            }
            case DRIFT -> {
                tell(job, observed);
                mine.differences().asking();
                yield List.of();
            }
            case ASK -> {
                mine.differences().healing(lane.heals());
                yield plan(job, observed);
            }
        };
    }

    private static List<Step> plan(Job job, Observed observed) {
        return Plan.steps(job.desired(), observed, true, job.incarnation().underway());
    }

    private Verdict judge(Job job, Observed observed) {
        var desired = job.desired();
        var mine = job.incarnation();
        notice(job, observed.status());
        return mine.differences().judge(desired, difference(job, observed), mine.underway(), lane.heals());
    }

    private Difference difference(Job job, Observed observed) {
        return Difference.between(
                job.desired(),
                observed.config(),
                observed.status(),
                lane.secrets().fingerprint());
    }

    /** What was asked for was seen: from now on, anything else is not our doing. */
    private static void notice(Job job, ConnectorStatus status) {
        if (status != null
                && status.state().name().equals(job.desired().targetState().name())) {
            job.incarnation().underway(null);
        }
    }

    private void tell(Job job, Observed observed) {
        var desired = job.desired();
        var mine = job.incarnation();
        var theirs = mine.differences().theirs(difference(job, observed), desired, mine.underway());
        LOG.info(
                "reconcile connector={} action=observe-drift generation={} absent={} state={} keys={}",
                desired.key(),
                desired.generation(),
                theirs.absent(),
                theirs.state(),
                theirs.config().stream().map(ConfigDifference::key).toList());
        mine.reports().drifted(desired, theirs);
    }

    /** A state that does not show, as while a connector moves to another worker, does not end a drift of the state. */
    private static void over(Job job, Observed observed) {
        var desired = job.desired();
        var mine = job.incarnation();
        var status = observed.status();
        boolean shows = status != null
                && (status.state() == RunState.FAILED
                        || status.state().name().equals(desired.targetState().name()));
        if (shows || mine.reports().drift(desired).state() == null) {
            mine.reports().driftOver(desired, mine.differences().healed());
        }
    }
}
