package io.signalbox.api.dialect.signalbox;

import io.signalbox.api.http.Dialect;
import io.signalbox.api.http.Routes;
import io.signalbox.api.http.Submitter;
import io.signalbox.api.live.LiveEvents;
import io.signalbox.api.query.Clusters;
import io.signalbox.api.query.ConnectorQueries;
import java.util.function.LongSupplier;

/** Signalbox's own API: clusters, the whole state of a connector, and what happens. */
public final class SignalboxDialect implements Dialect {

    private final ClustersResource clusters;
    private final ConnectorStateResource connectors;
    private final EventsResource events;

    /** @param nanos a monotonic clock */
    public SignalboxDialect(
            Submitter submitter, Clusters clusters, ConnectorQueries queries, LiveEvents events, LongSupplier nanos) {
        this.clusters = new ClustersResource(submitter, clusters, queries);
        this.connectors = new ConnectorStateResource(queries, clusters);
        this.events = new EventsResource(events, nanos);
    }

    @Override
    public String prefix() {
        return Paths.PREFIX;
    }

    @Override
    public void routes(Routes routes) {
        clusters.routes(routes);
        connectors.routes(routes);
        events.routes(routes);
    }
}
