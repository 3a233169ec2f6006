package io.signalbox.api.dialect.kafkaconnect;

import io.javalin.http.Context;
import io.signalbox.api.access.Role;
import io.signalbox.api.dialect.Base;
import io.signalbox.api.dialect.Lookup;
import io.signalbox.api.dialect.Names;
import io.signalbox.api.dialect.PluginCheck;
import io.signalbox.api.dialect.Relay;
import io.signalbox.api.dialect.WorkerFacts;
import io.signalbox.api.http.Answer;
import io.signalbox.api.http.Body;
import io.signalbox.api.http.Json;
import io.signalbox.api.http.Refusal;
import io.signalbox.api.http.Routes;
import io.signalbox.api.http.StringMap;
import io.signalbox.api.query.DataPlane;
import io.signalbox.api.secrets.Secrets;
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
    private final Secrets secrets;
    private final PluginCheck check;

    PluginsResource(Base base, Lookup lookup, WorkerFacts facts, DataPlane dataPlane, Secrets secrets) {
        this.base = base;
        this.lookup = lookup;
        this.facts = facts;
        this.dataPlane = dataPlane;
        this.secrets = secrets;
        check = new PluginCheck(lookup, dataPlane, secrets);
    }

    void routes(Routes routes) {
        routes.get(base.template() + "/connector-plugins", base.withinCluster(Role.VIEWER), this::list)
                .get(
                        base.template() + "/connector-plugins/{plugin}/config",
                        base.withinCluster(Role.VIEWER),
                        this::config)
                .put(
                        base.template() + "/connector-plugins/{plugin}/config/validate",
                        base.withinCluster(Role.EDITOR),
                        this::validate);
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
        var shown = check.ask(ctx, cluster, ctx.pathParam("plugin"), config, secrets.shows(cluster));
        Answer.ok(ctx, json -> Json.MAPPER.writeTree(json, shown));
    }
}
