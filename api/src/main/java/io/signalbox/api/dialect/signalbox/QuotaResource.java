package io.signalbox.api.dialect.signalbox;

import com.fasterxml.jackson.core.JsonGenerator;
import io.javalin.http.Context;
import io.signalbox.api.access.Role;
import io.signalbox.api.command.OutcomeUnknownException;
import io.signalbox.api.http.Answer;
import io.signalbox.api.http.Body;
import io.signalbox.api.http.Conditions;
import io.signalbox.api.http.Json;
import io.signalbox.api.http.Refusal;
import io.signalbox.api.http.Routes;
import io.signalbox.api.http.Submitter;
import io.signalbox.api.query.ConnectorQueries;
import io.signalbox.api.query.QuotaSeen;
import io.signalbox.api.query.Reading;
import io.signalbox.processor.domain.Command.RemoveQuota;
import io.signalbox.processor.domain.Command.SetQuota;
import io.signalbox.processor.domain.CommandOutcome;
import io.signalbox.processor.domain.Places;
import io.signalbox.processor.domain.Precondition;
import io.signalbox.processor.domain.QuotaKey;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** What the connectors of an environment may take, and what they take. */
final class QuotaResource {

    private static final long PAUSE_NANOS = 5_000_000;
    private static final int MOST_PAUSES = 1_000;

    private final Submitter submitter;
    private final ConnectorQueries queries;

    QuotaResource(Submitter submitter, ConnectorQueries queries) {
        this.submitter = submitter;
        this.queries = queries;
    }

    void routes(Routes routes) {
        routes.get(Paths.QUOTA, Paths.onEnvironment(Role.VIEWER), this::get)
                .put(Paths.QUOTA, Paths.onEnvironment(Role.ADMIN), this::put)
                .delete(Paths.QUOTA, Paths.onEnvironment(Role.ADMIN), this::delete);
    }

    private void get(Context ctx) throws IOException {
        var key = Paths.quota(ctx);
        var seen = queries.quota(key, Reading.fresh(true, Map.of())).orElseThrow(() -> absent(key));
        answer(ctx, seen);
    }

    /** Answers when the quota holds: when it is known what is used, and each partition asks before it takes more. */
    private void put(Context ctx) throws IOException {
        String commandId = submitter.commandId(ctx);
        var key = Paths.quota(ctx);
        var request = Body.read(ctx, json -> QuotaRequest.read(Json.MAPPER.readTree(json)));
        var outcome = accepted(key, submitter.submit(ctx, key, new SetQuota(request.connectors(), request.tasks())));
        answer(ctx, counted(key, outcome).orElseThrow(() -> new OutcomeUnknownException(commandId)));
    }

    /** @return empty when it was not counted in five seconds, or was removed meanwhile */
    private Optional<QuotaSeen> counted(QuotaKey key, CommandOutcome outcome) {
        var reading = Reading.fresh(false, Map.of(outcome.partition(), outcome.offset()));
        var seen = queries.quota(key, reading);
        for (int i = 0; i < MOST_PAUSES && seen.isPresent() && seen.get().used() == null; i++) {
            LockSupport.parkNanos(PAUSE_NANOS);
            seen = queries.quota(key, reading);
        }
        return seen.filter(quota -> quota.used() != null);
    }

    private void delete(Context ctx) {
        submitter.commandId(ctx);
        var key = Paths.quota(ctx);
        accepted(key, submitter.submit(ctx, key, new RemoveQuota()));
        Answer.empty(ctx, 204);
    }

    private static CommandOutcome accepted(QuotaKey key, CommandOutcome outcome) {
        if (!outcome.rejected()) {
            return outcome;
        }
        throw switch (outcome.rejection().code()) {
            case PRECONDITION_FAILED -> new Refusal(412, outcome.rejection().message());
            case ID_REUSED -> Refusals.usedBefore();
            default -> absent(key);
        };
    }

    private static Refusal absent(QuotaKey key) {
        return Refusal.notFound("Environment " + key.environment() + " has no quota");
    }

    /** The tag is that of the limits: what is used changes without it. */
    private static void answer(Context ctx, QuotaSeen seen) throws IOException {
        Conditions.tag(ctx, Precondition.tag(seen.quota().revision()));
        Answer.ok(ctx, json -> {
            Places used = seen.used();
            json.writeStartObject();
            write(json, "connectors", seen.quota().connectors(), used == null ? null : (long) used.connectors());
            write(json, "tasks", seen.quota().tasks(), used == null ? null : used.tasks());
            json.writeEndObject();
        });
    }

    private static void write(JsonGenerator json, String kind, Integer limit, Long used) throws IOException {
        json.writeObjectFieldStart(kind);
        json.writeObjectField("limit", limit);
        json.writeObjectField("used", used);
        json.writeEndObject();
    }
}
