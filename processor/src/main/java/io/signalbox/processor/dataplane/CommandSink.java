package io.signalbox.processor.dataplane;

import io.signalbox.processor.domain.Command;
import io.signalbox.processor.domain.ConnectorKey;

/** Where reports go: onto the command log. */
@FunctionalInterface
public interface CommandSink {

    /** @throws RuntimeException if it could not be taken over; it is reported again later */
    void report(ConnectorKey key, Command.Observation report);
}
