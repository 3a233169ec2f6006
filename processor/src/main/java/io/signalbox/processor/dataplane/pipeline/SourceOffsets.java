package io.signalbox.processor.dataplane.pipeline;

import io.signalbox.processor.domain.ConnectorKey;
import java.util.Optional;

/** The offsets of connectors as a worker has them now. */
@FunctionalInterface
public interface SourceOffsets {

    /**
     * @return a JSON array of {@code {"partition":…,"offset":…}} (KIP-875); empty when the worker knows no such connector
     * @throws RuntimeException when it does not answer in bounded time
     */
    Optional<String> of(ConnectorKey key);
}
