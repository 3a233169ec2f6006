package io.signalbox.processor.topology;

import io.signalbox.processor.domain.CommandOutcome;

/**
 * Where outcomes go, as soon as the stores hold what they say and before the transaction commits: the log has fixed them,
 * and whoever takes over comes to the same. Must not block; an answer that gets lost is asked for again.
 */
@FunctionalInterface
public interface Answers {

    /**
     * @param replyTo as the record says that led to the outcome: the process that asked and waits; null when it says nothing, as
     *     reports, follow-ups and others' commands do
     */
    void answer(CommandOutcome outcome, String replyTo);
}
