package io.signalbox.api.dialect.kafkaconnect;

import io.javalin.http.Context;
import io.signalbox.api.access.Role;
import io.signalbox.api.dialect.Base;
import io.signalbox.api.dialect.Lookup;
import io.signalbox.api.dialect.Relay;
import io.signalbox.api.http.Body;
import io.signalbox.api.http.Refusal;
import io.signalbox.api.http.Routes;
import io.signalbox.api.http.StringMap;
import io.signalbox.api.query.DataPlane;
import java.io.IOException;
import java.time.Duration;

/**
 * {@code /admin/loggers} (KIP-495, KIP-976): the log levels of the workers behind. One worker is asked, the first of the
 * registered ones that can be reached, and named in the answer; with {@code scope=cluster} it tells all the others.
 */
final class LoggersResource {

    static final String WORKER = "Signalbox-Worker";

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Base base;
    private final Lookup lookup;
    private final DataPlane dataPlane;

    LoggersResource(Base base, Lookup lookup, DataPlane dataPlane) {
        this.base = base;
        this.lookup = lookup;
        this.dataPlane = dataPlane;
    }

    void routes(Routes routes) {
        String path = base.template() + "/admin/loggers";
        routes.get(path, base.onCluster(Role.VIEWER), this::all)
                .get(path + "/{logger}", base.onCluster(Role.VIEWER), this::one)
                .put(path + "/{logger}", base.onCluster(Role.ADMIN), this::set);
    }

    private void all(Context ctx) throws IOException {
        var cluster = lookup.cluster(base.cluster(ctx)).key();
        var reply = dataPlane.loggers(cluster, PATIENCE);
        ctx.res().setHeader(WORKER, reply.worker());
        Relay.answer(ctx, cluster, "list its loggers", reply);
    }

    private void one(Context ctx) throws IOException {
        var cluster = lookup.cluster(base.cluster(ctx)).key();
        var reply = dataPlane.logger(cluster, ctx.pathParam("logger"), PATIENCE);
        ctx.res().setHeader(WORKER, reply.worker());
        Relay.answer(ctx, cluster, "tell of a logger", reply);
    }

    /** In Connect's words. */
    private static void requireLevel(String level) {
        if (level == null) {
            throw Refusal.bad("Desired 'level' parameter was not specified in request.");
        }
        if (level.isEmpty()) {
            throw Refusal.bad("Illegal null or empty Level name.");
        }
    }

    private void set(Context ctx) throws IOException {
        var cluster = lookup.cluster(base.cluster(ctx)).key();
        var level = Body.read(ctx, StringMap::read);
        requireLevel(level.get("level"));
        String scope = ctx.req().getQueryString() == null ? null : ctx.queryParam("scope");
        var reply = dataPlane.setLogger(cluster, ctx.pathParam("logger"), level, scope, PATIENCE);
        ctx.res().setHeader(WORKER, reply.worker());
        Relay.answer(ctx, cluster, "set a logger", reply);
    }
}
