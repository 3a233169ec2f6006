package io.signalbox.api.dialect.supermetal;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import io.signalbox.api.access.Role;
import io.signalbox.api.http.Answer;
import io.signalbox.api.http.Body;
import io.signalbox.api.http.Conditions;
import io.signalbox.api.http.Routes;
import io.signalbox.api.http.Submitter;
import io.signalbox.processor.domain.Command.OfPipeline;
import io.signalbox.processor.domain.Command.PatchPipeline;
import io.signalbox.processor.domain.Command.ReplacePipeline;
import io.signalbox.processor.domain.CommandOutcome;
import io.signalbox.processor.domain.PipelineKey;
import io.signalbox.processor.domain.PipelineState;
import io.signalbox.processor.domain.Precondition;
import io.signalbox.processor.domain.RejectionCode;
import java.io.IOException;
import java.util.function.Function;
import java.util.function.Supplier;

/** One connector: read, create or replace, change. What is changed was read before, so that it is tried again if it moved on. */
final class ConnectorResource {

    private static final int ATTEMPTS = 5;

    private final SupermetalBase base;
    private final PipelineLookup lookup;
    private final Definitions definitions;
    private final Submitter submitter;

    ConnectorResource(SupermetalBase base, PipelineLookup lookup, Definitions definitions, Submitter submitter) {
        this.base = base;
        this.lookup = lookup;
        this.definitions = definitions;
        this.submitter = submitter;
    }

    void routes(Routes routes) {
        String path = base.template("/api/v1/connectors/{pipeline}");
        routes.get(path, base.onPipeline(Role.VIEWER), this::get)
                .post(path, base.onPipeline(Role.EDITOR), this::put)
                .mergePatch(path, base.onPipeline(Role.EDITOR), this::patch);
    }

    private void get(Context ctx) throws IOException {
        var pipeline = lookup.required(ctx);
        if (!Conditions.unchanged(ctx, Precondition.tag(pipeline.revision()))) {
            Answer.ok(ctx, json -> ConnectorJson.write(json, pipeline));
        }
    }

    private void put(Context ctx) throws IOException {
        submitter.commandId(ctx);
        var key = base.toBe(ctx);
        JsonNode given = Body.tree(ctx);
        var lender = lookup.lender(ctx, ctx.queryParam("clone_from"), Role.EDITOR);
        if (lookup.find(key).isEmpty()) {
            lookup.requireOwnNames(key);
        }
        answer(ctx, attempts(ctx, key, () -> lookup.find(key).orElse(null), now -> {
            var asked = definitions.whole(key, given, now, lender);
            return new ReplacePipeline(asked.definition(), asked.plan());
        }));
    }

    private void patch(Context ctx) throws IOException {
        submitter.commandId(ctx);
        var key = lookup.required(ctx).key();
        JsonNode patch = Body.tree(ctx);
        answer(ctx, attempts(ctx, key, () -> lookup.required(ctx), now -> {
            var asked = definitions.patched(now, patch);
            return new PatchPipeline(asked.definition(), asked.plan());
        }));
    }

    /** An id is answered once: each attempt has its own, and each repetition of the request the same ones. */
    private CommandOutcome attempts(
            Context ctx, PipelineKey key, Supplier<PipelineState> source, Function<PipelineState, OfPipeline> change) {
        String id = submitter.commandId(ctx);
        PipelineState now = source.get();
        CommandOutcome outcome = submitter.submitOn(ctx, now, key, change.apply(now), id);
        for (int n = 2; n <= ATTEMPTS && moved(outcome); n++) {
            lookup.newer(key, now);
            now = source.get();
            outcome = submitter.submitOn(ctx, now, key, change.apply(now), id + "~" + n);
        }
        return Words.accepted(outcome);
    }

    private static boolean moved(CommandOutcome outcome) {
        return outcome.rejected() && outcome.rejection().code() == RejectionCode.PRECONDITION_FAILED;
    }

    private void answer(Context ctx, CommandOutcome outcome) throws IOException {
        var pipeline = lookup.heard(Words.pipeline(outcome));
        Conditions.tag(ctx, Precondition.tag(pipeline.revision()));
        Answer.json(ctx, outcome.created() ? 201 : 200, json -> ConnectorJson.write(json, pipeline));
    }
}
