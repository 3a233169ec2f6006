package io.signalbox.api.dialect.redpanda;

import io.javalin.http.Context;
import io.signalbox.api.access.Role;
import io.signalbox.api.dialect.Lookup;
import io.signalbox.api.http.Answer;
import io.signalbox.api.http.Routes;
import io.signalbox.api.http.Submitter;
import io.signalbox.processor.domain.Command.DeleteConnector;
import io.signalbox.processor.domain.ConnectorState;
import java.io.IOException;

/** One connector, and its status. */
final class ConnectorResource {

    private final RedpandaBase base;
    private final Bodies bodies;
    private final Lookup lookup;
    private final Submitter submitter;
    private final ConnectorJson connectors;

    ConnectorResource(RedpandaBase base, Bodies bodies, Lookup lookup, Submitter submitter, ConnectorJson connectors) {
        this.base = base;
        this.bodies = bodies;
        this.lookup = lookup;
        this.submitter = submitter;
        this.connectors = connectors;
    }

    void routes(Routes routes) {
        String path = base.template() + "/connectors/{connector}";
        routes.get(path, base.onConnector(Role.VIEWER), this::get)
                .get(path + "/status", base.onConnector(Role.VIEWER), this::status)
                .delete(path, base.onConnector(Role.EDITOR), this::delete);
    }

    private void get(Context ctx) throws IOException {
        var state = found(ctx);
        Answer.ok(ctx, bodies.wrapped(base.version(), "connector", json -> connectors.spec(json, state)));
    }

    private void status(Context ctx) throws IOException {
        var state = found(ctx);
        Answer.ok(ctx, bodies.wrapped(base.version(), "status", json -> ConnectorJson.status(json, state)));
    }

    private void delete(Context ctx) {
        submitter.commandId(ctx);
        String name = ctx.pathParam("connector");
        var key = lookup.target(base.cluster(ctx), name, Words.ABSENT);
        Words.OUTCOMES.accepted(name, submitter.submit(ctx, key, new DeleteConnector()));
        Answer.empty(ctx, 204);
    }

    private ConnectorState found(Context ctx) {
        return lookup.active(ctx, base.cluster(ctx), ctx.pathParam("connector"), Words.ABSENT);
    }
}
