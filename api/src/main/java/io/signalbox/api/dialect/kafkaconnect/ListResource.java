package io.signalbox.api.dialect.kafkaconnect;

import com.fasterxml.jackson.core.JsonGenerator;
import io.javalin.http.Context;
import io.signalbox.api.access.Role;
import io.signalbox.api.dialect.Base;
import io.signalbox.api.dialect.KeptLists;
import io.signalbox.api.dialect.Lookup;
import io.signalbox.api.http.Json;
import io.signalbox.api.http.Routes;
import io.signalbox.api.secrets.Secrets;
import io.signalbox.processor.domain.ClusterKey;
import io.signalbox.processor.domain.ConnectorState;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The list of connectors: all of them as Kafka Connect gives it, or pages of a selection. */
final class ListResource {

    static final String NEXT = "Signalbox-Next-Page-Token";

    private static final int KEPT_BYTES = 24 << 20;

    private record Wanted(boolean expanded, boolean status, boolean info, boolean secrets) {}

    private final Base base;
    private final Lookup lookup;
    private final Secrets secrets;
    private final KeptLists<Wanted> lists;

    ListResource(Base base, Lookup lookup, Secrets secrets) {
        this.base = base;
        this.lookup = lookup;
        this.secrets = secrets;
        lists = new KeptLists<>(lookup, KEPT_BYTES);
    }

    void routes(Routes routes) {
        routes.get(base.template() + "/connectors", base.withinCluster(Role.VIEWER), this::list);
    }

    private void list(Context ctx) throws IOException {
        var cluster = base.cluster(ctx);
        var request = ListRequest.of(ctx);
        boolean shows = secrets.shows(cluster);
        Optional<Wanted> wanted = request.usual()
                ? Optional.of(new Wanted(request.expanded(), request.status(), request.info(), shows))
                : Optional.empty();
        lists.answer(ctx, cluster, wanted, () -> page(ctx, cluster, request, shows));
    }

    private Json.Writer page(Context ctx, ClusterKey cluster, ListRequest request, boolean shows) {
        if (request.size() == 0) {
            Iterable<ConnectorState> each = lookup.each(ctx, cluster, request.selection());
            return json -> write(json, each, request, shows);
        }
        List<ConnectorState> found = lookup.all(ctx, cluster, request.selection());
        boolean more = found.size() > request.size();
        List<ConnectorState> shown = more ? found.subList(0, request.size()) : found;
        if (more) {
            String token = ListRequest.token(shown.getLast().key().connector());
            ctx.res().setHeader(NEXT, token);
            ctx.res()
                    .setHeader(
                            "Link", "<" + ctx.req().getRequestURI() + "?" + request.query(token) + ">; rel=\"next\"");
        }
        return json -> write(json, shown, request, shows);
    }

    private void write(JsonGenerator json, Iterable<ConnectorState> all, ListRequest request, boolean shows)
            throws IOException {
        if (request.expanded()) {
            expanded(json, all, request, shows);
        } else {
            names(json, all);
        }
    }

    private static void names(JsonGenerator json, Iterable<ConnectorState> all) throws IOException {
        json.writeStartArray();
        for (ConnectorState state : all) {
            json.writeString(state.key().connector());
        }
        json.writeEndArray();
    }

    /** With their status, connectors that have none yet are left out. */
    private void expanded(JsonGenerator json, Iterable<ConnectorState> all, ListRequest request, boolean shows)
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
