package io.signalbox.api.dialect.supermetal;

import io.signalbox.api.http.Refusal;
import io.signalbox.processor.domain.CommandOutcome;
import io.signalbox.processor.domain.PipelineState;
import io.signalbox.processor.domain.Rejection;

/** Statuses and messages. The vendor's documents have no errors, so that both are ours. */
final class Words {

    private Words() {}

    static Refusal notFound(String id) {
        return Refusal.notFound("Connector " + id + " not found");
    }

    /** @throws Refusal if the log refused the command */
    static CommandOutcome accepted(CommandOutcome outcome) {
        if (outcome.rejected()) {
            throw refusal(outcome.rejection());
        }
        return outcome;
    }

    /** @throws Refusal when what was answered is another command's outcome, under an id that was used before */
    static PipelineState pipeline(CommandOutcome outcome) {
        if (outcome.pipeline() == null) {
            throw usedBefore();
        }
        return outcome.pipeline();
    }

    private static Refusal refusal(Rejection rejection) {
        String message = rejection.message().replaceFirst("^Pipeline ", "Connector ");
        return switch (rejection.code()) {
            case NOT_FOUND, UNKNOWN_TASK -> Refusal.notFound(message);
            case ALREADY_EXISTS, BEING_DELETED, DISABLED, WRONG_TASK_STATE, TOO_MANY_TASKS -> new Refusal(409, message);
            case PRECONDITION_FAILED -> new Refusal(412, message);
            case QUOTA_EXCEEDED -> new Refusal(403, message);
            // Nothing that can be asked for here is refused so.
            case NO_STATUS,
                    STALE_REVISION,
                    NOT_STOPPED,
                    OFFSETS_BUSY,
                    UNKNOWN_REVISION,
                    NOT_DELETED,
                    EXPIRED,
                    NOTHING_TO_UNDO,
                    NOTHING_TO_KEEP,
                    ID_REUSED -> usedBefore();
        };
    }

    static Refusal usedBefore() {
        return Refusal.bad("The Idempotency-Key was used before, for another request");
    }
}
