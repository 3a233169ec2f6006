package io.signalbox.api.dialect.kafkaconnect;

import io.javalin.http.Context;
import io.signalbox.api.access.Role;
import io.signalbox.api.dialect.Base;
import io.signalbox.api.dialect.Lookup;
import io.signalbox.api.http.Answer;
import io.signalbox.api.http.Routes;
import io.signalbox.api.http.Submitter;
import io.signalbox.processor.domain.Command;
import io.signalbox.processor.domain.Command.PauseConnector;
import io.signalbox.processor.domain.Command.ResumeConnector;
import io.signalbox.processor.domain.Command.StopConnector;

/** Pause, resume and stop (KIP-875): what a connector is to do from now on. */
final class LifecycleResource {

    private final Base base;
    private final Lookup lookup;
    private final Submitter submitter;

    LifecycleResource(Base base, Lookup lookup, Submitter submitter) {
        this.base = base;
        this.lookup = lookup;
        this.submitter = submitter;
    }

    void routes(Routes routes) {
        String path = base.template() + "/connectors/{connector}";
        routes.put(path + "/pause", base.onConnector(Role.OPERATOR), ctx -> retarget(ctx, new PauseConnector(), 202))
                .put(
                        path + "/resume",
                        base.onConnector(Role.OPERATOR),
                        ctx -> retarget(ctx, new ResumeConnector(), 202))
                .put(path + "/stop", base.onConnector(Role.OPERATOR), ctx -> retarget(ctx, new StopConnector(), 204));
    }

    private void retarget(Context ctx, Command command, int status) {
        submitter.commandId(ctx);
        String name = ctx.pathParam("connector");
        var key = lookup.target(base.cluster(ctx), name, Words.RETARGET);
        Words.RETARGET.accepted(name, submitter.submit(ctx, key, command));
        Answer.empty(ctx, status);
    }
}
