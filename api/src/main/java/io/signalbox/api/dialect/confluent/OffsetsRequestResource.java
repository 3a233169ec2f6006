package io.signalbox.api.dialect.confluent;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import io.signalbox.api.access.Role;
import io.signalbox.api.dialect.Base;
import io.signalbox.api.dialect.Lookup;
import io.signalbox.api.dialect.SinkOffsets;
import io.signalbox.api.http.Answer;
import io.signalbox.api.http.Body;
import io.signalbox.api.http.Freshness;
import io.signalbox.api.http.Json;
import io.signalbox.api.http.Refusal;
import io.signalbox.api.http.Routes;
import io.signalbox.api.http.Submitter;
import io.signalbox.api.query.ConnectorQueries;
import io.signalbox.processor.domain.CommandOutcome;
import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.ConnectorType;
import io.signalbox.processor.domain.Operation;
import java.io.IOException;
import java.time.Instant;

/**
 * {@code /connectors/{c}/offsets/request}: a change of offsets, answered as soon as the log has it, and what became of the last
 * one.
 */
final class OffsetsRequestResource {

    private final Base base;
    private final Lookup lookup;
    private final ConnectorQueries queries;
    private final Submitter submitter;

    OffsetsRequestResource(Base base, Lookup lookup, ConnectorQueries queries, Submitter submitter) {
        this.base = base;
        this.lookup = lookup;
        this.queries = queries;
        this.submitter = submitter;
    }

    void routes(Routes routes) {
        String path = base.template() + "/connectors/{connector}/offsets/request";
        routes.post(path, base.onConnector(Role.EDITOR), this::request)
                .get(path + "/status", base.onConnector(Role.VIEWER), this::status);
    }

    private void request(Context ctx) throws IOException {
        submitter.commandId(ctx);
        var request = Body.read(ctx, OffsetsRequest::read);
        String name = ctx.pathParam("connector");
        var now = lookup.active(ctx, base.cluster(ctx), name, Words.ABSENT);
        if (now.knownType() == ConnectorType.SINK) {
            SinkOffsets.check(request.altered());
        }
        var outcome = submitter.submit(ctx, now.key(), request.command());
        var connector = Words.OUTCOMES.connector(name, outcome);
        var at = requestedAt(outcome, connector);
        Answer.json(
                ctx,
                202,
                json -> request(
                        json,
                        connector,
                        request.type().name(),
                        at,
                        request.offsets().toString()));
    }

    private static Instant requestedAt(CommandOutcome outcome, ConnectorState connector) {
        return connector.operations().stream()
                .filter(operation -> operation.id().equals(outcome.commandId()))
                .map(Operation::requestedAt)
                .findFirst()
                .orElse(outcome.at());
    }

    private void status(Context ctx) throws IOException {
        String name = ctx.pathParam("connector");
        var state = lookup.active(ctx, base.cluster(ctx), name, Words.ABSENT);
        var reading = Freshness.wanted(ctx);
        var change = OffsetsChange.last(queries, state, reading)
                .orElseThrow(() -> Refusal.notFound(
                        "resource not found: nobody asked for a change of the offsets of connector " + name));
        Freshness.tell(ctx, reading);
        String type = type(change);
        Answer.ok(ctx, json -> {
            json.writeStartObject();
            json.writeFieldName("request");
            request(json, state, type, change.request().at(), change.asked());
            json.writeObjectFieldStart("status");
            json.writeStringField("phase", change.phase());
            if (change.end() != null && change.end().summary() != null) {
                json.writeStringField("message", change.end().summary());
            }
            json.writeEndObject();
            json.writeFieldName("previous_offsets");
            json.writeRawValue(change.before());
            json.writeStringField(
                    "applied_at",
                    change.phase().equals("APPLIED") ? change.end().at().toString() : null);
            json.writeEndObject();
        });
    }

    /** A deletion of some is a change that forgets them. */
    private static String type(OffsetsChange change) throws IOException {
        JsonNode asked = Json.MAPPER.readTree(change.asked());
        boolean forgets = !asked.isEmpty() || change.reset();
        for (JsonNode entry : asked) {
            forgets &= entry.path("offset").isNull();
        }
        return (forgets ? OffsetsRequest.Type.DELETE : OffsetsRequest.Type.PATCH).name();
    }

    private static void request(JsonGenerator json, ConnectorState state, String type, Instant at, String offsets)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("id", Ids.of(state));
        json.writeStringField("name", state.key().connector());
        json.writeStringField("type", type);
        json.writeStringField("requested_at", at.toString());
        json.writeFieldName("offsets");
        json.writeRawValue(offsets);
        json.writeEndObject();
    }
}
