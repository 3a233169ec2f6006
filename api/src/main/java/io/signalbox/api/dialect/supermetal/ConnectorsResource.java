package io.signalbox.api.dialect.supermetal;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import io.signalbox.api.access.Role;
import io.signalbox.api.http.Answer;
import io.signalbox.api.http.Body;
import io.signalbox.api.http.Routes;
import io.signalbox.api.http.Submitter;
import io.signalbox.processor.domain.Command.CreatePipeline;
import io.signalbox.processor.domain.PipelineState;
import java.io.IOException;
import java.util.List;

/** All connectors, and creation under an id that is made here. */
final class ConnectorsResource {

    private final SupermetalBase base;
    private final PipelineLookup lookup;
    private final Definitions definitions;
    private final Submitter submitter;

    ConnectorsResource(SupermetalBase base, PipelineLookup lookup, Definitions definitions, Submitter submitter) {
        this.base = base;
        this.lookup = lookup;
        this.definitions = definitions;
        this.submitter = submitter;
    }

    void routes(Routes routes) {
        String path = base.template("/api/v1/connectors");
        routes.get(path, base.withinCluster(Role.VIEWER), this::list)
                .post(path, base.onCluster(Role.EDITOR), this::create);
    }

    private void list(Context ctx) throws IOException {
        List<PipelineState> visible = lookup.visible(ctx);
        Answer.ok(ctx, json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("connectors");
            for (PipelineState pipeline : visible) {
                ConnectorJson.write(json, pipeline);
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private void create(Context ctx) throws IOException {
        var key = SupermetalBase.key(base.cluster(ctx), Ids.of(submitter.commandId(ctx)));
        JsonNode given = Body.tree(ctx);
        lookup.find(key);
        var asked = definitions.whole(key, given, null, null);
        var command = new CreatePipeline(asked.definition(), asked.plan());
        var created = lookup.heard(Words.pipeline(Words.accepted(submitter.submit(ctx, key, command))));
        Answer.json(ctx, 201, json -> ConnectorJson.write(json, created));
    }
}
