package io.signalbox.api.dialect.redpanda;

import io.signalbox.api.dialect.Absence;
import io.signalbox.api.http.Failure;
import io.signalbox.api.http.Refusal;
import io.signalbox.api.http.Violation;
import io.signalbox.processor.domain.CommandOutcome;
import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.Rejection;
import java.util.List;
import java.util.Map;

/** Statuses and messages. The texts bear no guarantee there; the statuses do. */
final class Words {

    static final Absence ABSENT = connector -> Refusal.notFound("Connector " + connector + " not found");

    static final String NO_SUCH_PATH = "Not Found";

    private Words() {}

    static Refusal noCluster() {
        return Refusal.notFound("a client for the given cluster name does not exist");
    }

    /** Everything that is wrong with a request's fields, at once. */
    static Refusal invalid(List<Violation> violations) {
        return new Refusal(new Failure(400, "provided parameters are invalid", Map.of(), violations));
    }

    /** @return what a failure is called here: nothing that there is no operation for is told apart by its status alone */
    static Failure told(Failure failure) {
        return switch (failure.status()) {
            case 404 -> failure.message().equals("HTTP 404 Not Found") ? failure.with(404, NO_SUCH_PATH) : failure;
            case 405 -> failure.with(501, "Method Not Allowed");
            default -> failure;
        };
    }

    /** @throws Refusal if the log refused the command */
    static CommandOutcome accepted(String connector, CommandOutcome outcome) {
        if (outcome.rejected()) {
            throw refusal(connector, outcome.rejection());
        }
        return outcome;
    }

    /** @throws Refusal when what was answered is another command's outcome, under an id that was used before */
    static ConnectorState connector(CommandOutcome outcome) {
        if (outcome.connector() == null) {
            throw usedBefore();
        }
        return outcome.connector();
    }

    private static Refusal refusal(String connector, Rejection rejection) {
        return switch (rejection.code()) {
            case NOT_FOUND -> ABSENT.notFound(connector);
            case ALREADY_EXISTS -> new Refusal(409, "Connector " + connector + " already exists");
            case NO_STATUS -> Refusal.unavailable("Connector " + connector + " is not on a worker yet");
            case PRECONDITION_FAILED -> new Refusal(412, rejection.message());
            case QUOTA_EXCEEDED -> new Refusal(403, rejection.message());
            case NOTHING_TO_KEEP -> Refusal.bad(rejection.message());
            // Nothing that can be asked for here is refused so.
            case UNKNOWN_TASK,
                    STALE_REVISION,
                    NOT_STOPPED,
                    OFFSETS_BUSY,
                    ID_REUSED,
                    UNKNOWN_REVISION,
                    NOT_DELETED,
                    EXPIRED,
                    NOTHING_TO_UNDO -> usedBefore();
        };
    }

    private static Refusal usedBefore() {
        return Refusal.bad("The Idempotency-Key was used before, for another request");
    }
}
