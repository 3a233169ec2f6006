package io.signalbox.processor.dataplane.pipeline;

import io.signalbox.processor.domain.CommandEnvelope;
import io.signalbox.processor.domain.CommandOutcome;
import java.time.Duration;

/** The way to the log for commands about connectors. The same command under the same id is done once. */
public interface ConnectorCommands {

    /**
     * @return ACCEPTED or REJECTED
     * @throws RuntimeException when that is not known: it may have been taken
     */
    CommandOutcome submit(CommandEnvelope envelope);

    /**
     * The same for an operation, which is waited for.
     *
     * @return APPLIED, FAILED or REJECTED; ACCEPTED when it is not done in that time
     * @throws RuntimeException as above
     */
    CommandOutcome await(CommandEnvelope envelope, Duration patience);
}
