package io.signalbox.api.dialect.signalbox;

import io.signalbox.api.http.Dialect;
import io.signalbox.api.http.Routes;
import io.signalbox.api.http.Submitter;
import io.signalbox.api.query.Clusters;
import io.signalbox.api.query.ConnectorQueries;
import io.signalbox.api.validation.ConfigValidation;
import java.time.Duration;

/** Signalbox's own API: clusters, the whole state of a connector, its past, and the ways back. */
public final class SignalboxDialect implements Dialect {

    private final ClustersResource clusters;
    private final ConnectorStateResource connectors;
    private final HistoryResource history;
    private final DiffResource diff;
    private final ReversalResource reversal;

    /** @param undelete how long after its deletion a connector can be had again */
    public SignalboxDialect(
            Submitter submitter,
            Clusters clusters,
            ConnectorQueries queries,
            ConfigValidation validation,
            Duration undelete) {
        var lookup = new Lookup(queries, clusters);
        this.clusters = new ClustersResource(submitter, clusters, queries);
        this.connectors = new ConnectorStateResource(lookup);
        this.history = new HistoryResource(lookup);
        this.diff = new DiffResource(lookup);
        this.reversal = new ReversalResource(lookup, queries, new Admission(validation), submitter, undelete);
    }

    @Override
    public String name() {
        return "signalbox";
    }

    @Override
    public String prefix() {
        return Paths.PREFIX;
    }

    @Override
    public void routes(Routes routes) {
        clusters.routes(routes);
        connectors.routes(routes);
        history.routes(routes);
        diff.routes(routes);
        reversal.routes(routes);
    }
}
