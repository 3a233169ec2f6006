package io.signalbox.api.dialect.kafkaconnect;

import io.javalin.http.Context;
import io.signalbox.api.http.Answer;
import io.signalbox.api.http.Body;
import io.signalbox.api.http.Json;
import io.signalbox.api.http.Refusal;
import io.signalbox.api.http.Routes;
import io.signalbox.api.http.StringMap;
import io.signalbox.api.query.DataPlane;
import io.signalbox.api.validation.WorkerWords;
import java.io.IOException;
import java.time.Duration;

/** {@code /connector-plugins}: only a worker knows its plugins. */
final class PluginsResource {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Base base;
    private final Lookup lookup;
    private final WorkerFacts facts;
    private final DataPlane dataPlane;

    PluginsResource(Base base, Lookup lookup, WorkerFacts facts, DataPlane dataPlane) {
        this.base = base;
        this.lookup = lookup;
        this.facts = facts;
        this.dataPlane = dataPlane;
    }

    void routes(Routes routes) {
        routes.get(base.template() + "/connector-plugins", this::list)
                .get(base.template() + "/connector-plugins/{plugin}/config", this::config)
                .put(base.template() + "/connector-plugins/{plugin}/config/validate", this::validate);
    }

    private void list(Context ctx) throws IOException {
        var cluster = lookup.cluster(base.cluster(ctx)).key();
        String asked = ctx.req().getQueryString() == null ? null : ctx.queryParam("connectorsOnly");
        var plugins = facts.plugins(cluster, asked == null || Boolean.parseBoolean(asked))
                .orElseThrow(() -> Refusal.unavailable(
                        "No worker of cluster " + cluster + " answered yet, so its plugins are not known"));
        Answer.ok(ctx, json -> Json.MAPPER.writeTree(json, plugins));
    }

    /** What can be configured of a plugin (KIP-769), and of which version of it (KIP-891). */
    private void config(Context ctx) throws IOException {
        var cluster = lookup.cluster(base.cluster(ctx)).key();
        String plugin = ctx.pathParam("plugin");
        String version = ctx.req().getQueryString() == null ? null : ctx.queryParam("version");
        var reply = dataPlane.pluginConfig(cluster, plugin, version, PATIENCE);
        if (reply.status() == 500) {
            // A class that is no plugin is the caller's mistake.
            throw Refusal.bad(WorkerWords.message(reply));
        }
        Relay.answer(ctx, cluster, "tell the settings of plugin " + plugin, reply);
    }

    private void validate(Context ctx) throws IOException {
        var cluster = lookup.cluster(base.cluster(ctx)).key();
        var config = Body.read(ctx, StringMap::read);
        Names.requireClass(config);
        var reply = dataPlane.validate(cluster, ctx.pathParam("plugin"), config, PATIENCE);
        switch (reply.status()) {
            case 200 -> Answer.ok(ctx, json -> Json.MAPPER.writeTree(json, reply.body()));
            case 400, 404, 500 -> throw Refusal.bad(WorkerWords.message(reply));
            default -> throw Relay.trouble(cluster, "answer", reply);
        }
    }
}
