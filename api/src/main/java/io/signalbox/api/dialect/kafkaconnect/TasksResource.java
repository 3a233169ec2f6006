package io.signalbox.api.dialect.kafkaconnect;

import io.javalin.http.Context;
import io.signalbox.api.access.Role;
import io.signalbox.api.dialect.Base;
import io.signalbox.api.dialect.Lookup;
import io.signalbox.api.dialect.TaskConfigs;
import io.signalbox.api.http.Answer;
import io.signalbox.api.http.Json;
import io.signalbox.api.http.Routes;
import io.signalbox.api.query.DataPlane;
import io.signalbox.api.secrets.Secrets;
import java.io.IOException;

/** {@code /connectors/{c}/tasks}: a connector makes its tasks' configs on its worker, so only a worker knows them. */
final class TasksResource {

    private final Base base;
    private final Lookup lookup;
    private final TaskConfigs configs;

    TasksResource(Base base, Lookup lookup, DataPlane dataPlane, Secrets secrets) {
        this.base = base;
        this.lookup = lookup;
        configs = new TaskConfigs(dataPlane, secrets::ofTasks);
    }

    void routes(Routes routes) {
        routes.get(base.template() + "/connectors/{connector}/tasks", base.onConnector(Role.VIEWER), this::tasks);
    }

    private void tasks(Context ctx) throws IOException {
        var state = lookup.active(ctx, base.cluster(ctx), ctx.pathParam("connector"), Words.LOOKUP);
        var shown = configs.of(state);
        Answer.ok(ctx, json -> Json.MAPPER.writeTree(json, shown));
    }
}
