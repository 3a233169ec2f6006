package io.signalbox.processor.dataplane;

import io.signalbox.processor.domain.ConnectorState;

/**
 * What a pass works on: the newest there is when it begins.
 *
 * @param look whether to compare even if nothing is owed
 * @param offsets whether the connector came to rest, so that its offsets are to be read
 */
record Job(ConnectorState desired, Incarnation incarnation, boolean look, boolean offsets) {}
