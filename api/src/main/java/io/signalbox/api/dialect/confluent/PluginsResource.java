package io.signalbox.api.dialect.confluent;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.signalbox.api.access.Role;
import io.signalbox.api.dialect.Base;
import io.signalbox.api.dialect.Lookup;
import io.signalbox.api.dialect.PluginCheck;
import io.signalbox.api.http.Answer;
import io.signalbox.api.http.Body;
import io.signalbox.api.http.Json;
import io.signalbox.api.http.Refusal;
import io.signalbox.api.http.Routes;
import io.signalbox.api.http.StringMap;
import io.signalbox.processor.domain.ClusterKey;
import java.io.IOException;
import java.util.Map;

/** {@code /connector-plugins}: listed, a config for one checked, and one translated into a managed one. */
final class PluginsResource {

    private final Base base;
    private final Lookup lookup;
    private final Plugins plugins;
    private final PluginCheck check;

    PluginsResource(Base base, Lookup lookup, Plugins plugins, PluginCheck check) {
        this.base = base;
        this.lookup = lookup;
        this.plugins = plugins;
        this.check = check;
    }

    void routes(Routes routes) {
        String path = base.template() + "/connector-plugins";
        routes.get(path, base.withinCluster(Role.VIEWER), this::list)
                .put(path + "/{plugin}/config/validate", base.withinCluster(Role.EDITOR), this::validate)
                .put(path + "/{plugin}/config/translate", base.withinCluster(Role.EDITOR), this::translate);
    }

    private void list(Context ctx) throws IOException {
        var all = plugins.list(lookup.cluster(base.cluster(ctx)).key());
        Answer.ok(ctx, json -> {
            json.writeStartArray();
            for (Plugins.Listed plugin : all) {
                json.writeStartObject();
                json.writeStringField("class", plugin.name());
                json.writeStringField("type", plugin.type());
                if (plugin.version() != null) {
                    json.writeStringField("version", plugin.version());
                }
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    private String javaClass(ClusterKey cluster, String plugin) {
        return plugins.javaClass(cluster, plugin).orElseThrow(() -> plugins.missing(404, plugin));
    }

    private void validate(Context ctx) throws IOException {
        var cluster = lookup.cluster(base.cluster(ctx)).key();
        var config = Body.read(ctx, StringMap::read);
        String plugin = ctx.pathParam("plugin");
        var report = report(ctx, cluster, config, plugin, javaClass(cluster, plugin));
        Answer.ok(ctx, json -> Json.MAPPER.writeTree(json, report));
    }

    /** 200 also for what the worker would not look at: clients read errors of settings. */
    private ObjectNode report(Context ctx, ClusterKey cluster, Map<String, String> config, String plugin, String type)
            throws IOException {
        String own = config.get(ManagedConfig.CLASS);
        String written = own == null || own.isBlank() ? plugin : own;
        if (!ManagedConfig.custom(config)
                && !plugins.javaClass(cluster, written).filter(type::equals).isPresent()) {
            return ValidationReport.refused(type, written, "It is another plugin than " + plugin + " in the path");
        }
        try {
            var stored = ManagedConfig.withClass(config, type);
            return ValidationReport.of(check.ask(ctx, cluster, Plugins.simple(type), stored, false), type, written);
        } catch (Refusal refusal) {
            if (refusal.failure().status() != 400) {
                throw refusal;
            }
            return ValidationReport.refused(type, written, refusal.failure().message());
        }
    }

    private void translate(Context ctx) throws IOException {
        var cluster = lookup.cluster(base.cluster(ctx)).key();
        var given = Body.read(ctx, StringMap::read);
        String plugin = ctx.pathParam("plugin");
        String type = javaClass(cluster, plugin);
        var translation = new Translation(given, plugin);
        String own = given.get(ManagedConfig.CLASS);
        if (own != null && !plugins.means(own, type) && !own.equals(type)) {
            translation.error(ManagedConfig.CLASS, "It is another class than " + type + ", which " + plugin + " is");
        }
        translation.checked(report(ctx, cluster, ManagedConfig.withClass(given, type), plugin, type), type);
        boolean mask = "true".equalsIgnoreCase(ctx.queryParam("mask_sensitive"));
        Answer.ok(ctx, json -> translation.write(json, mask));
    }
}
