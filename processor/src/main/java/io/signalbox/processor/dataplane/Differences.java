package io.signalbox.processor.dataplane;

import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.Difference;
import io.signalbox.processor.domain.TargetState;

/**
 * What is to be made of a difference between what is desired and what is seen, for one incarnation. A change of our own
 * takes a while to be seen, and until then is no drift; and what was asked for once is not asked for again at every look.
 */
final class Differences {

    enum Verdict {
        /** As desired, and it was so before. */
        NONE,
        /** It had drifted, and is as desired again. */
        OVER,
        /** Our own change is on its way, or a drift is known: nothing is to be done now. */
        WAIT,
        /** Changed behind our back: to be told. */
        DRIFT,
        /** The log knows, or it is our own: it is time to ask for what is desired, perhaps again. */
        ASK
    }

    private final Reporter reports;
    private final Timing timing;
    /** When something was last asked for; null when nothing was, or it failed. */
    private Long asked;
    /** When a config was last asked for that was not seen since; null when there is none. */
    private Long config;
    /** Whether the drift that is known is put back by us. */
    private boolean healing;

    Differences(Reporter reports, Timing timing) {
        this.reports = reports;
        this.timing = timing;
    }

    /** Until it has been {@link #asked}, it may have failed, and has another try at once. */
    synchronized void asking() {
        asked = null;
    }

    synchronized void asked(Step step) {
        asked = timing.now();
        config = step.writesConfig() ? asked : config;
    }

    /**
     * @param difference as it is seen
     * @param underway the target state that was asked for and not yet seen; null when there is none
     * @param heals whether drift is put back
     */
    synchronized Verdict judge(ConnectorState desired, Difference difference, TargetState underway, boolean heals) {
        if (!difference.absent() && !difference.inConfig()) {
            config = null;
        }
        var known = reports.drift(desired);
        if (difference.none()) {
            healing &= !known.none();
            return known.none() ? Verdict.NONE : Verdict.OVER;
        }
        var theirs = theirs(difference, desired, underway);
        if (theirs.none()) {
            return due() ? Verdict.ASK : Verdict.WAIT;
        }
        // Nothing is put back before the log says that it drifted: who is no longer the owner, or has not heard of the
        // latest change of what is desired, would put back what nobody wants any more.
        if (desired.drift() != null && theirs.equals(desired.drift().difference())) {
            return heals && due() ? Verdict.ASK : Verdict.WAIT;
        }
        return theirs.equals(known) ? Verdict.WAIT : Verdict.DRIFT;
    }

    /** What is left when our own changes are taken out that may not be seen yet. */
    synchronized Difference theirs(Difference seen, ConnectorState desired, TargetState underway) {
        boolean lags = config != null && timing.now() - config < timing.settle().toNanos();
        if (seen.absent()) {
            return lags ? Difference.NONE : seen;
        }
        var rest = lags ? seen.withoutConfig() : seen;
        return underway == desired.targetState() ? rest.withState(null) : rest;
    }

    synchronized void healing(boolean on) {
        healing = on;
    }

    /** Whether what is over was put back by us. */
    synchronized boolean healed() {
        return healing;
    }

    synchronized boolean due() {
        return asked == null || timing.now() - asked >= timing.again().toNanos();
    }
}
