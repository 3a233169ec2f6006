package io.signalbox.api.dialect.confluent;

import io.javalin.http.Context;
import io.signalbox.api.access.Role;
import io.signalbox.api.dialect.Base;
import io.signalbox.api.dialect.Lookup;
import io.signalbox.api.http.Answer;
import io.signalbox.api.http.Freshness;
import io.signalbox.api.http.Routes;
import io.signalbox.api.query.ConnectorQueries;
import io.signalbox.api.query.DataPlane;
import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.ObservedOffsets;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** {@code GET /connectors/{c}/offsets}: from the worker; where none answers, from where it keeps them, or as they were last read, and when that was. */
final class OffsetsResource {

    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Base base;
    private final Lookup lookup;
    private final ConnectorQueries queries;
    private final DataPlane dataPlane;
    private final InstantSource clock;

    OffsetsResource(Base base, Lookup lookup, ConnectorQueries queries, DataPlane dataPlane, InstantSource clock) {
        this.base = base;
        this.lookup = lookup;
        this.queries = queries;
        this.dataPlane = dataPlane;
        this.clock = clock;
    }

    void routes(Routes routes) {
        routes.get(base.template() + "/connectors/{connector}/offsets", base.onConnector(Role.VIEWER), this::get);
    }

    private void get(Context ctx) throws IOException {
        var state = lookup.active(ctx, base.cluster(ctx), ctx.pathParam("connector"), Words.ABSENT);
        Optional<String> read;
        try {
            read = dataPlane.latestOffsets(state, PATIENCE);
        } catch (DataPlane.AwayException away) {
            var known = lastRead(ctx, state).orElseThrow(() -> away);
            write(ctx, state, known.offsets(), known.at());
            return;
        }
        // A worker that has yet to hear of the connector has no offsets of it.
        write(ctx, state, read.orElse("[]"), clock.instant());
    }

    private Optional<ObservedOffsets> lastRead(Context ctx, ConnectorState state) {
        return queries.offsets(state.key(), Freshness.wanted(ctx))
                .filter(known -> known.uid().equals(state.uid()));
    }

    private static void write(Context ctx, ConnectorState state, String offsets, Instant observed) throws IOException {
        Answer.ok(ctx, json -> {
            json.writeStartObject();
            json.writeStringField("id", Ids.of(state));
            json.writeStringField("name", state.key().connector());
            json.writeFieldName("offsets");
            json.writeRawValue(offsets);
            json.writeObjectFieldStart("metadata");
            json.writeStringField("observed_at", observed.toString());
            json.writeEndObject();
            json.writeEndObject();
        });
    }
}
