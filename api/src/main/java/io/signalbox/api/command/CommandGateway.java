package io.signalbox.api.command;

import io.signalbox.processor.domain.CommandEnvelope;
import io.signalbox.processor.domain.CommandOutcome;
import java.time.Duration;

/** The way in: a command goes to the log, and its outcome comes back. */
public interface CommandGateway {

    /**
     * Appends the command and waits for what the log makes of it. Blocks; meant for virtual threads.
     *
     * @param envelope its id is the idempotency key: the same one again, within the hour, returns the first outcome
     * @return ACCEPTED or REJECTED
     * @throws OutcomeUnknownException when no outcome came in time: the command may or may not take effect
     * @throws CommandNotSentException when it is certain that the command did not reach the log
     */
    CommandOutcome submit(CommandEnvelope envelope);

    /** The same for an id that was never given to a command before, on whichever replica: nobody has to look for its first outcome. */
    default CommandOutcome submitNew(CommandEnvelope envelope) {
        return submit(envelope);
    }

    /**
     * Submits an operation and waits on for what the data plane makes of it.
     *
     * @param patience how long to wait for the second stage after the command was accepted
     * @return APPLIED, FAILED or REJECTED; ACCEPTED when the data plane had not finished in time
     */
    CommandOutcome submitAndAwait(CommandEnvelope envelope, Duration patience);
}
