package io.signalbox.api.dialect.kafkaconnect;

import com.fasterxml.jackson.core.JsonGenerator;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.javalin.http.Context;
import io.signalbox.api.access.Place;
import io.signalbox.api.access.Role;
import io.signalbox.api.dialect.Base;
import io.signalbox.api.dialect.Lookup;
import io.signalbox.api.http.Access;
import io.signalbox.api.http.Answer;
import io.signalbox.api.http.Conditions;
import io.signalbox.api.http.Freshness;
import io.signalbox.api.http.Json;
import io.signalbox.api.http.Routes;
import io.signalbox.api.secrets.Secrets;
import io.signalbox.processor.domain.ClusterKey;
import io.signalbox.processor.domain.ConnectorState;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The list of connectors: all of them as Kafka Connect gives it, or pages of a selection. A list that did not change since
 * it was last asked for is not made again; callers who have it are told so.
 */
final class ListResource {

    static final String NEXT = "Signalbox-Next-Page-Token";

    private static final long CACHED_BYTES = 24L << 20;
    private static final int LARGEST_CACHED = 8 << 20;

    private record Wanted(ClusterKey cluster, boolean expanded, boolean status, boolean info, boolean secrets) {}

    private record Rendered(String version, byte[] body) {}

    private final Base base;
    private final Lookup lookup;
    private final Secrets secrets;
    private final Cache<Wanted, Rendered> rendered = Caffeine.newBuilder()
            .maximumWeight(CACHED_BYTES)
            .weigher((Wanted wanted, Rendered list) -> list.body().length)
            .build();

    ListResource(Base base, Lookup lookup, Secrets secrets) {
        this.base = base;
        this.lookup = lookup;
        this.secrets = secrets;
    }

    void routes(Routes routes) {
        routes.get(base.template() + "/connectors", base.withinCluster(Role.VIEWER), this::list);
    }

    private void list(Context ctx) throws IOException {
        var cluster = base.cluster(ctx);
        var request = ListRequest.of(ctx);
        if (!Access.of(ctx).may(Role.VIEWER, Place.of(cluster))) {
            // What is kept for all is not for who may see a part: his list is made for him, and has a tag of its own.
            page(ctx, cluster, request);
            return;
        }
        // Before the connectors: one that changes in between makes the tag older than the list, never newer.
        Optional<String> version = lookup.version(ctx, cluster);
        if (ctx.req().getHeader("If-None-Match") != null) {
            lookup.cluster(cluster);
        }
        if (version.isPresent() && Conditions.unchanged(ctx, version.get())) {
            return;
        }
        if (request.usual()) {
            Answer.bytes(ctx, usual(ctx, cluster, request, version));
        } else {
            page(ctx, cluster, request);
        }
    }

    private byte[] usual(Context ctx, ClusterKey cluster, ListRequest request, Optional<String> version) {
        boolean shows = secrets.shows(cluster);
        var wanted = new Wanted(cluster, request.expanded(), request.status(), request.info(), shows);
        var known = version.isPresent() ? rendered.getIfPresent(wanted) : null;
        if (known != null && known.version().equals(version.get())) {
            return known.body();
        }
        List<ConnectorState> all = lookup.all(ctx, cluster, request.selection());
        byte[] body = Json.write(json -> write(json, all, request, shows)).toByteArray();
        boolean fresh = !ctx.res().containsHeader(Freshness.STALE);
        if (fresh && version.isPresent() && version.equals(lookup.version(ctx, cluster))) {
            if (body.length <= LARGEST_CACHED) {
                rendered.put(wanted, new Rendered(version.get(), body));
            }
        } else {
            // Something changed while it was read, or a copy answered: it must not bear the name of what was before.
            ctx.res().setHeader("ETag", null);
        }
        return body;
    }

    private void page(Context ctx, ClusterKey cluster, ListRequest request) throws IOException {
        List<ConnectorState> found = lookup.all(ctx, cluster, request.selection());
        if (ctx.res().containsHeader(Freshness.STALE)) {
            ctx.res().setHeader("ETag", null);
        }
        boolean more = request.size() > 0 && found.size() > request.size();
        List<ConnectorState> shown = more ? found.subList(0, request.size()) : found;
        if (more) {
            String token = ListRequest.token(shown.getLast().key().connector());
            ctx.res().setHeader(NEXT, token);
            ctx.res()
                    .setHeader(
                            "Link", "<" + ctx.req().getRequestURI() + "?" + request.query(token) + ">; rel=\"next\"");
        }
        boolean shows = secrets.shows(cluster);
        Answer.ok(ctx, json -> write(json, shown, request, shows));
    }

    private void write(JsonGenerator json, List<ConnectorState> all, ListRequest request, boolean shows)
            throws IOException {
        if (request.expanded()) {
            expanded(json, all, request, shows);
        } else {
            names(json, all);
        }
    }

    private static void names(JsonGenerator json, List<ConnectorState> all) throws IOException {
        json.writeStartArray();
        for (ConnectorState state : all) {
            json.writeString(state.key().connector());
        }
        json.writeEndArray();
    }

    /** With their status, connectors that have none yet are left out. */
    private void expanded(JsonGenerator json, List<ConnectorState> all, ListRequest request, boolean shows)
            throws IOException {
        boolean status = request.status();
        json.writeStartObject();
        for (ConnectorState state : all) {
            var shown = status ? state.shownStatus() : null;
            if (status && shown == null) {
                continue;
            }
            json.writeObjectFieldStart(state.key().connector());
            if (status) {
                json.writeFieldName("status");
                StatusJson.write(json, state, shown);
            }
            if (request.info()) {
                json.writeFieldName("info");
                InfoJson.write(json, state, secrets.shown(state, shows));
            }
            json.writeEndObject();
        }
        json.writeEndObject();
    }
}
