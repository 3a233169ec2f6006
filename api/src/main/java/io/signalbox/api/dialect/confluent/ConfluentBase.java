package io.signalbox.api.dialect.confluent;

import io.javalin.http.Context;
import io.signalbox.api.dialect.Base;
import io.signalbox.api.http.Refusal;
import io.signalbox.api.http.Segments;
import io.signalbox.processor.domain.ClusterKey;

/** Where it is served: the environment's id and the Kafka cluster's are the names under which a cluster is registered. */
final class ConfluentBase implements Base {

    static final String PREFIX = "/connect/v1/";

    @Override
    public String template() {
        return PREFIX + "environments/{env}/clusters/{cluster}";
    }

    /** @throws Refusal 404 when no cluster can have such a name: clients take any other status for trouble */
    @Override
    public ClusterKey cluster(Context ctx) {
        try {
            return new ClusterKey(ctx.pathParam("env"), ctx.pathParam("cluster"));
        } catch (IllegalArgumentException e) {
            throw Refusal.notFound("resource not found: " + e.getMessage());
        }
    }

    @Override
    public String location(ClusterKey cluster, String connector) {
        return PREFIX + "environments/" + cluster.environment() + "/clusters/" + cluster.cluster() + "/connectors/"
                + Segments.encode(connector);
    }
}
