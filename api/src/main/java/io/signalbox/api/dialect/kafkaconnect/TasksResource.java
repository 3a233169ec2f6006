package io.signalbox.api.dialect.kafkaconnect;

import io.javalin.http.Context;
import io.signalbox.api.access.Role;
import io.signalbox.api.http.Answer;
import io.signalbox.api.http.Json;
import io.signalbox.api.http.Refusal;
import io.signalbox.api.http.Routes;
import io.signalbox.api.query.DataPlane;
import io.signalbox.api.secrets.Secrets;
import io.signalbox.api.validation.WorkerWords;
import java.io.IOException;
import java.time.Duration;

/** {@code /connectors/{c}/tasks}: a connector makes its tasks' configs on its worker, so only a worker knows them. */
final class TasksResource {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Base base;
    private final Lookup lookup;
    private final DataPlane dataPlane;
    private final Secrets secrets;

    TasksResource(Base base, Lookup lookup, DataPlane dataPlane, Secrets secrets) {
        this.base = base;
        this.lookup = lookup;
        this.dataPlane = dataPlane;
        this.secrets = secrets;
    }

    void routes(Routes routes) {
        routes.get(base.template() + "/connectors/{connector}/tasks", base.onConnector(Role.VIEWER), this::tasks);
    }

    private void tasks(Context ctx) throws IOException {
        var state = lookup.active(ctx, base.cluster(ctx), ctx.pathParam("connector"), Words.LOOKUP);
        var key = state.key();
        var reply = dataPlane.tasks(key, PATIENCE);
        switch (reply.status()) {
            case 200 -> {
                var shown = secrets.ofTasks(state).tasks(reply.body());
                Answer.ok(ctx, json -> Json.MAPPER.writeTree(json, shown));
            }
            // The worker has yet to hear of it, so it has made no tasks.
            case 404 ->
                Answer.ok(ctx, json -> {
                    json.writeStartArray();
                    json.writeEndArray();
                });
            case 400 -> throw Refusal.bad(WorkerWords.message(reply));
            default -> throw Relay.trouble(key.clusterKey(), "tell the tasks of connector " + key.connector(), reply);
        }
    }
}
