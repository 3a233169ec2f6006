package io.signalbox.api.dialect.signalbox;

import io.javalin.http.Context;
import io.signalbox.api.http.Freshness;
import io.signalbox.api.http.Refusal;
import io.signalbox.api.query.Clusters;
import io.signalbox.api.query.ConnectorQueries;
import io.signalbox.api.query.Reading;
import io.signalbox.processor.domain.ClusterKey;
import io.signalbox.processor.domain.ClusterState;
import io.signalbox.processor.domain.ConnectorKey;
import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.Phase;
import java.util.function.BiFunction;

/** Finds what a request is about, or says what is missing. */
final class Lookup {

    private final ConnectorQueries queries;
    private final Clusters clusters;

    Lookup(ConnectorQueries queries, Clusters clusters) {
        this.queries = queries;
        this.clusters = clusters;
    }

    /** Reads as fresh as the request wants it, and tells in the answer who answered. */
    <T> T read(Context ctx, BiFunction<ConnectorQueries, Reading, T> question) {
        var reading = Freshness.wanted(ctx);
        T found = question.apply(queries, reading);
        Freshness.tell(ctx, reading);
        return found;
    }

    /** @throws Refusal 404 when there is none of that name */
    ConnectorState connector(Context ctx, ConnectorKey key) {
        return read(ctx, (known, reading) -> known.find(key, reading))
                .filter(found -> found.phase() != Phase.DELETED)
                .orElseThrow(() -> absent(key));
    }

    /** @throws Refusal 404 if nobody registered it */
    ClusterState registered(ClusterKey key) {
        return clusters.find(key).filter(ClusterState::registered).orElseThrow(() -> Paths.notRegistered(key));
    }

    /** Tells an unknown cluster from an unknown connector. */
    Refusal absent(ConnectorKey key) {
        registered(key.clusterKey());
        return Refusal.notFound("Connector " + key.connector() + " not found");
    }
}
