package io.signalbox.api.dialect.signalbox;

import com.fasterxml.jackson.core.JsonGenerator;
import io.javalin.http.Context;
import io.signalbox.api.access.AccessKeys;
import io.signalbox.api.access.Grant;
import io.signalbox.api.access.NewKeys;
import io.signalbox.api.access.Place;
import io.signalbox.api.access.Role;
import io.signalbox.api.command.OutcomeUnknownException;
import io.signalbox.api.http.Access;
import io.signalbox.api.http.Answer;
import io.signalbox.api.http.Body;
import io.signalbox.api.http.Conditions;
import io.signalbox.api.http.Exchange;
import io.signalbox.api.http.Refusal;
import io.signalbox.api.http.Routes;
import io.signalbox.api.http.Rule;
import io.signalbox.api.http.Submitter;
import io.signalbox.processor.domain.AccessKey;
import io.signalbox.processor.domain.AccessKeyId;
import io.signalbox.processor.domain.Command.CreateAccessKey;
import io.signalbox.processor.domain.Command.RevokeAccessKey;
import io.signalbox.processor.domain.CommandOutcome;
import io.signalbox.processor.domain.Precondition;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** Access keys: made, listed, revoked; and who the caller is. A key's secret is in the answer to its making and nowhere else. */
final class AccessResource {

    private static final Rule ADMIN = Rule.on(Role.ADMIN, ctx -> Place.EVERYWHERE);
    private static final long PAUSE_NANOS = 5_000_000;
    private static final int MOST_PAUSES = 1_000;

    private final Submitter submitter;
    private final AccessKeys keys;
    private final NewKeys newKeys;

    AccessResource(Submitter submitter, AccessKeys keys, NewKeys newKeys) {
        this.submitter = submitter;
        this.keys = keys;
        this.newKeys = newKeys;
    }

    void routes(Routes routes) {
        routes.get(Paths.ME, Rule.KNOWN, AccessResource::me)
                .get(Paths.KEYS, ADMIN, this::list)
                .post(Paths.KEYS, ADMIN, this::create)
                .get(Paths.KEY, ADMIN, this::get)
                .delete(Paths.KEY, ADMIN, this::revoke);
    }

    private static void me(Context ctx) throws IOException {
        List<String> grants = Access.of(ctx).all().stream().map(Grant::toString).toList();
        Answer.ok(ctx, json -> {
            json.writeStartObject();
            json.writeStringField("actor", Exchange.actor(ctx));
            grants(json, grants);
            json.writeEndObject();
        });
    }

    private void list(Context ctx) throws IOException {
        List<AccessKey> all = keys.list();
        Answer.ok(ctx, json -> {
            json.writeStartArray();
            for (AccessKey key : all) {
                write(json, key, null);
            }
            json.writeEndArray();
        });
    }

    private void get(Context ctx) throws IOException {
        var key = keys.find(ctx.pathParam("key")).orElseThrow(AccessResource::absent);
        if (!Conditions.unchanged(ctx, Precondition.tag(key.revision()))) {
            Answer.ok(ctx, json -> write(json, key, null));
        }
    }

    private void create(Context ctx) throws IOException {
        String commandId = submitter.commandId(ctx);
        var request = KeyRequest.read(Body.tree(ctx));
        var made = newKeys.make(commandId);
        var command = new CreateAccessKey(request.name(), made.hash(), request.grants());
        accepted(submitter.submit(ctx, made.id(), command));
        var key = seen(made.id(), Optional::isPresent).orElseThrow(() -> new OutcomeUnknownException(commandId));
        if (!key.hash().equals(made.hash())) {
            throw new Refusal(
                    409,
                    "The Idempotency-Key was used before: access key "
                            + key.key().id()
                            + " was made then, and its secret told. If nobody has it, revoke the key and make another");
        }
        ctx.res().setHeader("Location", Paths.KEYS + "/" + key.key().id());
        ctx.res().setHeader("Cache-Control", "no-store");
        Conditions.tag(ctx, Precondition.tag(key.revision()));
        Answer.json(ctx, 201, json -> write(json, key, made.secret()));
    }

    private void revoke(Context ctx) {
        String id = ctx.pathParam("key");
        if (!AccessKeyId.legal(id)) {
            throw absent();
        }
        var key = new AccessKeyId(id);
        // A name of its own: the key's making may have been asked for under the same one.
        String commandId = submitter.commandId(ctx);
        accepted(submitter.submit(ctx, key, new RevokeAccessKey(), commandId + "~revoke"));
        if (seen(key, Optional::isEmpty).isPresent()) {
            throw new OutcomeUnknownException(commandId);
        }
        Answer.empty(ctx, 204);
    }

    /** This replica learns from the log what it has just asked for; waits for it, for five seconds at most. */
    private Optional<AccessKey> seen(AccessKeyId id, Predicate<Optional<AccessKey>> wanted) {
        var found = keys.find(id.id());
        for (int i = 0; i < MOST_PAUSES && !wanted.test(found); i++) {
            LockSupport.parkNanos(PAUSE_NANOS);
            found = keys.find(id.id());
        }
        return found;
    }

    private static void accepted(CommandOutcome outcome) {
        if (!outcome.rejected()) {
            return;
        }
        var rejection = outcome.rejection();
        throw switch (rejection.code()) {
            case NOT_FOUND -> absent();
            case ID_REUSED -> Refusals.usedBefore();
            case PRECONDITION_FAILED -> new Refusal(412, rejection.message());
            default -> new Refusal(409, rejection.message());
        };
    }

    private static Refusal absent() {
        return Refusal.notFound("There is no access key of this id");
    }

    /** @param secret null when it is not to be told */
    private static void write(JsonGenerator json, AccessKey key, String secret) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", key.key().id());
        if (secret != null) {
            json.writeStringField("secret", secret);
        }
        json.writeStringField("name", key.name());
        grants(json, key.grants());
        json.writeStringField("created_by", key.createdBy());
        json.writeStringField("created_at", key.createdAt().toString());
        json.writeEndObject();
    }

    private static void grants(JsonGenerator json, List<String> grants) throws IOException {
        json.writeArrayFieldStart("grants");
        for (String grant : grants) {
            json.writeString(grant);
        }
        json.writeEndArray();
    }
}
