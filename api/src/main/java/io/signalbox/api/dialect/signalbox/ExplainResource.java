package io.signalbox.api.dialect.signalbox;

import io.javalin.http.Context;
import io.signalbox.api.access.Role;
import io.signalbox.api.explain.Explainer;
import io.signalbox.api.explain.Facts;
import io.signalbox.api.http.Answer;
import io.signalbox.api.http.Routes;
import io.signalbox.api.live.LatestEvents;
import io.signalbox.api.query.Clusters;
import io.signalbox.api.query.Outlooks;
import io.signalbox.processor.domain.ClusterState;
import java.io.IOException;
import java.time.InstantSource;

/** Why a connector is as it is, and what comes next, for whoever is on call. */
final class ExplainResource {

    private final Lookup lookup;
    private final Clusters clusters;
    private final Outlooks outlooks;
    private final LatestEvents events;
    private final InstantSource clock;

    ExplainResource(Lookup lookup, Clusters clusters, Outlooks outlooks, LatestEvents events, InstantSource clock) {
        this.lookup = lookup;
        this.clusters = clusters;
        this.outlooks = outlooks;
        this.events = events;
        this.clock = clock;
    }

    void routes(Routes routes) {
        routes.get(Paths.CONNECTOR + "/explain", Paths.onConnector(Role.VIEWER), this::explain);
    }

    private void explain(Context ctx) throws IOException {
        var key = Paths.connector(ctx);
        var state = lookup.connector(ctx, key);
        var facts = new Facts(
                state,
                clusters.find(key.clusterKey()).filter(ClusterState::registered).orElse(null),
                outlooks.outlook(key),
                events.latest(key),
                clock.instant());
        var explanation = Explainer.explain(facts);
        // What comes next is different at every moment: a tag would help nobody.
        Answer.json(ctx, 200, json -> ExplainJson.write(json, facts, explanation));
    }
}
