package io.signalbox.api.dialect.signalbox;

import io.javalin.http.Context;
import io.signalbox.api.access.Place;
import io.signalbox.api.access.Role;
import io.signalbox.api.http.Access;
import io.signalbox.api.http.Answer;
import io.signalbox.api.http.Body;
import io.signalbox.api.http.Conditions;
import io.signalbox.api.http.EntityTag;
import io.signalbox.api.http.Refusal;
import io.signalbox.api.http.Routes;
import io.signalbox.api.http.Submitter;
import io.signalbox.api.query.Clusters;
import io.signalbox.api.query.ConnectorQueries;
import io.signalbox.api.query.Reading;
import io.signalbox.api.query.Selection;
import io.signalbox.processor.dataplane.connect.AllowedWorkers;
import io.signalbox.processor.domain.ClusterKey;
import io.signalbox.processor.domain.ClusterState;
import io.signalbox.processor.domain.Command.DeregisterCluster;
import io.signalbox.processor.domain.Command.RegisterCluster;
import io.signalbox.processor.domain.CommandOutcome;
import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.Precondition;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The data planes of an environment: registered, changed, forgotten. */
final class ClustersResource {

    private final Submitter submitter;
    private final Clusters clusters;
    private final ConnectorQueries queries;
    private final Visibility visibility;
    private final Release release;
    private final SpecReader reader;

    ClustersResource(Submitter submitter, Clusters clusters, AllowedWorkers allowed, ConnectorQueries queries) {
        this.submitter = submitter;
        this.clusters = clusters;
        this.queries = queries;
        this.visibility = new Visibility(clusters);
        this.release = new Release(submitter);
        this.reader = new SpecReader(allowed);
    }

    void routes(Routes routes) {
        routes.get(Paths.CLUSTERS, Paths.withinEnvironment(Role.VIEWER), this::list)
                .get(Paths.CLUSTER, Paths.withinCluster(Role.VIEWER), this::get)
                .put(Paths.CLUSTER, Paths.onCluster(Role.ADMIN), this::put)
                .delete(Paths.CLUSTER, Paths.onCluster(Role.ADMIN), this::delete);
    }

    private void list(Context ctx) throws IOException {
        String environment = ctx.pathParam("env");
        var grants = Access.of(ctx);
        List<ClusterState> found = clusters.list().stream()
                .filter(state -> state.registered() && state.key().environment().equals(environment))
                .filter(state -> grants.maySomewhere(Role.VIEWER, Place.of(state.key())))
                .toList();
        var revisions = new StringBuilder();
        found.forEach(state -> revisions
                .append(state.key())
                .append('@')
                .append(state.revision())
                .append(' '));
        if (Conditions.unchanged(ctx, EntityTag.of(revisions.toString()))) {
            return;
        }
        Answer.ok(ctx, json -> {
            json.writeStartArray();
            for (ClusterState state : found) {
                ClusterJson.write(json, state);
            }
            json.writeEndArray();
        });
    }

    private void get(Context ctx) throws IOException {
        var key = Paths.cluster(ctx);
        var state = clusters.find(key).filter(ClusterState::registered).orElseThrow(() -> Paths.notRegistered(key));
        if (!Conditions.unchanged(ctx, Precondition.tag(state.revision()))) {
            Answer.ok(ctx, json -> ClusterJson.write(json, state));
        }
    }

    private void put(Context ctx) throws IOException {
        submitter.commandId(ctx);
        var key = Paths.cluster(ctx);
        var spec = reader.read(Body.tree(ctx));
        if (spec.password() != null) {
            // A reference is resolved on this machine and sent to the workers that are named beside it: it could be any
            // file.
            Access.require(ctx, Place.EVERYWHERE);
        }
        var outcome = accepted(key, submitter.submit(ctx, key, new RegisterCluster(spec)));
        visibility.await(outcome.cluster());
        Answer.json(ctx, outcome.created() ? 201 : 200, json -> ClusterJson.write(json, outcome.cluster()));
    }

    /**
     * What runs on a forgotten cluster would be nobody's, so that its connectors have to be deleted first, or are released
     * with {@code ?connectors=keep}: then they go on as they are. A connector that is created at the same moment is not seen here;
     * it stays, waits, and is worked on again when the cluster is registered again.
     */
    private void delete(Context ctx) {
        submitter.commandId(ctx);
        var key = Paths.cluster(ctx);
        boolean keep = keeps(ctx);
        List<ConnectorState> connectors = queries.list(key, Selection.ALL, Reading.fresh(true, Map.of()));
        if (keep) {
            Submitter.requireConditions(ctx, clusters.find(key).orElse(null));
            release.all(ctx, connectors);
        } else if (!connectors.isEmpty()) {
            int count = connectors.size();
            throw new Refusal(
                    409,
                    "Cluster " + key + " still has " + count + (count == 1 ? " connector" : " connectors") + ": delete "
                            + (count == 1 ? "it" : "them")
                            + " first, or add ?connectors=keep to leave everything on the cluster as it is");
        }
        var outcome = accepted(key, submitter.submit(ctx, key, new DeregisterCluster()));
        visibility.await(outcome.cluster());
        Answer.empty(ctx, 204);
    }

    private static boolean keeps(Context ctx) {
        String connectors = ctx.queryParam("connectors");
        if (connectors != null && !connectors.equals("keep")) {
            throw Refusal.bad("Illegal connectors: use keep");
        }
        return connectors != null;
    }

    private static CommandOutcome accepted(ClusterKey key, CommandOutcome outcome) {
        if (!outcome.rejected()) {
            return outcome;
        }
        throw switch (outcome.rejection().code()) {
            case PRECONDITION_FAILED -> new Refusal(412, outcome.rejection().message());
            case ID_REUSED -> Refusals.usedBefore();
            default -> Paths.notRegistered(key);
        };
    }
}
