package io.signalbox.processor.dataplane;

import io.signalbox.processor.domain.Config;
import io.signalbox.processor.domain.ConnectorStatus;

/**
 * One connector as the data plane has it now.
 *
 * @param config null when it is not there
 * @param status null when there is none yet; it may outlive the connector for a while
 */
public record Observed(Config config, ConnectorStatus status) {

    public static final Observed ABSENT = new Observed(null, null);

    public boolean exists() {
        return config != null;
    }

    /** Whether nothing is left of it. */
    public boolean gone() {
        return config == null && status == null;
    }
}
