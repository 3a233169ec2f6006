package io.signalbox.api.dialect.kafkaconnect;

import io.javalin.http.Context;
import io.signalbox.api.access.Role;
import io.signalbox.api.dialect.Base;
import io.signalbox.api.dialect.Lookup;
import io.signalbox.api.http.Answer;
import io.signalbox.api.http.Conditions;
import io.signalbox.api.http.Json;
import io.signalbox.api.http.Routes;
import io.signalbox.api.http.Submitter;
import io.signalbox.api.secrets.Secrets;
import io.signalbox.processor.domain.Command.DeleteConnector;
import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.Precondition;
import io.signalbox.processor.domain.TaskStatus;
import java.io.IOException;
import java.util.Optional;

/** {@code /connectors/{c}} with its status and that of its tasks. */
final class ConnectorResource {

    private final Base base;
    private final Lookup lookup;
    private final Submitter submitter;
    private final Secrets secrets;
    private final Reveal reveal;

    private final Rendered plain = new Rendered();

    ConnectorResource(Base base, Lookup lookup, Submitter submitter, Secrets secrets) {
        this.base = base;
        this.lookup = lookup;
        this.submitter = submitter;
        this.secrets = secrets;
        reveal = new Reveal(secrets);
    }

    void routes(Routes routes) {
        String path = base.template() + "/connectors/{connector}";
        routes.get(path, base.onConnector(Role.VIEWER), this::info)
                .get(path + "/status", base.onConnector(Role.VIEWER), this::status)
                .get(path + "/tasks/{task}/status", base.onConnector(Role.VIEWER), this::taskStatus)
                .delete(path, base.onConnector(Role.EDITOR), this::delete);
    }

    private void info(Context ctx) throws IOException {
        var state = lookup.active(ctx, base.cluster(ctx), ctx.pathParam("connector"), Words.LOOKUP);
        if (Reveal.wanted(ctx)) {
            var revealed = reveal.config(ctx, state);
            Answer.json(ctx, 200, json -> InfoJson.write(json, state, revealed));
        } else if (!Conditions.unchanged(ctx, Precondition.tag(state.revision()))) {
            Answer.bytes(ctx, shown(state));
        }
    }

    /** What hides nothing is the same for everybody, for as long as the state is. */
    private byte[] shown(ConnectorState state) {
        byte[] known = plain.of(state);
        if (known != null) {
            return known;
        }
        var config = secrets.shown(state);
        byte[] json = Json.write(out -> InfoJson.write(out, state, config)).toByteArray();
        if (config == state.config()) {
            plain.put(state, json);
        }
        return json;
    }

    private void status(Context ctx) throws IOException {
        String name = ctx.pathParam("connector");
        var state = lookup.active(ctx, base.cluster(ctx), name, Words.STATUS);
        var shown = state.shownStatus();
        if (shown == null) {
            throw Words.STATUS.notFound(name);
        }
        if (!Conditions.unchanged(ctx, Precondition.tag(state.revision()))) {
            Answer.ok(ctx, json -> StatusJson.write(json, state, shown));
        }
    }

    private void taskStatus(Context ctx) throws IOException {
        String name = ctx.pathParam("connector");
        int id = TaskIds.of(ctx);
        Optional<ConnectorState> state = lookup.find(ctx, base.cluster(ctx), name);
        TaskStatus task = state.map(ConnectorState::status)
                .flatMap(status -> status.task(id))
                .orElseThrow(() -> Words.noTaskStatus(name, id));
        if (!Conditions.unchanged(ctx, Precondition.tag(state.get().revision()))) {
            Answer.ok(ctx, json -> StatusJson.write(json, task));
        }
    }

    private void delete(Context ctx) {
        submitter.commandId(ctx);
        String name = ctx.pathParam("connector");
        var key = lookup.target(base.cluster(ctx), name, Words.LOOKUP);
        Words.LOOKUP.accepted(name, submitter.submit(ctx, key, new DeleteConnector()));
        Answer.empty(ctx, 204);
    }
}
