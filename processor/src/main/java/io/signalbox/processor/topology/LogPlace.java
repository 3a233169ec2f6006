package io.signalbox.processor.topology;

import io.signalbox.processor.domain.AggregateKey;
import io.signalbox.processor.domain.CommandOutcome;
import io.signalbox.processor.domain.CommandOutcome.Stage;
import io.signalbox.processor.domain.Rejection;
import java.time.Instant;

/**
 * Where a command stands in the command topic.
 *
 * @param at the log's time of it
 */
record LogPlace(int partition, long offset, Instant at) {

    /** What is told of something that was decided by the command here; without what it was about. */
    CommandOutcome outcome(
            String commandId, AggregateKey key, Stage stage, Rejection rejection, String message, boolean created) {
        return new CommandOutcome(
                commandId, key, stage, rejection, message, created, partition, offset, at, null, null);
    }
}
