package io.signalbox.api.dialect.confluent;

import io.javalin.http.Context;
import io.signalbox.api.access.Role;
import io.signalbox.api.dialect.Admission;
import io.signalbox.api.dialect.Base;
import io.signalbox.api.dialect.Lookup;
import io.signalbox.api.dialect.Names;
import io.signalbox.api.http.Answer;
import io.signalbox.api.http.Body;
import io.signalbox.api.http.Routes;
import io.signalbox.api.http.StringMap;
import io.signalbox.api.http.Submitter;
import io.signalbox.processor.domain.Command.PutConfig;
import io.signalbox.processor.domain.Config;
import java.io.IOException;

/** {@code /connectors/{c}/config}: read, and create or replace, which is 200 in both cases. */
final class ConfigResource {

    private final Base base;
    private final Lookup lookup;
    private final Admission admission;
    private final Submitter submitter;
    private final ManagedConfig managed;
    private final ConnectorJson connectors;

    ConfigResource(
            Base base,
            Lookup lookup,
            Admission admission,
            Submitter submitter,
            ManagedConfig managed,
            ConnectorJson connectors) {
        this.base = base;
        this.lookup = lookup;
        this.admission = admission;
        this.submitter = submitter;
        this.managed = managed;
        this.connectors = connectors;
    }

    void routes(Routes routes) {
        String path = base.template() + "/connectors/{connector}/config";
        routes.get(path, base.onConnector(Role.VIEWER), this::get).put(path, base.onConnector(Role.EDITOR), this::put);
    }

    private void get(Context ctx) throws IOException {
        var state = lookup.active(ctx, base.cluster(ctx), ctx.pathParam("connector"), Words.ABSENT);
        Answer.ok(ctx, json -> connectors.config(json, state));
    }

    private void put(Context ctx) throws IOException {
        submitter.commandId(ctx);
        String name = ctx.pathParam("connector");
        var cluster = lookup.cluster(base.cluster(ctx));
        var written = Body.read(ctx, StringMap::read);
        // The path decides, whatever the config says.
        written.put("name", name);
        Names.checkName(name, written);
        var config = managed.stored(cluster.key(), written);
        var admitted = admission.admit(ctx, cluster, name, config, () -> lookup.config(cluster.key(), name));
        var command = new PutConfig(Config.of(admitted.config()), admitted.type(), admitted.validated());
        var outcome = submitter.submit(ctx, cluster.key().connector(name), command);
        var connector = Words.OUTCOMES.connector(name, outcome);
        admitted.tell(ctx);
        Answer.ok(ctx, json -> connectors.info(json, connector));
    }
}
