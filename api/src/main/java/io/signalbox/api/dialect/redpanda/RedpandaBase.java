package io.signalbox.api.dialect.redpanda;

import io.javalin.http.Context;
import io.signalbox.api.access.Place;
import io.signalbox.api.access.Role;
import io.signalbox.api.dialect.Base;
import io.signalbox.api.http.Rule;
import io.signalbox.api.http.Segments;
import io.signalbox.processor.domain.ClusterKey;

/**
 * Where one version of it is served. A cluster name is that of a cluster of the default environment; {@code redpanda}, the only one
 * that Redpanda Cloud has, is the default cluster.
 */
record RedpandaBase(Version version, ClusterKey standard) implements Base {

    static final String STANDARD = "redpanda";

    String clusters() {
        return version.prefix() + "kafka-connect/clusters";
    }

    @Override
    public String template() {
        return clusters() + "/{cluster}";
    }

    @Override
    public ClusterKey cluster(Context ctx) {
        String name = ctx.pathParam("cluster");
        try {
            return name.equals(STANDARD) ? standard : new ClusterKey(standard.environment(), name);
        } catch (IllegalArgumentException illegal) {
            throw Words.noCluster();
        }
    }

    @Override
    public String location(ClusterKey cluster, String connector) {
        String name = cluster.equals(standard) ? STANDARD : cluster.cluster();
        return clusters() + "/" + name + "/connectors/" + Segments.encode(connector);
    }

    /** The role is needed on something of the default environment. */
    Rule withinEnvironment(Role role) {
        return Rule.within(role, ctx -> new Place(standard.environment(), null, null));
    }
}
