package io.signalbox.api.dialect;

import io.javalin.http.Context;
import io.signalbox.api.access.Grants;
import io.signalbox.api.access.Place;
import io.signalbox.api.access.Role;
import io.signalbox.api.http.Access;
import io.signalbox.api.http.Freshness;
import io.signalbox.api.http.Refusal;
import io.signalbox.api.query.Clusters;
import io.signalbox.api.query.ConnectorQueries;
import io.signalbox.api.query.Reading;
import io.signalbox.api.query.Selection;
import io.signalbox.processor.domain.ClusterKey;
import io.signalbox.processor.domain.ClusterState;
import io.signalbox.processor.domain.Config;
import io.signalbox.processor.domain.ConnectorKey;
import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds what a request is about, or refuses it. */
public final class Lookup {

    /** Who may see a few of many should not have them looked through in steps of a few. */
    private static final int SMALLEST_PAGE = 500;

    /** So many states take some megabytes. */
    static final int PART = 1_000;

    private final ConnectorQueries queries;
    private final Clusters clusters;
    private final ClusterKey standard;

    public Lookup(ConnectorQueries queries, Clusters clusters, ClusterKey standard) {
        this.queries = queries;
        this.clusters = clusters;
        this.standard = standard;
    }

    /** @throws Refusal 404 if nobody registered it */
    public ClusterState cluster(ClusterKey key) {
        return clusters.find(key)
                .filter(ClusterState::registered)
                .orElseThrow(() -> Refusal.notFound("Cluster " + key + " is not registered" + advice(key)));
    }

    /** @throws Refusal 404 if there is none, or it is on its way out */
    public ConnectorState active(Context ctx, ClusterKey cluster, String name, Absence absence) {
        return find(ctx, cluster, name).orElseThrow(() -> absence.notFound(name));
    }

    /** @return the connector, unless there is none or it is on its way out; the cluster there is in any case */
    public Optional<ConnectorState> find(Context ctx, ClusterKey cluster, String name) {
        var reading = Freshness.wanted(ctx);
        Optional<ConnectorState> found =
                key(cluster, name).flatMap(key -> queries.find(key, reading)).filter(ConnectorState::active);
        Freshness.tell(ctx, reading);
        if (found.isEmpty()) {
            // Only asked now: where there is a connector, there is a cluster.
            cluster(cluster);
        }
        return found;
    }

    /**
     * Nothing that was acknowledged is missing.
     *
     * @return the config that is there, also of one that was only found, as the log has it; null when there is none
     */
    public Config config(ClusterKey cluster, String name) {
        return key(cluster, name)
                .flatMap(key -> queries.find(key, Reading.fresh(true, Map.of())))
                .filter(state -> state.active() || state.phase() == Phase.FOUND)
                .map(ConnectorState::config)
                .orElse(null);
    }

    /** @return as {@link ConnectorQueries#version} */
    public Optional<String> version(Context ctx, ClusterKey cluster) {
        return queries.version(cluster, Freshness.wanted(ctx));
    }

    /** @return the active connectors of the selection that the caller may see, in the order of their names */
    public List<ConnectorState> all(Context ctx, ClusterKey cluster, Selection selection) {
        var reading = Freshness.wanted(ctx);
        var grants = Access.of(ctx);
        List<ConnectorState> all = grants.may(Role.VIEWER, Place.of(cluster))
                ? queries.list(cluster, selection, reading)
                : visible(grants, cluster, selection, reading);
        Freshness.tell(ctx, reading);
        if (all.isEmpty()) {
            cluster(cluster);
        }
        return all;
    }

    /**
     * As {@link #all}, of a list that may be as long as it likes: the first of it is read at once, so that what is refused is refused, the
     * rest while it is gone through, so that it is never in memory as a whole.
     */
    public Iterable<ConnectorState> each(Context ctx, ClusterKey cluster, Selection selection) {
        var part = selection.ofAtMost(PART);
        List<ConnectorState> first = all(ctx, cluster, part);
        return () -> Stream.iterate(first, before -> !before.isEmpty(), before -> behind(ctx, cluster, part, before))
                .flatMap(List::stream)
                .iterator();
    }

    private List<ConnectorState> behind(Context ctx, ClusterKey cluster, Selection part, List<ConnectorState> before) {
        return before.size() < part.limit()
                ? List.of()
                : all(ctx, cluster, part.behind(before.getLast().key().connector()));
    }

    /** Page by page, until there are enough of those that may be seen. */
    private List<ConnectorState> visible(Grants grants, ClusterKey cluster, Selection selection, Reading reading) {
        List<ConnectorState> visible = new ArrayList<>();
        var rest = selection.ofAtLeast(SMALLEST_PAGE);
        while (true) {
            List<ConnectorState> page = queries.list(cluster, rest, reading);
            page.stream()
                    .filter(state -> grants.may(Role.VIEWER, Place.of(state.key())))
                    .limit(selection.limit() - visible.size())
                    .forEach(visible::add);
            if (page.size() < rest.limit() || visible.size() == selection.limit()) {
                return visible;
            }
            rest = rest.behind(page.getLast().key().connector());
        }
    }

    /** The key of what a command is to go to: on a cluster that is registered. */
    public ConnectorKey target(ClusterKey cluster, String name, Absence absence) {
        cluster(cluster);
        return key(cluster, name).orElseThrow(() -> absence.notFound(name));
    }

    /** @return empty when no connector can have such a name, so that there is none */
    private static Optional<ConnectorKey> key(ClusterKey cluster, String name) {
        try {
            return Optional.of(cluster.connector(name));
        } catch (IllegalArgumentException illegal) {
            return Optional.empty();
        }
    }

    private String advice(ClusterKey key) {
        return key.equals(standard)
                ? ". It is the default one. Register it: PUT /signalbox/v1/environments/" + key.environment()
                        + "/clusters/" + key.cluster() + " with {\"workers\":[\"http://your-worker:8083\"]}"
                : "";
    }
}
