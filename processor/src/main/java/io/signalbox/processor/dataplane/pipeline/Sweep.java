package io.signalbox.processor.dataplane.pipeline;

import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.PipelineState;
import io.signalbox.processor.domain.PipelineStatus;
import io.signalbox.processor.domain.PipelineStatus.Component;
import io.signalbox.processor.domain.PipelineStatus.State;
import io.signalbox.processor.domain.PipelineStatus.Status;
import io.signalbox.processor.domain.TargetState;

/**
 * A copy that was broken off, by the death of a worker for instance, begins anew, and knows nothing of what it had copied. When it has
 * ended, the source is stopped for a moment, so that nobody else writes, and what is gone at the source is deleted in the topics.
 */
final class Sweep {

    private static final String REASON =
            "The copy was begun more than once: rows that are gone at the source are deleted";

    private final Tools tools;
    private final Hands hands;
    private final Reports reports;

    Sweep(Tools tools, Hands hands, Reports reports) {
        this.tools = tools;
        this.hands = hands;
        this.reports = reports;
    }

    /**
     * Whether the source may be stopped for it. That it has copied is in another topic than its rows, and may be there first: one that was
     * stopped before the last of them is committed would copy everything once more, and would have to be swept again.
     */
    boolean ready(PipelineState now) {
        var key = now.key().source();
        ConnectorState source = hands.find(key);
        boolean goesOn = Sighting.there(source) && source.wanted() == TargetState.RUNNING;
        return !goesOn || !CopyOffsets.open(tools.offsets().of(key).orElse("[]"));
    }

    /** @throws StepFailedException when it is not done */
    void pass(PipelineState now) {
        reports.status(now, new PipelineStatus(State.SNAPSHOT, Status.WARNING, REASON, Component.BUFFER, null, null));
        if (!hands.stopped(now, now.key().source()) || hands.writes(now.key().source())) {
            return;
        }
        hands.requireCurrent(now);
        try {
            tools.sweeps().sweep(now.source(), () -> hands.requireCurrent(now));
        } catch (MovedOnException e) {
            throw e;
        } catch (RuntimeException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw e;
            }
            throw new StepFailedException(Component.BUFFER, "Kafka: " + e.getMessage(), false);
        }
    }
}
