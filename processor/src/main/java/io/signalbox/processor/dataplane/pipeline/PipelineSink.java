package io.signalbox.processor.dataplane.pipeline;

import io.signalbox.processor.domain.Command;
import io.signalbox.processor.domain.PipelineKey;

/** Where a conductor's reports go: onto the command log. */
@FunctionalInterface
public interface PipelineSink {

    /** @throws RuntimeException if it could not be taken over; it is reported again later */
    void report(PipelineKey key, Command.PipelineReport report);
}
