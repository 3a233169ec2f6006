package io.signalbox.api.dialect;

import io.javalin.http.Context;
import io.signalbox.api.access.Place;
import io.signalbox.api.access.Role;
import io.signalbox.api.http.Refusal;
import io.signalbox.api.http.Rule;
import io.signalbox.api.http.Segments;
import io.signalbox.processor.domain.ClusterKey;

/** Where one worker's surface is served: at the root for the default cluster, below a path of its own for each other one. */
public interface Base {

    /** The beginning of its route templates; empty for the root. */
    String template();

    /** @throws Refusal 400 when the path names no legal cluster */
    ClusterKey cluster(Context ctx);

    /** @return the path of a connector, as it is given in {@code Location} */
    String location(ClusterKey cluster, String connector);

    /** The role is needed on the connector that the path names. */
    default Rule onConnector(Role role) {
        return Rule.on(role, ctx -> {
            var key = cluster(ctx);
            return new Place(key.environment(), key.cluster(), ctx.pathParam("connector"));
        });
    }

    /** The role is needed on the whole cluster. */
    default Rule onCluster(Role role) {
        return Rule.on(role, ctx -> Place.of(cluster(ctx)));
    }

    /** The role is needed on something of the cluster. */
    default Rule withinCluster(Role role) {
        return Rule.within(role, ctx -> Place.of(cluster(ctx)));
    }

    static Base root(ClusterKey standard) {
        return new Base() {
            @Override
            public String template() {
                return "";
            }

            @Override
            public ClusterKey cluster(Context ctx) {
                return standard;
            }

            @Override
            public String location(ClusterKey cluster, String connector) {
                return "/connectors/" + Segments.encode(connector);
            }
        };
    }

    static Base named() {
        return new Base() {
            @Override
            public String template() {
                return "/environments/{env}/clusters/{cluster}";
            }

            @Override
            public ClusterKey cluster(Context ctx) {
                try {
                    return new ClusterKey(ctx.pathParam("env"), ctx.pathParam("cluster"));
                } catch (IllegalArgumentException e) {
                    throw Refusal.bad(e.getMessage());
                }
            }

            @Override
            public String location(ClusterKey cluster, String connector) {
                return "/environments/" + cluster.environment() + "/clusters/" + cluster.cluster() + "/connectors/"
                        + Segments.encode(connector);
            }
        };
    }
}
