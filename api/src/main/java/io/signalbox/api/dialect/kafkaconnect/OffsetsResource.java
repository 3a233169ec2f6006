package io.signalbox.api.dialect.kafkaconnect;

import com.fasterxml.jackson.core.JsonGenerator;
import io.javalin.http.Context;
import io.signalbox.api.access.Role;
import io.signalbox.api.command.OutcomeUnknownException;
import io.signalbox.api.dialect.Base;
import io.signalbox.api.dialect.Lookup;
import io.signalbox.api.dialect.OffsetsBody;
import io.signalbox.api.dialect.Outcomes;
import io.signalbox.api.dialect.SinkOffsets;
import io.signalbox.api.http.Answer;
import io.signalbox.api.http.Body;
import io.signalbox.api.http.Freshness;
import io.signalbox.api.http.Refusal;
import io.signalbox.api.http.Routes;
import io.signalbox.api.http.Submitter;
import io.signalbox.api.query.ConnectorQueries;
import io.signalbox.api.query.DataPlane;
import io.signalbox.processor.domain.Command;
import io.signalbox.processor.domain.Command.AlterOffsets;
import io.signalbox.processor.domain.Command.ResetOffsets;
import io.signalbox.processor.domain.CommandOutcome;
import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.ConnectorType;
import io.signalbox.processor.domain.TargetState;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * {@code /connectors/{c}/offsets} (KIP-875). They are read from the worker; where it does not answer, from where it keeps them, or
 * they are what was last read; a change of them is waited for until the worker made it.
 */
final class OffsetsResource {

    private static final Duration READ = Duration.ofSeconds(3);
    private static final Duration CHANGE = Duration.ofSeconds(30);

    private final Base base;
    private final Lookup lookup;
    private final ConnectorQueries queries;
    private final DataPlane dataPlane;
    private final Submitter submitter;
    private final InstantSource clock;

    OffsetsResource(
            Base base,
            Lookup lookup,
            ConnectorQueries queries,
            DataPlane dataPlane,
            Submitter submitter,
            InstantSource clock) {
        this.base = base;
        this.lookup = lookup;
        this.queries = queries;
        this.dataPlane = dataPlane;
        this.submitter = submitter;
        this.clock = clock;
    }

    void routes(Routes routes) {
        String path = base.template() + "/connectors/{connector}/offsets";
        routes.get(path, base.onConnector(Role.VIEWER), this::get)
                .patch(path, base.onConnector(Role.EDITOR), this::alter)
                .delete(path, base.onConnector(Role.EDITOR), this::reset);
    }

    private void get(Context ctx) throws IOException {
        var state = lookup.active(ctx, base.cluster(ctx), ctx.pathParam("connector"), Words.LOOKUP);
        Optional<String> read;
        try {
            read = dataPlane.latestOffsets(state, READ);
        } catch (DataPlane.AwayException away) {
            write(ctx, lastRead(ctx, state).orElseThrow(() -> away));
            return;
        }
        // A worker that has yet to hear of the connector has no offsets of it.
        write(ctx, read.or(() -> lastRead(ctx, state)).orElse("[]"));
    }

    /** What was observed last; its age goes into the answer. */
    private Optional<String> lastRead(Context ctx, ConnectorState state) {
        return queries.offsets(state.key(), Freshness.wanted(ctx))
                .filter(known -> known.uid().equals(state.uid()))
                .map(known -> {
                    long age = Duration.between(known.at(), clock.instant()).toSeconds();
                    ctx.res().setHeader("Age", Long.toString(Math.max(0, age)));
                    return known.offsets();
                });
    }

    private static void write(Context ctx, String offsets) throws IOException {
        Answer.ok(ctx, json -> {
            json.writeStartObject();
            json.writeFieldName("offsets");
            json.writeRawValue(offsets);
            json.writeEndObject();
        });
    }

    private void alter(Context ctx) throws IOException {
        submitter.commandId(ctx);
        var offsets = Body.read(ctx, OffsetsBody::read);
        lookup.find(ctx, base.cluster(ctx), ctx.pathParam("connector"))
                .filter(state -> state.knownType() == ConnectorType.SINK && state.wanted() == TargetState.STOPPED)
                .ifPresent(sink -> SinkOffsets.check(offsets));
        change(ctx, new AlterOffsets(offsets.toString()));
    }

    private void reset(Context ctx) throws IOException {
        submitter.commandId(ctx);
        change(ctx, new ResetOffsets());
    }

    private void change(Context ctx, Command command) throws IOException {
        String name = ctx.pathParam("connector");
        var key = lookup.target(base.cluster(ctx), name, Words.LOOKUP);
        var outcome = Words.LOOKUP.accepted(name, submitter.await(ctx, key, command, CHANGE));
        String message = switch (outcome.stage()) {
            case APPLIED -> said(outcome);
            case FAILED -> throw failure(outcome);
            case ACCEPTED -> throw stillUnknown(outcome);
            case REJECTED -> throw new IllegalStateException("Refused above");
        };
        Answer.ok(ctx, json -> message(json, message));
    }

    private static void message(JsonGenerator json, String message) throws IOException {
        json.writeStartObject();
        json.writeStringField("message", message);
        json.writeEndObject();
    }

    private static String said(CommandOutcome outcome) {
        if (outcome.message() == null) {
            throw Outcomes.usedBefore(); // a restart ends without a word
        }
        return outcome.message();
    }

    /** The worker's failure under its own status, but for those that are not about the request. */
    private static Refusal failure(CommandOutcome outcome) {
        if (outcome.status() == null) {
            return new Refusal(
                    504, "The worker did not say whether the offsets were changed; they may be: " + outcome.message());
        }
        return switch (outcome.status()) {
            case 400, 404, 500 -> new Refusal(outcome.status(), outcome.message());
            default -> Refusal.unavailable(outcome.message());
        };
    }

    private static RuntimeException stillUnknown(CommandOutcome outcome) {
        boolean underWay = outcome.connector() != null
                && outcome.connector().operations().stream()
                        .anyMatch(operation -> operation.id().equals(outcome.commandId()));
        return underWay ? new OutcomeUnknownException(outcome.commandId()) : Outcomes.usedBefore();
    }
}
