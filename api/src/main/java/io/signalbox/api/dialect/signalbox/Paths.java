package io.signalbox.api.dialect.signalbox;

import io.javalin.http.Context;
import io.signalbox.api.access.Place;
import io.signalbox.api.access.Role;
import io.signalbox.api.http.Refusal;
import io.signalbox.api.http.Rule;
import io.signalbox.processor.domain.ClusterKey;
import io.signalbox.processor.domain.ConnectorKey;
import io.signalbox.processor.domain.QuotaKey;

/** Where this dialect's things are. */
final class Paths {

    static final String PREFIX = "/signalbox/v1/";
    static final String CLUSTERS = PREFIX + "environments/{env}/clusters";
    static final String CLUSTER = CLUSTERS + "/{cluster}";
    static final String QUOTA = PREFIX + "environments/{env}/quota";
    static final String EVENTS = PREFIX + "events";
    static final String KEYS = PREFIX + "access/keys";
    static final String KEY = KEYS + "/{key}";
    static final String SECRETS = PREFIX + "secrets/keys";
    static final String ME = PREFIX + "access/me";
    static final String CONNECTOR = CLUSTER + "/connectors/{connector}";
    static final String HISTORY = CONNECTOR + "/history";
    static final String DIFF = CONNECTOR + "/diff";
    static final String ROLLBACK = CONNECTOR + "/rollback";
    static final String UNDELETE = CONNECTOR + "/undelete";
    static final String UNDO = CONNECTOR + "/offsets/undo";

    private Paths() {}

    /** @throws Refusal 400 when the names are not legal ones */
    static ClusterKey cluster(Context ctx) {
        try {
            return new ClusterKey(ctx.pathParam("env"), ctx.pathParam("cluster"));
        } catch (IllegalArgumentException e) {
            throw Refusal.bad(e.getMessage());
        }
    }

    /** @throws Refusal 400 when the name is not a legal one */
    static QuotaKey quota(Context ctx) {
        try {
            return new QuotaKey(ctx.pathParam("env"));
        } catch (IllegalArgumentException e) {
            throw Refusal.bad(e.getMessage());
        }
    }

    /** @throws Refusal 400 when the names are not legal ones */
    static ConnectorKey connector(Context ctx) {
        try {
            return cluster(ctx).connector(ctx.pathParam("connector"));
        } catch (IllegalArgumentException e) {
            throw Refusal.bad(e.getMessage());
        }
    }

    static Rule onConnector(Role role) {
        return Rule.on(
                role, ctx -> new Place(ctx.pathParam("env"), ctx.pathParam("cluster"), ctx.pathParam("connector")));
    }

    static Rule onCluster(Role role) {
        return Rule.on(role, ctx -> new Place(ctx.pathParam("env"), ctx.pathParam("cluster"), null));
    }

    static Rule withinCluster(Role role) {
        return Rule.within(role, ctx -> new Place(ctx.pathParam("env"), ctx.pathParam("cluster"), null));
    }

    static Rule onEnvironment(Role role) {
        return Rule.on(role, ctx -> new Place(ctx.pathParam("env"), null, null));
    }

    static Rule withinEnvironment(Role role) {
        return Rule.within(role, ctx -> new Place(ctx.pathParam("env"), null, null));
    }

    static Refusal notRegistered(ClusterKey key) {
        return Refusal.notFound("Cluster " + key + " is not registered");
    }
}
