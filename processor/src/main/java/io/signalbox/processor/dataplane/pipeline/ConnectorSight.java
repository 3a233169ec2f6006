package io.signalbox.processor.dataplane.pipeline;

import io.signalbox.processor.domain.ConnectorKey;
import io.signalbox.processor.domain.ConnectorState;
import java.util.Optional;

/** Connectors as the log has them, with all that was answered to whoever asks. */
@FunctionalInterface
public interface ConnectorSight {

    /**
     * @return empty when the name was never used; else look at its phase
     * @throws RuntimeException when it cannot be told now
     */
    Optional<ConnectorState> find(ConnectorKey key);
}
