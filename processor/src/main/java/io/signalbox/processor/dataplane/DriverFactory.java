package io.signalbox.processor.dataplane;

import io.signalbox.processor.domain.ClusterSpec;

/** Makes the driver for a registered data plane. It does not talk to it yet. */
@FunctionalInterface
public interface DriverFactory {

    Driver open(ClusterSpec spec);
}
