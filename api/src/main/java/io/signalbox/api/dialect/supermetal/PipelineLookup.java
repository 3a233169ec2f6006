package io.signalbox.api.dialect.supermetal;

import io.javalin.http.Context;
import io.signalbox.api.access.Place;
import io.signalbox.api.access.Role;
import io.signalbox.api.dialect.Lookup;
import io.signalbox.api.http.Access;
import io.signalbox.api.http.Refusal;
import io.signalbox.api.query.Pipelines;
import io.signalbox.processor.domain.ClusterKey;
import io.signalbox.processor.domain.ClusterState;
import io.signalbox.processor.domain.PipelineKey;
import io.signalbox.processor.domain.PipelineState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds pipelines, as far as this replica has heard of them and the caller may see them. */
final class PipelineLookup {

    /** Who asked for a change reads it afterwards; whether that is so is no reason to keep him waiting. */
    private static final Duration HEARD = Duration.ofSeconds(2);

    private static final Duration NEWER = Duration.ofMillis(500);

    private final SupermetalBase base;
    private final Lookup lookup;
    private final Pipelines pipelines;

    PipelineLookup(SupermetalBase base, Lookup lookup, Pipelines pipelines) {
        this.base = base;
        this.lookup = lookup;
        this.pipelines = pipelines;
    }

    /** @throws Refusal 404 if the path names no cluster that is registered, 400 if none could be called so */
    ClusterState registered(Context ctx) {
        return lookup.cluster(base.cluster(ctx));
    }

    /** The same, and only its key. */
    ClusterKey cluster(Context ctx) {
        return registered(ctx).key();
    }

    /** @throws Refusal 404 if there is none, or no cluster of that name */
    PipelineState required(Context ctx) {
        cluster(ctx);
        return base.named(ctx)
                .flatMap(pipelines::find)
                .orElseThrow(() -> Words.notFound(ctx.pathParam(SupermetalBase.PIPELINE)));
    }

    /** @throws Refusal 404 if there is no cluster of that name */
    Optional<PipelineState> find(PipelineKey key) {
        lookup.cluster(key.clusterKey());
        return pipelines.find(key);
    }

    /**
     * One that is named beside the path, whose secrets are to be used for the caller.
     *
     * @param id null for none
     * @return null for none
     * @throws Refusal 403 if the caller may not have the role there, 404 if there is none
     */
    PipelineState lender(Context ctx, String id, Role role) {
        if (id == null || id.isEmpty()) {
            return null;
        }
        var cluster = cluster(ctx);
        Access.require(ctx, role, new Place(cluster.environment(), cluster.cluster(), "sm." + id));
        return base.key(ctx, id).flatMap(pipelines::find).orElseThrow(() -> Words.notFound(id));
    }

    /** @return the one of that key, unless the caller has not the role there; null when there is none */
    PipelineState lent(Context ctx, PipelineKey key, Role role) {
        return find(key)
                .filter(pipeline -> Access.of(ctx).may(role, Place.of(pipeline.key())))
                .orElse(null);
    }

    /** @return those of the cluster that the caller may see */
    List<PipelineState> visible(Context ctx) {
        var cluster = cluster(ctx);
        var grants = Access.of(ctx);
        return all(cluster)
                .filter(pipeline -> grants.may(Role.VIEWER, Place.of(pipeline.key())))
                .toList();
    }

    /**
     * In a database each name of a slot is there once, in Kafka each name of a topic; two ids can make the same, and so can the same
     * id on two clusters.
     *
     * @throws Refusal 409
     */
    void requireOwnNames(PipelineKey key) {
        boolean taken = pipelines.list().stream()
                .anyMatch(
                        other -> !other.key().equals(key) && other.key().slot().equals(key.slot()));
        if (taken) {
            throw new Refusal(
                    409,
                    "Another connector has the same topics, or a slot of the same name: " + key.slot()
                            + ". Use another id");
        }
    }

    private Stream<PipelineState> all(ClusterKey cluster) {
        return pipelines.list().stream()
                .filter(pipeline -> pipeline.key().clusterKey().equals(cluster));
    }

    /** Waits until this replica has heard of it, for a while. */
    PipelineState heard(PipelineState after) {
        pipelines.await(after.key(), after.revision(), HEARD);
        return after;
    }

    /** Waits until this replica has heard of what the log has already, for a moment. */
    void newer(PipelineKey key, PipelineState than) {
        pipelines.await(key, than == null ? 1 : than.revision() + 1, NEWER);
    }
}
