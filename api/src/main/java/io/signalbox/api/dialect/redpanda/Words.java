package io.signalbox.api.dialect.redpanda;

import io.signalbox.api.dialect.Absence;
import io.signalbox.api.dialect.Outcomes;
import io.signalbox.api.http.Failure;
import io.signalbox.api.http.Refusal;
import io.signalbox.api.http.Violation;
import io.signalbox.processor.domain.CommandOutcome;
import io.signalbox.processor.domain.Rejection;
import io.signalbox.processor.domain.SecretId;
import java.util.List;
import java.util.Map;

/** Statuses and messages. The texts bear no guarantee there; the statuses do. */
final class Words {

    static final Absence ABSENT = connector -> Refusal.notFound("Connector " + connector + " not found");

    static final Outcomes OUTCOMES = Words::refusal;

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
                    NOTHING_TO_UNDO,
                    BEING_DELETED,
                    DISABLED,
                    WRONG_TASK_STATE,
                    TOO_MANY_TASKS -> Outcomes.usedBefore();
        };
    }

    static Refusal noSecret(SecretId id) {
        return Refusal.notFound("Secret " + id.id() + " not found");
    }

    /** @throws Refusal if the log refused what was to become of a secret */
    static void stored(SecretId id, CommandOutcome outcome) {
        if (outcome.rejected()) {
            var rejection = outcome.rejection();
            throw switch (rejection.code()) {
                case NOT_FOUND -> noSecret(id);
                case ALREADY_EXISTS -> new Refusal(409, "Secret " + id.id() + " already exists");
                case PRECONDITION_FAILED -> new Refusal(412, rejection.message());
                default -> Outcomes.usedBefore();
            };
        }
    }
}
