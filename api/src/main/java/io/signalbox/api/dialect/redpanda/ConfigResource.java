package io.signalbox.api.dialect.redpanda;

import com.fasterxml.jackson.core.JsonParser;
import io.javalin.http.Context;
import io.signalbox.api.access.Role;
import io.signalbox.api.dialect.Admission;
import io.signalbox.api.dialect.Lookup;
import io.signalbox.api.http.Answer;
import io.signalbox.api.http.Body;
import io.signalbox.api.http.Routes;
import io.signalbox.api.http.Submitter;
import io.signalbox.api.http.Violation;
import io.signalbox.processor.domain.Command.PutConfig;
import io.signalbox.processor.domain.Config;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The config of a connector: read, and create or replace. */
final class ConfigResource {

    private final RedpandaBase base;
    private final Bodies bodies;
    private final Lookup lookup;
    private final Admission admission;
    private final Submitter submitter;
    private final ConnectorJson connectors;

    ConfigResource(
            RedpandaBase base,
            Bodies bodies,
            Lookup lookup,
            Admission admission,
            Submitter submitter,
            ConnectorJson connectors) {
        this.base = base;
        this.bodies = bodies;
        this.lookup = lookup;
        this.admission = admission;
        this.submitter = submitter;
        this.connectors = connectors;
    }

    void routes(Routes routes) {
        String path = base.template() + "/connectors/{connector}/config";
        routes.get(path, base.onConnector(Role.VIEWER), this::get).put(path, base.onConnector(Role.EDITOR), this::put);
    }

    private void get(Context ctx) throws IOException {
        var state = lookup.active(ctx, base.cluster(ctx), ctx.pathParam("connector"), Words.ABSENT);
        Answer.ok(ctx, bodies.wrapped(base.version(), "config", json -> connectors.config(json, state)));
    }

    private void put(Context ctx) throws IOException {
        submitter.commandId(ctx);
        String name = ctx.pathParam("connector");
        var cluster = lookup.cluster(base.cluster(ctx));
        Map<String, String> given = Body.readOr(Map.of(), ctx, ConfigResource::read);
        if (given.isEmpty()) {
            throw Words.invalid(List.of(new Violation("config", "value must have at least one entry")));
        }
        ConnectorsResource.requireClass(given);
        var admitted = admission.admit(ctx, cluster, name, given, () -> lookup.config(cluster.key(), name));
        var command = new PutConfig(Config.of(admitted.config()), admitted.type(), admitted.validated());
        var outcome = submitter.submit(ctx, cluster.key().connector(name), command);
        var connector = Words.OUTCOMES.connector(name, outcome);
        admitted.tell(ctx);
        if (outcome.created()) {
            ctx.res().setHeader("Location", base.location(cluster.key(), name));
        }
        Answer.json(
                ctx,
                outcome.created() ? 201 : 200,
                bodies.wrapped(base.version(), "connector", json -> connectors.spec(json, connector)));
    }

    private static Map<String, String> read(JsonParser json) throws IOException {
        return Strings.map(json, "config");
    }
}
