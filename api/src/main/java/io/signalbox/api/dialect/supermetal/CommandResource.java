package io.signalbox.api.dialect.supermetal;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import io.signalbox.api.access.Place;
import io.signalbox.api.access.Role;
import io.signalbox.api.dialect.supermetal.model.CommandShape;
import io.signalbox.api.http.Access;
import io.signalbox.api.http.Answer;
import io.signalbox.api.http.Body;
import io.signalbox.api.http.Routes;
import io.signalbox.api.http.Submitter;
import io.signalbox.processor.domain.Command.DeletePipeline;
import io.signalbox.processor.domain.Command.OfPipeline;
import io.signalbox.processor.domain.Command.ReinitializePipeline;
import io.signalbox.processor.domain.Command.RestartPipeline;
import io.signalbox.processor.domain.Command.StartPipeline;
import io.signalbox.processor.domain.Command.StopPipeline;
import java.io.IOException;

/** What is done with a connector. It is done afterwards: its status tells when. */
final class CommandResource {

    private final SupermetalBase base;
    private final PipelineLookup lookup;
    private final Submitter submitter;

    CommandResource(SupermetalBase base, PipelineLookup lookup, Submitter submitter) {
        this.base = base;
        this.lookup = lookup;
        this.submitter = submitter;
    }

    void routes(Routes routes) {
        routes.post(
                base.template("/api/v1/connector/command/{pipeline}"), base.onPipeline(Role.OPERATOR), this::command);
    }

    private void command(Context ctx) throws IOException {
        submitter.commandId(ctx);
        JsonNode given = Body.tree(ctx);
        var key = lookup.required(ctx).key();
        String word = CommandShape.word(given);
        var command = command(word);
        if (command instanceof ReinitializePipeline || command instanceof DeletePipeline) {
            Access.require(ctx, Role.EDITOR, Place.of(key));
        }
        var outcome = Words.accepted(submitter.submit(ctx, key, command));
        lookup.heard(Words.pipeline(outcome));
        Answer.empty(ctx, 202);
    }

    private static OfPipeline command(String word) {
        return switch (word) {
            case "Start" -> new StartPipeline();
            case "Stop" -> new StopPipeline();
            case "Restart" -> new RestartPipeline();
            // So it is spelled there.
            case "ReIntialize" -> new ReinitializePipeline();
            case "Delete" -> new DeletePipeline(false);
            case "ForceDelete" -> new DeletePipeline(true);
            default -> throw new IllegalStateException("There is no command " + word);
        };
    }
}
