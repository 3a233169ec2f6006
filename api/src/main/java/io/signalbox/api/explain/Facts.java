package io.signalbox.api.explain;

import io.signalbox.api.live.LatestEvents;
import io.signalbox.api.query.Outlooks;
import io.signalbox.processor.domain.ClusterState;
import io.signalbox.processor.domain.ConnectorState;
import java.time.Instant;

/**
 * All that is known of a connector when it is explained.
 *
 * @param cluster null when it is not registered
 * @param now the wall clock, against which distances become times
 */
public record Facts(
        ConnectorState state, ClusterState cluster, Outlooks.Found outlook, LatestEvents.Found latest, Instant now) {}
