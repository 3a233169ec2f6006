package io.signalbox.api.dialect.confluent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.signalbox.api.access.Role;
import io.signalbox.api.dialect.Base;
import io.signalbox.api.dialect.Lookup;
import io.signalbox.api.dialect.TaskConfigs;
import io.signalbox.api.http.Answer;
import io.signalbox.api.http.Json;
import io.signalbox.api.http.Routes;
import io.signalbox.processor.domain.ClusterKey;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** {@code GET /connectors/{c}/tasks}: the configs of its tasks, with what is added to all configs. */
final class TasksResource {

    private final Base base;
    private final Lookup lookup;
    private final TaskConfigs configs;
    private final ManagedConfig managed;

    TasksResource(Base base, Lookup lookup, TaskConfigs configs, ManagedConfig managed) {
        this.base = base;
        this.lookup = lookup;
        this.configs = configs;
        this.managed = managed;
    }

    void routes(Routes routes) {
        routes.get(base.template() + "/connectors/{connector}/tasks", base.onConnector(Role.VIEWER), this::tasks);
    }

    private void tasks(Context ctx) throws IOException {
        var state = lookup.active(ctx, base.cluster(ctx), ctx.pathParam("connector"), Words.ABSENT);
        var shown = configs.of(state);
        shown.forEach(task -> show((ObjectNode) task, state.key().clusterKey()));
        Answer.ok(ctx, json -> Json.MAPPER.writeTree(json, shown));
    }

    private void show(ObjectNode task, ClusterKey cluster) {
        Map<String, String> masked = new TreeMap<>();
        for (Map.Entry<String, JsonNode> setting : task.path("config").properties()) {
            if (!setting.getValue().isNull()) {
                masked.put(setting.getKey(), setting.getValue().asText());
            }
        }
        task.set("config", Json.MAPPER.valueToTree(managed.shown(cluster, masked)));
    }
}
