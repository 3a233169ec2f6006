package io.signalbox.api.dialect.signalbox;

import io.javalin.http.Context;
import io.signalbox.api.http.Answer;
import io.signalbox.api.http.Conditions;
import io.signalbox.api.http.Freshness;
import io.signalbox.api.http.Refusal;
import io.signalbox.api.http.Routes;
import io.signalbox.api.query.Clusters;
import io.signalbox.api.query.ConnectorQueries;
import io.signalbox.api.query.Reading;
import io.signalbox.processor.domain.ClusterState;
import io.signalbox.processor.domain.ConnectorKey;
import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.Phase;
import io.signalbox.processor.domain.Precondition;
import java.io.IOException;

/** The whole state of one connector. Unlike a worker, it still shows one that is on its way out. */
final class ConnectorStateResource {

    private final ConnectorQueries queries;
    private final Clusters clusters;

    ConnectorStateResource(ConnectorQueries queries, Clusters clusters) {
        this.queries = queries;
        this.clusters = clusters;
    }

    void routes(Routes routes) {
        routes.get(Paths.CONNECTOR, this::get);
    }

    private void get(Context ctx) throws IOException {
        var key = Paths.connector(ctx);
        var reading = Freshness.wanted(ctx);
        var state = find(key, reading);
        Freshness.tell(ctx, reading);
        if (!Conditions.unchanged(ctx, Precondition.tag(state.revision()))) {
            Answer.ok(ctx, json -> ConnectorJson.write(json, state));
        }
    }

    /** @throws Refusal 404 when there is none of that name */
    ConnectorState find(ConnectorKey key, Reading reading) {
        return queries.find(key, reading)
                .filter(found -> found.phase() != Phase.DELETED)
                .orElseThrow(() -> absent(key));
    }

    private Refusal absent(ConnectorKey key) {
        boolean registered =
                clusters.find(key.clusterKey()).filter(ClusterState::registered).isPresent();
        return registered
                ? Refusal.notFound("Connector " + key.connector() + " not found")
                : Paths.notRegistered(key.clusterKey());
    }
}
