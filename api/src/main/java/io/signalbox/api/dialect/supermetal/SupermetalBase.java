package io.signalbox.api.dialect.supermetal;

import io.javalin.http.Context;
import io.signalbox.api.access.Place;
import io.signalbox.api.access.Role;
import io.signalbox.api.dialect.Base;
import io.signalbox.api.http.Refusal;
import io.signalbox.api.http.Rule;
import io.signalbox.processor.domain.ClusterKey;
import io.signalbox.processor.domain.PipelineKey;
import java.util.Optional;

/** Where the API of one agent is served: at the root for the default cluster, and below each other cluster's own path. */
record SupermetalBase(Base base) {

    static final String PIPELINE = "pipeline";

    /** @param path as in the API's own documents, absolute there */
    String template(String path) {
        return base.template() + path;
    }

    ClusterKey cluster(Context ctx) {
        return base.cluster(ctx);
    }

    /** @return empty when no pipeline can have the id, so that there is none */
    Optional<PipelineKey> named(Context ctx) {
        return key(ctx, ctx.pathParam(PIPELINE));
    }

    /** @return empty when no pipeline can have the id */
    Optional<PipelineKey> key(Context ctx, String id) {
        return PipelineKey.legal(id) ? Optional.of(key(cluster(ctx), id)) : Optional.empty();
    }

    /** @throws Refusal 400 when no pipeline can have the id that the path gives it */
    PipelineKey toBe(Context ctx) {
        return named(ctx)
                .orElseThrow(() -> Refusal.bad(
                        "An id is 1 to " + PipelineKey.MAX_ID + " letters, digits, underscores or hyphens"));
    }

    static PipelineKey key(ClusterKey cluster, String id) {
        return new PipelineKey(cluster.environment(), cluster.cluster(), id);
    }

    /** The role is needed on the pipeline that the path names: on what its connectors' names begin with. */
    Rule onPipeline(Role role) {
        return Rule.on(role, ctx -> {
            var cluster = cluster(ctx);
            return new Place(cluster.environment(), cluster.cluster(), "sm." + ctx.pathParam(PIPELINE));
        });
    }

    Rule onCluster(Role role) {
        return base.onCluster(role);
    }

    Rule withinCluster(Role role) {
        return base.withinCluster(role);
    }
}
