package io.signalbox.api.dialect.kafkaconnect;

import io.javalin.http.Context;
import io.signalbox.api.access.Role;
import io.signalbox.api.dialect.Base;
import io.signalbox.api.dialect.Lookup;
import io.signalbox.api.dialect.Relay;
import io.signalbox.api.http.Routes;
import io.signalbox.api.query.DataPlane;
import java.io.IOException;
import java.time.Duration;

/**
 * {@code /connectors/{c}/topics} (KIP-558): the workers note which topics a connector used, so only they know, and only they
 * can forget. As there, a connector that is not there used none.
 */
final class TopicsResource {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Base base;
    private final Lookup lookup;
    private final DataPlane dataPlane;

    TopicsResource(Base base, Lookup lookup, DataPlane dataPlane) {
        this.base = base;
        this.lookup = lookup;
        this.dataPlane = dataPlane;
    }

    void routes(Routes routes) {
        String path = base.template() + "/connectors/{connector}/topics";
        routes.get(path, base.onConnector(Role.VIEWER), this::topics)
                .put(path + "/reset", base.onConnector(Role.EDITOR), this::reset);
    }

    private void topics(Context ctx) throws IOException {
        var cluster = lookup.cluster(base.cluster(ctx)).key();
        String name = ctx.pathParam("connector");
        Relay.answer(ctx, cluster, "tell the topics of connector " + name, dataPlane.topics(cluster, name, PATIENCE));
    }

    private void reset(Context ctx) throws IOException {
        var cluster = lookup.cluster(base.cluster(ctx)).key();
        String name = ctx.pathParam("connector");
        Relay.answer(
                ctx, cluster, "reset the topics of connector " + name, dataPlane.resetTopics(cluster, name, PATIENCE));
    }
}
