package io.signalbox.api.dialect.confluent;

import com.fasterxml.jackson.core.JsonGenerator;
import io.javalin.http.Context;
import io.signalbox.api.access.Role;
import io.signalbox.api.dialect.Base;
import io.signalbox.api.dialect.KeptLists;
import io.signalbox.api.dialect.Lookup;
import io.signalbox.api.http.Routes;
import io.signalbox.api.query.Selection;
import io.signalbox.processor.domain.ConnectorState;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code GET /connectors}: names, or with {@code expand} an object for each connector, those without a status, too. */
final class ListResource {

    private static final int KEPT_BYTES = 16 << 20;
    private static final Set<String> PARTS = Set.of("id", "info", "status");

    private final Base base;
    private final Lookup lookup;
    private final ConnectorJson connectors;
    private final KeptLists<Set<String>> lists;

    ListResource(Base base, Lookup lookup, ConnectorJson connectors) {
        this.base = base;
        this.lookup = lookup;
        this.connectors = connectors;
        lists = new KeptLists<>(lookup, KEPT_BYTES);
    }

    void routes(Routes routes) {
        routes.get(base.template() + "/connectors", base.withinCluster(Role.VIEWER), this::list);
    }

    private void list(Context ctx) throws IOException {
        var wanted = wanted(ctx);
        var cluster = base.cluster(ctx);
        lists.answer(ctx, cluster, Optional.of(wanted), () -> {
            Iterable<ConnectorState> all = lookup.each(ctx, cluster, Selection.ALL);
            return json -> {
                if (wanted.isEmpty()) {
                    names(json, all);
                } else {
                    expanded(json, all, wanted);
                }
            };
        });
    }

    /** Confluent's own clients give the parameter twice, and with commas: what any of them names is wanted. */
    private static Set<String> wanted(Context ctx) {
        return ctx.queryParams("expand").stream()
                .flatMap(given -> Arrays.stream(given.split(",")))
                .map(String::strip)
                .filter(PARTS::contains)
                .collect(Collectors.toSet());
    }

    private static void names(JsonGenerator json, Iterable<ConnectorState> all) throws IOException {
        json.writeStartArray();
        for (ConnectorState state : all) {
            json.writeString(state.key().connector());
        }
        json.writeEndArray();
    }

    private void expanded(JsonGenerator json, Iterable<ConnectorState> all, Set<String> wanted) throws IOException {
        json.writeStartObject();
        for (ConnectorState state : all) {
            json.writeObjectFieldStart(state.key().connector());
            if (wanted.contains("id")) {
                json.writeObjectFieldStart("id");
                json.writeStringField("id", Ids.of(state));
                json.writeStringField("id_type", "ID");
                json.writeEndObject();
            }
            if (wanted.contains("info")) {
                json.writeFieldName("info");
                connectors.info(json, state);
            }
            if (wanted.contains("status")) {
                json.writeFieldName("status");
                ConnectorJson.status(json, state);
            }
            json.writeObjectFieldStart("extensions");
            json.writeEndObject();
            json.writeEndObject();
        }
        json.writeEndObject();
    }
}
