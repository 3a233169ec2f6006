package io.signalbox.api.dialect.signalbox;

import io.signalbox.api.access.AccessKeys;
import io.signalbox.api.access.NewKeys;
import io.signalbox.api.http.Dialect;
import io.signalbox.api.http.Routes;
import io.signalbox.api.http.Submitter;
import io.signalbox.api.live.LatestEvents;
import io.signalbox.api.live.LiveEvents;
import io.signalbox.api.query.Clusters;
import io.signalbox.api.query.ConnectorQueries;
import io.signalbox.api.query.Outlooks;
import io.signalbox.api.secrets.Secrets;
import io.signalbox.api.validation.ConfigValidation;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/** Signalbox's own API: clusters, the whole state of a connector and why it is so, its past and the ways back, and what happens. */
public final class SignalboxDialect implements Dialect {

    private final ClustersResource clusters;
    private final ConnectorStateResource connectors;
    private final HistoryResource history;
    private final DiffResource diff;
    private final ReversalResource reversal;
    private final EventsResource events;
    private final ExplainResource explain;
    private final AccessResource access;
    private final SecretsResource secrets;
    private final QuotaResource quotas;

    /**
     * @param undelete how long after its deletion a connector can be had again
     * @param nanos a monotonic clock
     */
    public SignalboxDialect(
            Submitter submitter,
            Clusters clusters,
            ConnectorQueries queries,
            ConfigValidation validation,
            Secrets secrets,
            Duration undelete,
            LiveEvents events,
            LatestEvents latest,
            Outlooks outlooks,
            AccessKeys keys,
            NewKeys newKeys,
            LongSupplier nanos,
            InstantSource clock) {
        var lookup = new Lookup(queries, clusters);
        this.clusters = new ClustersResource(submitter, clusters, queries);
        this.connectors = new ConnectorStateResource(lookup, secrets);
        this.history = new HistoryResource(lookup);
        this.diff = new DiffResource(lookup, secrets);
        this.reversal =
                new ReversalResource(lookup, queries, new Admission(validation, secrets), submitter, undelete, secrets);
        this.events = new EventsResource(events, nanos);
        this.access = new AccessResource(submitter, keys, newKeys);
        this.secrets = new SecretsResource(queries, secrets);
        this.quotas = new QuotaResource(submitter, queries);
        this.explain = new ExplainResource(lookup, clusters, outlooks, latest, clock);
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
        events.routes(routes);
        explain.routes(routes);
        access.routes(routes);
        secrets.routes(routes);
        quotas.routes(routes);
    }
}
