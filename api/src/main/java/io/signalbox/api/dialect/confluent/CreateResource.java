package io.signalbox.api.dialect.confluent;

import io.javalin.http.Context;
import io.signalbox.api.access.Place;
import io.signalbox.api.access.Role;
import io.signalbox.api.dialect.Admission;
import io.signalbox.api.dialect.Base;
import io.signalbox.api.dialect.Lookup;
import io.signalbox.api.dialect.Names;
import io.signalbox.api.dialect.SinkOffsets;
import io.signalbox.api.http.Access;
import io.signalbox.api.http.Answer;
import io.signalbox.api.http.Body;
import io.signalbox.api.http.Routes;
import io.signalbox.api.http.Submitter;
import io.signalbox.processor.domain.Command.CreateConnector;
import io.signalbox.processor.domain.Config;
import io.signalbox.processor.domain.ConnectorType;
import io.signalbox.processor.domain.TargetState;
import java.io.IOException;

/** {@code POST /connectors}. */
final class CreateResource {

    private final Base base;
    private final Lookup lookup;
    private final Admission admission;
    private final Submitter submitter;
    private final ManagedConfig managed;
    private final ConnectorJson connectors;

    CreateResource(
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
        routes.post(base.template() + "/connectors", base.withinCluster(Role.EDITOR), this::create);
    }

    private void create(Context ctx) throws IOException {
        submitter.commandId(ctx);
        var cluster = lookup.cluster(base.cluster(ctx));
        var request = Body.read(ctx, CreateRequest::read);
        String name = request.name();
        Names.checkName(name, request.config());
        // Before the cluster is asked anything about it.
        Access.require(ctx, new Place(cluster.key().environment(), cluster.key().cluster(), name));
        var config = managed.stored(cluster.key(), request.config());
        var admitted = admission.admitNew(ctx, cluster, name, config, () -> lookup.config(cluster.key(), name));
        boolean offsets = !request.offsets().isEmpty();
        if (offsets && admitted.type() == ConnectorType.SINK) {
            SinkOffsets.check(request.offsets());
        }
        var command = new CreateConnector(
                Config.of(admitted.config()),
                TargetState.RUNNING,
                admitted.type(),
                admitted.validated(),
                offsets ? request.offsets().toString() : null);
        var outcome = submitter.submit(ctx, cluster.key().connector(name), command);
        var created = Words.OUTCOMES.connector(name, outcome);
        admitted.tell(ctx);
        ctx.res().setHeader("Location", base.location(cluster.key(), name));
        Answer.json(ctx, 201, json -> connectors.info(json, created, request.offsets()));
    }
}
