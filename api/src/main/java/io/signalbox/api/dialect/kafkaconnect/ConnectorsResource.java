package io.signalbox.api.dialect.kafkaconnect;

import com.fasterxml.jackson.core.JsonGenerator;
import io.javalin.http.Context;
import io.signalbox.api.http.Answer;
import io.signalbox.api.http.Body;
import io.signalbox.api.http.Routes;
import io.signalbox.api.http.Submitter;
import io.signalbox.processor.domain.Command.CreateConnector;
import io.signalbox.processor.domain.ConnectorState;
import java.io.IOException;
import java.util.List;

/** {@code /connectors}: the list, and creation. */
final class ConnectorsResource {

    private final Base base;
    private final Lookup lookup;
    private final Admission admission;
    private final Submitter submitter;

    ConnectorsResource(Base base, Lookup lookup, Admission admission, Submitter submitter) {
        this.base = base;
        this.lookup = lookup;
        this.admission = admission;
        this.submitter = submitter;
    }

    void routes(Routes routes) {
        routes.get(base.template() + "/connectors", this::list).post(base.template() + "/connectors", this::create);
    }

    private void list(Context ctx) throws IOException {
        List<ConnectorState> all = lookup.all(base.cluster(ctx));
        List<String> expand = ctx.req().getQueryString() == null ? List.of() : ctx.queryParams("expand");
        if (expand.isEmpty()) {
            Answer.ok(ctx, json -> names(json, all));
        } else {
            boolean status = expand.contains("status");
            boolean info = expand.contains("info");
            Answer.ok(ctx, json -> expanded(json, all, status, info));
        }
    }

    private static void names(JsonGenerator json, List<ConnectorState> all) throws IOException {
        json.writeStartArray();
        for (ConnectorState state : all) {
            json.writeString(state.key().connector());
        }
        json.writeEndArray();
    }

    /** With their status, connectors that have none yet are left out. */
    private static void expanded(JsonGenerator json, List<ConnectorState> all, boolean status, boolean info)
            throws IOException {
        json.writeStartObject();
        for (ConnectorState state : all) {
            var shown = status ? StatusJson.shown(state) : null;
            if (status && shown == null) {
                continue;
            }
            json.writeObjectFieldStart(state.key().connector());
            if (status) {
                json.writeFieldName("status");
                StatusJson.write(json, state, shown);
            }
            if (info) {
                json.writeFieldName("info");
                InfoJson.write(json, state);
            }
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private void create(Context ctx) throws IOException {
        submitter.commandId(ctx);
        var cluster = lookup.cluster(base.cluster(ctx));
        var request = Body.read(ctx, CreateRequest::read);
        var admitted = admission.admit(ctx, cluster, request.name(), request.config());
        var key = cluster.key().connector(request.name());
        var command =
                new CreateConnector(admitted.config(), request.initialState(), admitted.type(), admitted.validated());
        var outcome = Words.LOOKUP.accepted(request.name(), submitter.submit(ctx, key, command));
        admitted.tell(ctx);
        ctx.res().setHeader("Location", base.location(cluster.key(), request.name()));
        Answer.json(ctx, 201, json -> InfoJson.write(json, outcome.connector()));
    }
}
