package io.signalbox.api.dialect.kafkaconnect;

import io.javalin.http.Context;
import io.signalbox.api.access.Place;
import io.signalbox.api.access.Role;
import io.signalbox.api.http.Access;
import io.signalbox.api.http.Answer;
import io.signalbox.api.http.Body;
import io.signalbox.api.http.Json;
import io.signalbox.api.http.Refusal;
import io.signalbox.api.http.Routes;
import io.signalbox.api.http.StringMap;
import io.signalbox.api.query.DataPlane;
import io.signalbox.api.secrets.Secrets;
import io.signalbox.api.validation.WorkerWords;
import io.signalbox.processor.domain.ClusterKey;
import io.signalbox.processor.domain.Mask;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** {@code /connector-plugins}: only a worker knows its plugins. */
final class PluginsResource {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Base base;
    private final Lookup lookup;
    private final WorkerFacts facts;
    private final DataPlane dataPlane;
    private final Secrets secrets;

    PluginsResource(Base base, Lookup lookup, WorkerFacts facts, DataPlane dataPlane, Secrets secrets) {
        this.base = base;
        this.lookup = lookup;
        this.facts = facts;
        this.dataPlane = dataPlane;
        this.secrets = secrets;
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

    /** A config that was read here, and so has masks, is checked with the secrets of the connector that it names. */
    private Map<String, String> inClear(Context ctx, ClusterKey cluster, Map<String, String> config) {
        String name = config.get("name");
        Secrets.refuseSealed(config);
        if (name == null || config.values().stream().noneMatch(Mask::keeps) || !Names.legal(name)) {
            return config;
        }
        // The check goes where the config says, with these secrets.
        Access.require(ctx, new Place(cluster.environment(), cluster.cluster(), name));
        return secrets.inClear(cluster.connector(name), config, () -> lookup.config(cluster, name));
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
        var inClear = inClear(ctx, cluster, config);
        var reply = dataPlane.validate(cluster, ctx.pathParam("plugin"), inClear, PATIENCE);
        switch (reply.status()) {
            case 200 -> {
                var shown =
                        secrets.ofCheck(cluster, config, inClear, reply.body()).check(reply.body());
                Answer.ok(ctx, json -> Json.MAPPER.writeTree(json, shown));
            }
            case 400, 404, 500 ->
                throw Refusal.bad(secrets.redactor(cluster, inClear, Secrets.kept(config), Set.of())
                        .redact(WorkerWords.message(reply)));
            default -> throw Relay.trouble(cluster, "answer", reply);
        }
    }
}
