package io.signalbox.processor.dataplane;

import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.ConnectorStatus;
import io.signalbox.processor.domain.TargetState;
import java.util.ArrayList;
import java.util.List;

/** What is to be done, given what is desired and what is there. Pure: no memory, no clock, no calls. */
final class Plan {

    private Plan() {}

    /**
     * @param confirmed whether this generation was already seen to be on the data plane
     * @param underway the target state that was asked for last and not yet seen; null when there is none
     */
    static List<Step> steps(ConnectorState desired, Observed observed, boolean confirmed, TargetState underway) {
        if (!observed.exists()) {
            return List.of(Step.CREATE);
        }
        boolean reconfigure = !observed.config().equals(desired.config());
        boolean retarget = retarget(desired.targetState(), observed.status(), confirmed, underway);
        Step towards = Step.towards(desired.targetState());
        if (!retarget) {
            return reconfigure ? List.of(Step.PUT_CONFIG) : List.of();
        }
        if (!reconfigure) {
            return List.of(towards);
        }
        // A new config restarts what runs: quieten first, or change first and then let run.
        return towards == Step.RESUME ? List.of(Step.PUT_CONFIG, towards) : List.of(towards, Step.PUT_CONFIG);
    }

    /** The same with the config written, because what it refers to is another one. */
    static List<Step> withConfig(List<Step> steps) {
        if (steps.stream().anyMatch(Step::writesConfig)) {
            return steps;
        }
        List<Step> all = new ArrayList<>(steps);
        all.add(steps.contains(Step.RESUME) ? 0 : steps.size(), Step.PUT_CONFIG);
        return all;
    }

    private static boolean retarget(
            TargetState target, ConnectorStatus status, boolean confirmed, TargetState underway) {
        if (underway != null && underway != target) {
            return true; // the worker may still be on its way there
        }
        return switch (status == null ? null : status.state()) {
            case RUNNING -> target != TargetState.RUNNING;
            case PAUSED -> target != TargetState.PAUSED;
            case STOPPED -> target != TargetState.STOPPED;
            // Such a state does not tell the target. A FAILED connector takes a new target without a sign of it, so
            // that asking until it is seen would never end: it is asked once.
            case null, default -> !confirmed;
        };
    }
}
