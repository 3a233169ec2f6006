package io.signalbox.api.dialect.kafkaconnect;

import io.javalin.http.Context;
import io.signalbox.api.access.Place;
import io.signalbox.api.access.Role;
import io.signalbox.api.dialect.Admission;
import io.signalbox.api.dialect.Base;
import io.signalbox.api.dialect.Lookup;
import io.signalbox.api.dialect.SinkOffsets;
import io.signalbox.api.http.Access;
import io.signalbox.api.http.Answer;
import io.signalbox.api.http.Body;
import io.signalbox.api.http.Conditions;
import io.signalbox.api.http.Routes;
import io.signalbox.api.http.Submitter;
import io.signalbox.api.secrets.Secrets;
import io.signalbox.processor.domain.Command.CreateConnector;
import io.signalbox.processor.domain.Config;
import io.signalbox.processor.domain.ConnectorType;
import io.signalbox.processor.domain.Precondition;
import java.io.IOException;

/** {@code /connectors}: creation. */
final class CreateResource {

    private final Base base;
    private final Lookup lookup;
    private final Admission admission;
    private final Submitter submitter;
    private final Secrets secrets;

    CreateResource(Base base, Lookup lookup, Admission admission, Submitter submitter, Secrets secrets) {
        this.base = base;
        this.lookup = lookup;
        this.admission = admission;
        this.submitter = submitter;
        this.secrets = secrets;
    }

    void routes(Routes routes) {
        routes.post(base.template() + "/connectors", base.withinCluster(Role.EDITOR), this::create);
    }

    private void create(Context ctx) throws IOException {
        submitter.commandId(ctx);
        var cluster = lookup.cluster(base.cluster(ctx));
        var request = Body.read(ctx, CreateRequest::read);
        // Before the cluster is asked to check it.
        Access.require(ctx, new Place(cluster.key().environment(), cluster.key().cluster(), request.name()));
        var admitted = admission.admit(
                ctx, cluster, request.name(), request.config(), () -> lookup.config(cluster.key(), request.name()));
        var key = cluster.key().connector(request.name());
        if (request.offsets() != null && admitted.type() == ConnectorType.SINK) {
            SinkOffsets.check(request.offsets());
        }
        var command = new CreateConnector(
                Config.of(admitted.config()),
                request.initialState(),
                admitted.type(),
                admitted.validated(),
                request.offsets() == null ? null : request.offsets().toString());
        var outcome = Words.LOOKUP.accepted(request.name(), submitter.submit(ctx, key, command));
        admitted.tell(ctx);
        ctx.res().setHeader("Location", base.location(cluster.key(), request.name()));
        Conditions.tag(ctx, Precondition.tag(outcome.connector().revision()));
        Answer.json(ctx, 201, json -> InfoJson.write(json, outcome.connector(), secrets.shown(outcome.connector())));
    }
}
