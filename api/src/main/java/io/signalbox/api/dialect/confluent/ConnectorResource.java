package io.signalbox.api.dialect.confluent;

import io.javalin.http.Context;
import io.signalbox.api.access.Role;
import io.signalbox.api.dialect.Base;
import io.signalbox.api.dialect.Lookup;
import io.signalbox.api.http.Answer;
import io.signalbox.api.http.Routes;
import io.signalbox.api.http.Submitter;
import io.signalbox.processor.domain.Command.DeleteConnector;
import io.signalbox.processor.domain.ConnectorState;
import java.io.IOException;

/** {@code /connectors/{c}}: read, its status, and deletion. */
final class ConnectorResource {

    private final Base base;
    private final Lookup lookup;
    private final Submitter submitter;
    private final ConnectorJson connectors;

    ConnectorResource(Base base, Lookup lookup, Submitter submitter, ConnectorJson connectors) {
        this.base = base;
        this.lookup = lookup;
        this.submitter = submitter;
        this.connectors = connectors;
    }

    void routes(Routes routes) {
        String path = base.template() + "/connectors/{connector}";
        routes.get(path, base.onConnector(Role.VIEWER), this::info)
                .get(path + "/status", base.onConnector(Role.VIEWER), this::status)
                .delete(path, base.onConnector(Role.EDITOR), this::delete);
    }

    private ConnectorState connector(Context ctx) {
        return lookup.active(ctx, base.cluster(ctx), ctx.pathParam("connector"), Words.ABSENT);
    }

    private void info(Context ctx) throws IOException {
        var state = connector(ctx);
        Answer.ok(ctx, json -> connectors.info(json, state));
    }

    private void status(Context ctx) throws IOException {
        var state = connector(ctx);
        Answer.ok(ctx, json -> ConnectorJson.status(json, state));
    }

    /** Clients take anything but null for a failure. */
    private void delete(Context ctx) throws IOException {
        submitter.commandId(ctx);
        String name = ctx.pathParam("connector");
        var key = lookup.target(base.cluster(ctx), name, Words.ABSENT);
        Words.OUTCOMES.accepted(name, submitter.submit(ctx, key, new DeleteConnector()));
        Answer.ok(ctx, json -> {
            json.writeStartObject();
            json.writeNullField("error");
            json.writeEndObject();
        });
    }
}
