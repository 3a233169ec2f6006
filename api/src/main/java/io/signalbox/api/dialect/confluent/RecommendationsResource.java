package io.signalbox.api.dialect.confluent;

import io.javalin.http.Context;
import io.signalbox.api.access.Role;
import io.signalbox.api.dialect.Base;
import io.signalbox.api.dialect.Lookup;
import io.signalbox.api.explain.Cause;
import io.signalbox.api.http.Answer;
import io.signalbox.api.http.Refusal;
import io.signalbox.api.http.Routes;
import io.signalbox.processor.dataplane.RootCause;
import java.io.IOException;

/** {@code GET /connectors/{c}/error-recommendations}: what its stack trace is about, and what helps. */
final class RecommendationsResource {

    private final Base base;
    private final Lookup lookup;

    RecommendationsResource(Base base, Lookup lookup) {
        this.base = base;
        this.lookup = lookup;
    }

    void routes(Routes routes) {
        routes.get(
                base.template() + "/connectors/{connector}/error-recommendations",
                base.onConnector(Role.VIEWER),
                this::recommend);
    }

    private void recommend(Context ctx) throws IOException {
        String name = ctx.pathParam("connector");
        var state = lookup.active(ctx, base.cluster(ctx), name, Words.ABSENT);
        String trace = Trouble.stackTrace(state)
                .orElseThrow(() -> Refusal.bad(
                        "could not generate recommendations as error stack trace is not available for connector "
                                + name));
        Answer.ok(ctx, json -> {
            json.writeStartObject();
            json.writeNullField("error");
            json.writeStringField(
                    "event_id", Ids.of(state) + "_" + state.updatedAt().getEpochSecond());
            json.writeArrayFieldStart("recommendations");
            json.writeString("The root cause is: " + RootCause.of(trace));
            json.writeString(Cause.of(trace).help());
            json.writeEndArray();
            json.writeEndObject();
        });
    }
}
