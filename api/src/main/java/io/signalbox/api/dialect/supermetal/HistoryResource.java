package io.signalbox.api.dialect.supermetal;

import io.javalin.http.Context;
import io.signalbox.api.access.Role;
import io.signalbox.api.http.Answer;
import io.signalbox.api.http.Routes;
import io.signalbox.processor.domain.PipelineMoment;
import io.signalbox.processor.domain.PipelineStatus.State;
import java.io.IOException;

/** What became of connectors: of one, its last statuses; of all, how many are being copied. */
final class HistoryResource {

    private final SupermetalBase base;
    private final PipelineLookup lookup;

    HistoryResource(SupermetalBase base, PipelineLookup lookup) {
        this.base = base;
        this.lookup = lookup;
    }

    void routes(Routes routes) {
        routes.get(base.template("/api/v1/connector/history/{pipeline}"), base.onPipeline(Role.VIEWER), this::history)
                .get(base.template("/snapshots"), base.withinCluster(Role.VIEWER), this::snapshots);
    }

    private void history(Context ctx) throws IOException {
        var pipeline = lookup.required(ctx);
        Answer.ok(ctx, json -> {
            json.writeStartArray();
            for (PipelineMoment moment : pipeline.history()) {
                StatusJson.moment(json, pipeline, moment);
            }
            json.writeEndArray();
        });
    }

    private void snapshots(Context ctx) throws IOException {
        long count = lookup.visible(ctx).stream()
                .filter(pipeline ->
                        pipeline.status() != null && pipeline.status().state() == State.SNAPSHOT)
                .count();
        Answer.ok(ctx, json -> {
            json.writeStartObject();
            json.writeBooleanField("active", count > 0);
            json.writeNumberField("count", count);
            json.writeBooleanField("throttled", false);
            json.writeEndObject();
        });
    }
}
