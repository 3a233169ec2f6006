package io.signalbox.api.dialect.signalbox;

import io.javalin.http.Context;
import io.signalbox.api.access.Role;
import io.signalbox.api.http.Answer;
import io.signalbox.api.http.Conditions;
import io.signalbox.api.http.Refusal;
import io.signalbox.api.http.Routes;
import io.signalbox.api.http.Submitter;
import io.signalbox.api.query.ConnectorQueries;
import io.signalbox.api.query.Moment;
import io.signalbox.api.query.Reading;
import io.signalbox.api.secrets.Secrets;
import io.signalbox.processor.domain.Command.RollbackConfig;
import io.signalbox.processor.domain.Command.UndeleteConnector;
import io.signalbox.processor.domain.Command.UndoOffsets;
import io.signalbox.processor.domain.CommandOutcome;
import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.Phase;
import io.signalbox.processor.domain.Precondition;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/**
 * Going back: to an earlier config, from a deletion, from a change of offsets. Each is a command like any other, and decided by
 * the log; what is read here before is for the cluster to check.
 */
final class ReversalResource {

    private static final Duration OFFSETS = Duration.ofSeconds(30);

    private final Lookup lookup;
    private final ConnectorQueries queries;
    private final Admission admission;
    private final Submitter submitter;
    private final Duration retention;
    private final Secrets secrets;

    ReversalResource(
            Lookup lookup,
            ConnectorQueries queries,
            Admission admission,
            Submitter submitter,
            Duration retention,
            Secrets secrets) {
        this.lookup = lookup;
        this.queries = queries;
        this.admission = admission;
        this.submitter = submitter;
        this.retention = retention;
        this.secrets = secrets;
    }

    void routes(Routes routes) {
        routes.post(Paths.ROLLBACK, Paths.onConnector(Role.EDITOR), this::rollback)
                .post(Paths.UNDELETE, Paths.onConnector(Role.EDITOR), this::undelete)
                .post(Paths.UNDO, Paths.onConnector(Role.EDITOR), this::undo);
    }

    private void rollback(Context ctx) throws IOException {
        submitter.commandId(ctx);
        var key = Paths.connector(ctx);
        var cluster = lookup.registered(key.clusterKey());
        long revision = ReversalBody.revision(ctx);
        // What is not known may be so because the request comes again: the log has the answer then.
        var admitted = queries.then(key, new Moment.Revision(revision), now())
                .filter(then -> then.config() != null)
                .map(then -> admission.admit(ctx, cluster, key, then.config().config()))
                .orElse(Admission.Admitted.UNCHECKED);
        var command = new RollbackConfig(revision, admitted.type(), admitted.validated());
        var outcome = Refusals.accepted(submitter.submit(ctx, key, command));
        admitted.tell(ctx);
        answer(ctx, 200, outcome);
    }

    private void undelete(Context ctx) throws IOException {
        submitter.commandId(ctx);
        var key = Paths.connector(ctx);
        var cluster = lookup.registered(key.clusterKey());
        boolean restore = ReversalBody.restoreOffsets(ctx);
        var known = queries.find(key, now());
        var admitted = known.filter(ReversalResource::onItsWayOut)
                .map(state -> admission.admit(ctx, cluster, key, state.config()))
                .orElse(Admission.Admitted.UNCHECKED);
        var command = new UndeleteConnector(
                known.map(ConnectorState::uid).orElse(""),
                restore,
                retention.toMillis(),
                admitted.type(),
                admitted.validated());
        var outcome = Refusals.accepted(submitter.submit(ctx, key, command));
        admitted.tell(ctx);
        answer(ctx, 201, outcome);
    }

    private void undo(Context ctx) throws IOException {
        submitter.commandId(ctx);
        var key = Paths.connector(ctx);
        lookup.registered(key.clusterKey());
        var outcome = Refusals.accepted(submitter.await(ctx, key, new UndoOffsets(), OFFSETS));
        switch (outcome.stage()) {
            case APPLIED -> answer(ctx, 200, outcome);
            case ACCEPTED -> answer(ctx, 202, outcome);
            case FAILED -> throw failure(outcome);
            case REJECTED -> throw new IllegalStateException("Refused above");
        }
    }

    private static boolean onItsWayOut(ConnectorState state) {
        return state.phase() == Phase.DELETED || state.phase() == Phase.DELETING;
    }

    /** Nothing that was acknowledged may be missing: it is not only to be shown, but to be gone back to. */
    private static Reading now() {
        return Reading.fresh(true, Map.of());
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

    private void answer(Context ctx, int status, CommandOutcome outcome) throws IOException {
        if (outcome.connector() == null) {
            throw Refusals.usedBefore();
        }
        Conditions.tag(ctx, Precondition.tag(outcome.connector().revision()));
        Answer.json(
                ctx,
                status,
                json -> ConnectorJson.write(json, outcome.connector(), secrets.shown(outcome.connector())));
    }
}
