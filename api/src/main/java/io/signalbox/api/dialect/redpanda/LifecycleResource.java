package io.signalbox.api.dialect.redpanda;

import io.javalin.http.Context;
import io.signalbox.api.access.Role;
import io.signalbox.api.dialect.Lookup;
import io.signalbox.api.http.Answer;
import io.signalbox.api.http.Body;
import io.signalbox.api.http.Routes;
import io.signalbox.api.http.Submitter;
import io.signalbox.processor.domain.Command;
import io.signalbox.processor.domain.Command.PauseConnector;
import io.signalbox.processor.domain.Command.RestartConnector;
import io.signalbox.processor.domain.Command.ResumeConnector;
import io.signalbox.processor.domain.Command.StopConnector;
import java.io.IOException;

/** Pause, resume, stop and restart: answered as soon as the log has it. */
final class LifecycleResource {

    private final RedpandaBase base;
    private final Lookup lookup;
    private final Submitter submitter;

    LifecycleResource(RedpandaBase base, Lookup lookup, Submitter submitter) {
        this.base = base;
        this.lookup = lookup;
        this.submitter = submitter;
    }

    void routes(Routes routes) {
        String path = base.template() + "/connectors/{connector}";
        var rule = base.onConnector(Role.OPERATOR);
        routes.put(path + "/pause", rule, ctx -> retarget(ctx, new PauseConnector()))
                .put(path + "/resume", rule, ctx -> retarget(ctx, new ResumeConnector()))
                .put(path + "/stop", rule, ctx -> retarget(ctx, new StopConnector()))
                .post(path + "/restart", rule, this::restart);
    }

    private void retarget(Context ctx, Command command) throws IOException {
        submit(ctx, command);
        Answer.json(ctx, 202, json -> {
            json.writeStartObject();
            json.writeEndObject();
        });
    }

    private void restart(Context ctx) throws IOException {
        var request = Body.readOr(RestartRequest.EMPTY, ctx, RestartRequest::read);
        submit(ctx, new RestartConnector(request.includeTasks(), request.onlyFailed()));
        Answer.empty(ctx, 204);
    }

    private void submit(Context ctx, Command command) {
        submitter.commandId(ctx);
        String name = ctx.pathParam("connector");
        var key = lookup.target(base.cluster(ctx), name, Words.ABSENT);
        Words.OUTCOMES.accepted(name, submitter.submit(ctx, key, command));
    }
}
