package io.signalbox.api.dialect.supermetal;

import io.javalin.http.Context;
import io.signalbox.api.access.Role;
import io.signalbox.api.dialect.supermetal.model.CommandShape;
import io.signalbox.api.http.Answer;
import io.signalbox.api.http.Body;
import io.signalbox.api.http.Refusal;
import io.signalbox.api.http.Routes;
import java.io.IOException;

/** Tables that are to be copied once more, which is not done here: there are no tasks, and none can be made. */
final class TasksResource {

    private final SupermetalBase base;
    private final PipelineLookup lookup;

    TasksResource(SupermetalBase base, PipelineLookup lookup) {
        this.base = base;
        this.lookup = lookup;
    }

    void routes(Routes routes) {
        String path = base.template("/api/v1/connectors/{pipeline}/tasks");
        routes.get(path, base.onPipeline(Role.VIEWER), this::list)
                .post(path, base.onPipeline(Role.EDITOR), this::create)
                .get(path + "/{task}", base.onPipeline(Role.VIEWER), this::none)
                .post(path + "/{task}/cancel", base.onPipeline(Role.EDITOR), this::none)
                .post(path + "/{task}/retry", base.onPipeline(Role.EDITOR), this::none);
    }

    private void list(Context ctx) throws IOException {
        lookup.required(ctx);
        Answer.ok(ctx, json -> {
            json.writeStartArray();
            json.writeEndArray();
        });
    }

    private void create(Context ctx) throws IOException {
        var given = Body.tree(ctx);
        lookup.required(ctx);
        CommandShape.requireTask(given);
        throw new Refusal(
                422, "A single table is not copied again here: the command ReIntialize copies all of them again");
    }

    private void none(Context ctx) {
        var pipeline = lookup.required(ctx);
        throw Refusal.notFound("Connector " + pipeline.key().id() + " has no such task: there are none here");
    }
}
