package io.signalbox.api.dialect.kafkaconnect;

import io.javalin.http.Context;
import io.signalbox.api.access.Role;
import io.signalbox.api.dialect.Admission;
import io.signalbox.api.dialect.Base;
import io.signalbox.api.dialect.Lookup;
import io.signalbox.api.http.Answer;
import io.signalbox.api.http.Body;
import io.signalbox.api.http.Conditions;
import io.signalbox.api.http.Routes;
import io.signalbox.api.http.StringMap;
import io.signalbox.api.http.Submitter;
import io.signalbox.api.secrets.Secrets;
import io.signalbox.processor.domain.Command.PutConfig;
import io.signalbox.processor.domain.Config;
import io.signalbox.processor.domain.Precondition;
import java.io.IOException;

/** {@code /connectors/{c}/config}: read, and create or replace. */
final class ConfigResource {

    private final Base base;
    private final Lookup lookup;
    private final Admission admission;
    private final Submitter submitter;
    private final Secrets secrets;
    private final Reveal reveal;

    ConfigResource(Base base, Lookup lookup, Admission admission, Submitter submitter, Secrets secrets) {
        this.base = base;
        this.lookup = lookup;
        this.admission = admission;
        this.submitter = submitter;
        this.secrets = secrets;
        reveal = new Reveal(secrets);
    }

    void routes(Routes routes) {
        String path = base.template() + "/connectors/{connector}/config";
        routes.get(path, base.onConnector(Role.VIEWER), this::get).put(path, base.onConnector(Role.EDITOR), this::put);
    }

    private void get(Context ctx) throws IOException {
        var state = lookup.active(ctx, base.cluster(ctx), ctx.pathParam("connector"), Words.LOOKUP);
        if (Reveal.wanted(ctx)) {
            var revealed = reveal.config(ctx, state);
            Answer.json(ctx, 200, json -> InfoJson.config(json, revealed));
        } else if (!Conditions.unchanged(ctx, Precondition.configTag(state.configRevision()))) {
            Answer.ok(ctx, json -> InfoJson.config(json, secrets.shown(state)));
        }
    }

    private void put(Context ctx) throws IOException {
        submitter.commandId(ctx);
        String name = ctx.pathParam("connector");
        var cluster = lookup.cluster(base.cluster(ctx));
        var admitted = admission.admit(
                ctx, cluster, name, Body.read(ctx, StringMap::read), () -> lookup.config(cluster.key(), name));
        var command = new PutConfig(Config.of(admitted.config()), admitted.type(), admitted.validated());
        var key = cluster.key().connector(name);
        var outcome = Words.LOOKUP.accepted(name, submitter.submit(ctx, key, command));
        admitted.tell(ctx);
        if (outcome.created()) {
            ctx.res().setHeader("Location", base.location(cluster.key(), name));
        }
        Conditions.tag(ctx, Precondition.configTag(outcome.connector().configRevision()));
        Answer.json(
                ctx,
                outcome.created() ? 201 : 200,
                json -> InfoJson.write(json, outcome.connector(), secrets.shown(outcome.connector())));
    }
}
