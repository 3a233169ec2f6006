package io.signalbox.api.dialect.supermetal;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import io.signalbox.api.access.Role;
import io.signalbox.api.dialect.supermetal.model.CommandShape;
import io.signalbox.api.dialect.supermetal.model.ConnectorShape;
import io.signalbox.api.dialect.supermetal.model.Field;
import io.signalbox.api.dialect.supermetal.model.Gaps;
import io.signalbox.api.http.Answer;
import io.signalbox.api.http.Body;
import io.signalbox.api.http.Refusal;
import io.signalbox.api.http.Routes;
import io.signalbox.processor.dataplane.systems.Check;
import io.signalbox.processor.dataplane.systems.SystemException;
import io.signalbox.processor.domain.ClusterKey;
import io.signalbox.processor.domain.ClusterState;
import io.signalbox.processor.domain.Config;
import io.signalbox.processor.secrets.UnresolvedException;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** Whether a source, a sink or a buffer would do. That one would not is an answer like any other: 200, with what was tried. */
final class ValidateResource {

    private final SupermetalBase base;
    private final PipelineLookup lookup;
    private final Definitions definitions;
    private final Ends ends;
    private final Databases databases;
    private final PluginTrial plugins;
    private final InstantSource clock;

    ValidateResource(
            SupermetalBase base,
            PipelineLookup lookup,
            Definitions definitions,
            Ends ends,
            Databases databases,
            PluginTrial plugins,
            InstantSource clock) {
        this.base = base;
        this.lookup = lookup;
        this.definitions = definitions;
        this.ends = ends;
        this.databases = databases;
        this.plugins = plugins;
        this.clock = clock;
    }

    void routes(Routes routes) {
        routes.post(base.template("/api/v1/validate/source"), base.withinCluster(Role.EDITOR), this::source)
                .post(base.template("/api/v1/validate/sink"), base.withinCluster(Role.EDITOR), this::sink)
                .post(base.template("/api/v1/validate/buffer"), base.withinCluster(Role.EDITOR), this::buffer);
    }

    private void source(Context ctx) throws IOException {
        JsonNode source = read(ctx, ConnectorShape.SOURCE);
        var cluster = lookup.registered(ctx);
        answer(
                ctx,
                ConnectorShape.SOURCE,
                source,
                events -> tried(
                        events, cluster, ends.source(cluster.key(), source), databases::checkSource, databases::fit));
    }

    private void sink(Context ctx) throws IOException {
        JsonNode sink = read(ctx, ConnectorShape.SINK);
        var cluster = lookup.registered(ctx);
        answer(
                ctx,
                ConnectorShape.SINK,
                sink,
                events -> ends.sink(cluster.key(), sink)
                        .ifPresent(config ->
                                tried(events, cluster, config, databases::checkSink, (key, any) -> Map.of())));
    }

    private void buffer(Context ctx) throws IOException {
        answer(ctx, ConnectorShape.BUFFER, read(ctx, ConnectorShape.BUFFER), events -> {
            // Nothing is ever written there.
        });
    }

    /** A worker is asked only about what its database has nothing against: it would find the same. */
    private void tried(
            ValidateEvents events,
            ClusterState cluster,
            Config config,
            BiFunction<ClusterKey, Config, List<Check>> checks,
            BiFunction<ClusterKey, Config, Map<String, String>> fit) {
        checks.apply(cluster.key(), config).forEach(events::check);
        if (!events.failed()) {
            events.check(plugins.run(cluster, config.patched(fit.apply(cluster.key(), config))));
        }
    }

    private JsonNode read(Context ctx, Field field) throws IOException {
        JsonNode given = Body.tree(ctx);
        lookup.cluster(ctx);
        var lender = lookup.lender(ctx, ctx.queryParam("connector_id"), Role.EDITOR);
        CommandShape.requireOnly(field, given);
        return definitions.part(field, given, lender);
    }

    /** Where a field is refused nobody is asked: there would be nothing to ask for. */
    private void answer(Context ctx, Field field, JsonNode value, Consumer<ValidateEvents> trial) throws IOException {
        var events = new ValidateEvents(clock.instant());
        Gaps.of(field, value, "/" + field.name()).forEach(events::gap);
        if (!events.failed()) {
            try {
                trial.accept(events);
            } catch (SystemException | UnresolvedException e) {
                events.trouble(e.getMessage());
            } catch (Refusal refusal) {
                events.refused(refusal.failure());
            }
        }
        Answer.json(ctx, 200, events::write);
    }
}
