package io.signalbox.api.dialect.supermetal;

import io.javalin.http.Context;
import io.signalbox.api.access.Role;
import io.signalbox.api.http.Answer;
import io.signalbox.api.http.Body;
import io.signalbox.api.http.Refusal;
import io.signalbox.api.http.Routes;
import io.signalbox.api.http.Submitter;
import io.signalbox.processor.domain.Command.CancelPipelineTask;
import io.signalbox.processor.domain.Command.OfPipeline;
import io.signalbox.processor.domain.Command.RetryPipelineTask;
import io.signalbox.processor.domain.PipelineState;
import io.signalbox.processor.domain.PipelineTask;
import java.io.IOException;
import java.util.List;

/** Tables that are to be copied once more. They are copied afterwards, one at a time: the task tells how far it is. */
final class TasksResource {

    private static final String TASK = "task";

    private final SupermetalBase base;
    private final PipelineLookup lookup;
    private final Submitter submitter;

    TasksResource(SupermetalBase base, PipelineLookup lookup, Submitter submitter) {
        this.base = base;
        this.lookup = lookup;
        this.submitter = submitter;
    }

    void routes(Routes routes) {
        String path = base.template("/api/v1/connectors/{pipeline}/tasks");
        routes.get(path, base.onPipeline(Role.VIEWER), this::list)
                .post(path, base.onPipeline(Role.EDITOR), this::create)
                .get(path + "/{task}", base.onPipeline(Role.VIEWER), this::get)
                .post(path + "/{task}/cancel", base.onPipeline(Role.EDITOR), this::cancel)
                .post(path + "/{task}/retry", base.onPipeline(Role.EDITOR), this::retry);
    }

    private void list(Context ctx) throws IOException {
        List<PipelineTask> tasks = lookup.required(ctx).tasks();
        Answer.ok(ctx, json -> {
            json.writeStartArray();
            for (PipelineTask task : tasks.reversed()) {
                TaskJson.write(json, task);
            }
            json.writeEndArray();
        });
    }

    private void get(Context ctx) throws IOException {
        PipelineTask task = required(ctx, lookup.required(ctx));
        Answer.ok(ctx, json -> TaskJson.write(json, task));
    }

    private void create(Context ctx) throws IOException {
        submitter.commandId(ctx);
        var given = Body.tree(ctx);
        var asked = TaskSpec.asked(lookup.required(ctx), given);
        PipelineState after = submitted(ctx, asked);
        // What is still to do is there once.
        PipelineTask task = after.tasks().reversed().stream()
                .filter(each -> each.asks(asked.schema(), asked.name(), asked.database()))
                .findFirst()
                .orElseThrow(Words::usedBefore);
        Answer.json(ctx, 202, json -> TaskJson.write(json, task));
    }

    private void cancel(Context ctx) throws IOException {
        change(ctx, new CancelPipelineTask(ctx.pathParam(TASK)));
    }

    private void retry(Context ctx) throws IOException {
        change(ctx, new RetryPipelineTask(ctx.pathParam(TASK)));
    }

    private void change(Context ctx, OfPipeline command) throws IOException {
        submitter.commandId(ctx);
        PipelineTask task = required(ctx, submitted(ctx, command));
        Answer.ok(ctx, json -> TaskJson.write(json, task));
    }

    /** The pipeline as it was right after the command, also if that was asked before. */
    private PipelineState submitted(Context ctx, OfPipeline command) {
        var outcome = submitter.submit(ctx, lookup.required(ctx).key(), command);
        return lookup.heard(Words.pipeline(Words.accepted(outcome)));
    }

    private static PipelineTask required(Context ctx, PipelineState pipeline) {
        String id = ctx.pathParam(TASK);
        return PipelineTask.of(pipeline.tasks(), id)
                .orElseThrow(
                        () -> Refusal.notFound("Connector " + pipeline.key().id() + " has no task " + id));
    }
}
