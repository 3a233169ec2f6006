package io.signalbox.api.dialect.signalbox;

import io.signalbox.api.http.Dialect;
import io.signalbox.api.http.Routes;
import io.signalbox.api.http.Submitter;
import io.signalbox.api.query.Clusters;
import io.signalbox.api.query.ConnectorQueries;

/** Signalbox's own API: clusters, and the whole state of a connector. */
public final class SignalboxDialect implements Dialect {

    private final ClustersResource clusters;
    private final ConnectorStateResource connectors;

    public SignalboxDialect(Submitter submitter, Clusters clusters, ConnectorQueries queries) {
        this.clusters = new ClustersResource(submitter, clusters, queries);
        this.connectors = new ConnectorStateResource(queries, clusters);
    }

    @Override
    public String prefix() {
        return Paths.PREFIX;
    }

    @Override
    public void routes(Routes routes) {
        clusters.routes(routes);
        connectors.routes(routes);
    }
}
