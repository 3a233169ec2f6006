package io.signalbox.api.http;

import io.javalin.http.Context;
import io.signalbox.api.access.Place;
import io.signalbox.api.command.CommandGateway;
import io.signalbox.processor.domain.AggregateKey;
import io.signalbox.processor.domain.ClusterState;
import io.signalbox.processor.domain.Command;
import io.signalbox.processor.domain.CommandEnvelope;
import io.signalbox.processor.domain.CommandOutcome;
import io.signalbox.processor.domain.PipelineState;
import io.signalbox.processor.domain.Precondition;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Sends a request's command, under the caller's {@code Idempotency-Key} or an id made for it, and says in the answer's
 * headers which one and where in the log it is. Nothing is sent that the caller may not do: what a command is about may be in
 * the request's body, where its route's rule does not look.
 */
public final class Submitter {

    public static final String COMMAND_ID = "Signalbox-Command-Id";
    public static final String POSITION = "Signalbox-Position";

    private static final Pattern KEY = Pattern.compile("[!-~]{1,128}");

    private final CommandGateway gateway;
    private final Supplier<String> ids;

    /** @param ids gives an id that was never given before */
    public Submitter(CommandGateway gateway, Supplier<String> ids) {
        this.gateway = gateway;
        this.ids = ids;
    }

    /**
     * @return the id of the request's command; the same one each time for the same request
     * @throws Refusal 400 when the caller's key is no legal one
     */
    public String commandId(Context ctx) {
        var exchange = Exchange.of(ctx);
        if (exchange.commandId() == null) {
            var key = ctx.req().getHeader("Idempotency-Key");
            exchange.commandId(chosen(key), key == null);
            ctx.res().setHeader(COMMAND_ID, exchange.commandId());
        }
        return exchange.commandId();
    }

    /** @return ACCEPTED or REJECTED */
    public CommandOutcome submit(Context ctx, AggregateKey key, Command command) {
        return submit(ctx, key, command, commandId(ctx));
    }

    /** The same under an id that follows from the request's own, for a request that needs more than one attempt. */
    public CommandOutcome submit(Context ctx, AggregateKey key, Command command, String id) {
        var envelope = envelope(ctx, key, command, id);
        return told(ctx, Exchange.of(ctx).takeNew(id) ? gateway.submitNew(envelope) : gateway.submit(envelope));
    }

    /**
     * The same for a change that was made of what was read, and is taken only if its definition still is the same.
     *
     * @param read null when there was nothing
     * @throws Refusal 400 when the request's conditions are none, 412 when what was read is not as they require
     */
    public CommandOutcome submitOn(Context ctx, PipelineState read, AggregateKey key, Command command, String id) {
        Access.require(ctx, Place.of(key));
        if (!Conditions.required(ctx).holds(read)) {
            throw new Refusal(412, "The connector is not as If-Match or If-None-Match demands; nothing was done");
        }
        Exchange.of(ctx).takeNew(id);
        var still = Precondition.definitionOf(read);
        return told(
                ctx,
                gateway.submit(new CommandEnvelope(id, key, Exchange.actor(ctx), command, still, Origins.of(ctx))));
    }

    /**
     * One of several commands of one request: without its conditions, and without a word in its answer. Safe for use by
     * many threads of the request, but for the first call of {@link #commandId}.
     */
    public CommandOutcome submitAside(Context ctx, AggregateKey key, Command command, String id) {
        Access.require(ctx, Place.of(key));
        return gateway.submit(
                new CommandEnvelope(id, key, Exchange.actor(ctx), command, Precondition.NONE, Origins.of(ctx)));
    }

    /** @return as {@link CommandGateway#submitAndAwait} */
    public CommandOutcome await(Context ctx, AggregateKey key, Command command, Duration patience) {
        var envelope = envelope(ctx, key, command, commandId(ctx));
        Exchange.of(ctx).takeNew(envelope.id());
        return told(ctx, gateway.submitAndAwait(envelope, patience));
    }

    private static CommandEnvelope envelope(Context ctx, AggregateKey key, Command command, String id) {
        Access.require(ctx, Place.of(key));
        return new CommandEnvelope(id, key, Exchange.actor(ctx), command, Conditions.required(ctx), Origins.of(ctx));
    }

    private String chosen(String key) {
        if (key == null) {
            return ids.get();
        }
        if (!KEY.matcher(key).matches()) {
            throw Refusal.bad("Illegal Idempotency-Key: use 1 to 128 visible ASCII characters");
        }
        return key;
    }

    /**
     * For a request that does more than one thing: nothing is to be done when its conditions do not hold. The log decides once
     * more about the command that they are for.
     *
     * @param now as it is known here; null when it was never registered
     * @throws Refusal 400 when they are no conditions, 412 when they do not hold
     */
    public static void requireConditions(Context ctx, ClusterState now) {
        if (!Conditions.required(ctx).holds(now)) {
            throw new Refusal(412, "The cluster is not as If-Match or If-None-Match demands; nothing was done");
        }
    }

    private static CommandOutcome told(Context ctx, CommandOutcome outcome) {
        ctx.res().setHeader(POSITION, outcome.partition() + ":" + outcome.offset());
        return outcome;
    }
}
