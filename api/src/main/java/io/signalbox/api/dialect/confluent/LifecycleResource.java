package io.signalbox.api.dialect.confluent;

import io.javalin.http.Context;
import io.signalbox.api.access.Role;
import io.signalbox.api.dialect.Base;
import io.signalbox.api.dialect.Lookup;
import io.signalbox.api.http.Answer;
import io.signalbox.api.http.Refusal;
import io.signalbox.api.http.Routes;
import io.signalbox.api.http.Submitter;
import io.signalbox.processor.domain.Command;
import io.signalbox.processor.domain.Command.PauseConnector;
import io.signalbox.processor.domain.Command.RestartConnector;
import io.signalbox.processor.domain.Command.ResumeConnector;

/** Pause, resume and restart: 202 as soon as the log has it. */
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
        routes.put(path + "/pause", base.onConnector(Role.OPERATOR), ctx -> send(ctx, new PauseConnector()))
                .put(path + "/resume", base.onConnector(Role.OPERATOR), ctx -> send(ctx, new ResumeConnector()))
                .post(path + "/restart", base.onConnector(Role.OPERATOR), this::restart);
    }

    private void send(Context ctx, Command command) {
        submitter.commandId(ctx);
        String name = ctx.pathParam("connector");
        var key = lookup.target(base.cluster(ctx), name, Words.ABSENT);
        Words.OUTCOMES.accepted(name, submitter.submit(ctx, key, command));
        Answer.empty(ctx, 202);
    }

    /** With its tasks. What does not run, and did not fail, cannot be restarted. */
    private void restart(Context ctx) {
        submitter.commandId(ctx);
        String name = ctx.pathParam("connector");
        var state = State.of(lookup.active(ctx, base.cluster(ctx), name, Words.ABSENT));
        if (state == State.PROVISIONING || state == State.PAUSED) {
            throw Refusal.bad("Connector " + name + " is " + state + ", and can be restarted only when it is RUNNING, "
                    + "DEGRADED or FAILED");
        }
        send(ctx, new RestartConnector(true, false));
    }
}
