package io.signalbox.api.dialect.signalbox;

import io.signalbox.api.http.Refusal;
import io.signalbox.processor.domain.CommandOutcome;
import io.signalbox.processor.domain.Rejection;

/** What a refusal of the log is over HTTP. */
final class Refusals {

    private Refusals() {}

    /** @throws Refusal if the log refused the command */
    static CommandOutcome accepted(CommandOutcome outcome) {
        if (outcome.rejected()) {
            throw refusal(outcome.rejection());
        }
        return outcome;
    }

    private static Refusal refusal(Rejection rejection) {
        return switch (rejection.code()) {
            case NOT_FOUND, UNKNOWN_REVISION -> Refusal.notFound(rejection.message());
            case ALREADY_EXISTS, NOT_DELETED, NOTHING_TO_UNDO -> new Refusal(409, rejection.message());
            case NOT_STOPPED -> new Refusal(409, rejection.message() + ", and has to be STOPPED first");
            case OFFSETS_BUSY -> new Refusal(409, rejection.message() + ". Ask again, with another Idempotency-Key");
            case EXPIRED -> new Refusal(410, rejection.message());
            case PRECONDITION_FAILED -> new Refusal(412, rejection.message());
            case QUOTA_EXCEEDED -> new Refusal(403, rejection.message());
            case STALE_REVISION,
                    NOTHING_TO_KEEP,
                    NO_STATUS,
                    UNKNOWN_TASK,
                    ID_REUSED,
                    BEING_DELETED,
                    DISABLED,
                    WRONG_TASK_STATE,
                    TOO_MANY_TASKS -> usedBefore();
        };
    }

    static Refusal usedBefore() {
        return Refusal.bad("The Idempotency-Key was used before, for another request");
    }
}
