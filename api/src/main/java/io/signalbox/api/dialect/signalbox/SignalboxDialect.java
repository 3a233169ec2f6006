package io.signalbox.api.dialect.signalbox;

import io.signalbox.api.http.Dialect;
import io.signalbox.api.http.Routes;
import io.signalbox.api.http.Submitter;
import io.signalbox.api.live.LatestEvents;
import io.signalbox.api.live.LiveEvents;
import io.signalbox.api.query.Clusters;
import io.signalbox.api.query.ConnectorQueries;
import io.signalbox.api.query.Outlooks;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/** Signalbox's own API: clusters, the whole state of a connector and why it is so, and what happens. */
public final class SignalboxDialect implements Dialect {

    private final ClustersResource clusters;
    private final ConnectorStateResource connectors;
    private final EventsResource events;
    private final ExplainResource explain;

    /** @param nanos a monotonic clock */
    public SignalboxDialect(
            Submitter submitter,
            Clusters clusters,
            ConnectorQueries queries,
            LiveEvents events,
            LatestEvents latest,
            Outlooks outlooks,
            LongSupplier nanos,
            InstantSource clock) {
        this.clusters = new ClustersResource(submitter, clusters, queries);
        this.connectors = new ConnectorStateResource(queries, clusters);
        this.events = new EventsResource(events, nanos);
        this.explain = new ExplainResource(connectors, clusters, outlooks, latest, clock);
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
        explain.routes(routes);
    }
}
