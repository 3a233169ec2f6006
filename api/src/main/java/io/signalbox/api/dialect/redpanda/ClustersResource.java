package io.signalbox.api.dialect.redpanda;

import io.javalin.http.Context;
import io.signalbox.api.access.Place;
import io.signalbox.api.access.Role;
import io.signalbox.api.dialect.Lookup;
import io.signalbox.api.dialect.WorkerFacts;
import io.signalbox.api.http.Access;
import io.signalbox.api.http.Answer;
import io.signalbox.api.http.Refusal;
import io.signalbox.api.http.Routes;
import io.signalbox.api.query.Clusters;
import io.signalbox.processor.domain.ClusterState;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** {@code /clusters} and one of them. */
final class ClustersResource {

    private final RedpandaBase base;
    private final Bodies bodies;
    private final Clusters clusters;
    private final Lookup lookup;
    private final WorkerFacts facts;

    ClustersResource(RedpandaBase base, Bodies bodies, Clusters clusters, Lookup lookup, WorkerFacts facts) {
        this.base = base;
        this.bodies = bodies;
        this.clusters = clusters;
        this.lookup = lookup;
        this.facts = facts;
    }

    void routes(Routes routes) {
        routes.get(base.clusters(), base.withinEnvironment(Role.VIEWER), this::list)
                .get(base.template(), base.withinCluster(Role.VIEWER), this::get);
    }

    /** One whose workers are away is there, without what only they know. */
    private void list(Context ctx) throws IOException {
        var grants = Access.of(ctx);
        String environment = base.standard().environment();
        List<ClusterState> registered = clusters.list().stream()
                .filter(each -> each.registered() && each.key().environment().equals(environment))
                .filter(each -> grants.maySomewhere(Role.VIEWER, Place.of(each.key())))
                .toList();
        List<ClusterJson> found = asked(registered);
        Answer.ok(ctx, json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("clusters");
            for (ClusterJson each : found) {
                each.write(json);
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    /** All at once: several that are away are waited for no longer than one. */
    private List<ClusterJson> asked(List<ClusterState> registered) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<ClusterJson>> asked = registered.stream()
                    .map(each -> threads.submit(() -> ClusterJson.of(each.key().cluster(), each, facts)))
                    .toList();
            return asked.stream().map(ClustersResource::answer).toList();
        }
    }

    private static ClusterJson answer(Future<ClusterJson> asked) {
        try {
            return asked.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Refusal.unavailable("The clusters cannot be asked: this replica stops");
        } catch (ExecutionException e) {
            throw new IllegalStateException("A cluster could not be described", e.getCause());
        }
    }

    private void get(Context ctx) throws IOException {
        var cluster = lookup.cluster(base.cluster(ctx));
        var found = ClusterJson.of(ctx.pathParam("cluster"), cluster, facts);
        if (!found.known()) {
            throw Refusal.unavailable("No worker of cluster " + cluster.key() + " answered yet");
        }
        Answer.ok(ctx, bodies.wrapped(base.version(), "cluster", found::write));
    }
}
