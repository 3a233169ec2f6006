package io.signalbox.processor.dataplane.pipeline;

import io.signalbox.processor.domain.PipelineState;
import io.signalbox.processor.domain.PipelineStatus;
import io.signalbox.processor.domain.PipelineStatus.Component;
import io.signalbox.processor.domain.PipelineStatus.State;
import io.signalbox.processor.domain.PipelineStatus.Status;

/**
 * A source that ends after it told that it begins to copy, and before it has copied a row, may leave offsets that say nothing of a copy:
 * those of what it told. When it begins again it takes them for the end of one, and all rows would be missing for ever (docs/adr/0019).
 * It is stopped, its offsets are reset, and it copies.
 */
final class ForgottenCopy {

    private static final String REASON =
            "The copy was broken off, and the source took it for done: it is begun once more";

    private final Hands hands;
    private final Reports reports;

    ForgottenCopy(Hands hands, Reports reports) {
        this.hands = hands;
        this.reports = reports;
    }

    /**
     * @param told by what the source took it for done
     * @return whether the source may run
     */
    boolean pass(PipelineState now, String told) {
        reports.status(now, new PipelineStatus(State.SNAPSHOT, Status.WARNING, REASON, Component.SOURCE, null, null));
        return hands.begunAnew(now, now.key().source(), told);
    }
}
