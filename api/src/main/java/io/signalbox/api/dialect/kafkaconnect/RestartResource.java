package io.signalbox.api.dialect.kafkaconnect;

import io.javalin.http.Context;
import io.signalbox.api.access.Role;
import io.signalbox.api.dialect.Base;
import io.signalbox.api.dialect.Lookup;
import io.signalbox.api.dialect.Outcomes;
import io.signalbox.api.http.Answer;
import io.signalbox.api.http.Refusal;
import io.signalbox.api.http.Routes;
import io.signalbox.api.http.Submitter;
import io.signalbox.processor.domain.Command;
import io.signalbox.processor.domain.Command.RestartConnector;
import io.signalbox.processor.domain.Command.RestartTask;
import io.signalbox.processor.domain.CommandOutcome.Stage;
import java.io.IOException;
import java.time.Duration;

/** Restarts. The plain one and a task's are waited for; the others (KIP-745) answer with what is planned. */
final class RestartResource {

    static final String OPERATION = "Signalbox-Operation";

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Base base;
    private final Lookup lookup;
    private final Submitter submitter;

    RestartResource(Base base, Lookup lookup, Submitter submitter) {
        this.base = base;
        this.lookup = lookup;
        this.submitter = submitter;
    }

    void routes(Routes routes) {
        String path = base.template() + "/connectors/{connector}";
        routes.post(path + "/restart", base.onConnector(Role.OPERATOR), this::restart)
                .post(path + "/tasks/{task}/restart", base.onConnector(Role.OPERATOR), this::restartTask);
    }

    private void restart(Context ctx) throws IOException {
        String name = ctx.pathParam("connector");
        boolean includeTasks = Boolean.parseBoolean(ctx.queryParam("includeTasks"));
        boolean onlyFailed = Boolean.parseBoolean(ctx.queryParam("onlyFailed"));
        var command = new RestartConnector(includeTasks, onlyFailed);
        if (includeTasks || onlyFailed) {
            plan(ctx, name, command);
        } else {
            await(ctx, name, command, "Failed to start connector: " + name);
        }
    }

    private void restartTask(Context ctx) {
        int task = TaskIds.of(ctx);
        String name = ctx.pathParam("connector");
        await(ctx, name, new RestartTask(task), "Failed to start task: " + name + "-" + task);
    }

    private void plan(Context ctx, String name, RestartConnector command) throws IOException {
        submitter.commandId(ctx);
        var key = lookup.target(base.cluster(ctx), name, Words.RESTART);
        var state = Words.RESTART
                .accepted(name, submitter.submit(ctx, key, command))
                .connector();
        var shown = state.shownStatus();
        if (shown == null) {
            // The key was used before, for another command, and this is that one's answer.
            throw Outcomes.usedBefore();
        }
        var plan = RestartPlan.of(shown, command.includeTasks(), command.onlyFailed());
        Answer.json(ctx, 202, json -> StatusJson.write(json, state, plan));
    }

    private void await(Context ctx, String name, Command command, String failed) {
        submitter.commandId(ctx);
        var key = lookup.target(base.cluster(ctx), name, Words.RESTART);
        var outcome = Words.RESTART.accepted(name, submitter.await(ctx, key, command, PATIENCE));
        if (outcome.stage() == Stage.FAILED) {
            throw new Refusal(500, failed);
        }
        if (outcome.stage() == Stage.ACCEPTED) {
            ctx.res().setHeader(OPERATION, "pending");
        }
        Answer.empty(ctx, 204);
    }
}
