package io.signalbox.api.dialect.kafkaconnect;

import io.signalbox.api.dialect.Absence;
import io.signalbox.api.dialect.Outcomes;
import io.signalbox.api.http.Refusal;
import io.signalbox.processor.domain.Rejection;

/**
 * Kafka Connect's statuses and messages. It has several ways to say that there is no such connector; which one depends on
 * what was asked.
 */
enum Words implements Absence, Outcomes {
    LOOKUP("Connector %s not found"),
    STATUS("No status found for connector %s"),
    RETARGET("Unknown connector %s"),
    RESTART("Unknown connector: %s");

    private final String absent;

    Words(String absent) {
        this.absent = absent;
    }

    @Override
    public Refusal notFound(String connector) {
        return Refusal.notFound(absent.formatted(connector));
    }

    @Override
    public Refusal refusal(String connector, Rejection rejection) {
        return switch (rejection.code()) {
            case NOT_FOUND -> notFound(connector);
            case ALREADY_EXISTS -> new Refusal(409, "Connector " + connector + " already exists");
            case NO_STATUS -> Refusal.notFound("Status for connector " + connector + " not found");
            case UNKNOWN_TASK -> Refusal.notFound(rejection.message());
            case PRECONDITION_FAILED -> new Refusal(412, rejection.message());
            // 409 would mean to Connect's clients that the worker rebalances, and 429 or 503 that it helps to wait.
            case QUOTA_EXCEEDED -> new Refusal(403, rejection.message());
            case STALE_REVISION ->
                Refusal.unavailable("Cannot complete request momentarily: the config of connector " + connector
                        + " keeps changing");
            case NOT_STOPPED ->
                Refusal.bad("Connectors must be in the STOPPED state before their offsets can be modified. This can be"
                        + " done for the specified connector by issuing a 'PUT' request to the '/connectors/"
                        + connector + "/stop' endpoint");
            case OFFSETS_BUSY ->
                Refusal.unavailable("Another change of the offsets of connector " + connector
                        + " is under way. Ask again, with another Idempotency-Key");
            case NOTHING_TO_KEEP -> Refusal.bad(rejection.message());
            // Nothing that can be asked for here is refused so.
            case ID_REUSED,
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

    static Refusal noTaskStatus(String connector, int task) {
        return Refusal.notFound("No status found for task " + connector + "-" + task);
    }

    /** What Connect answers to a task id that is no number. */
    static Refusal noPath() {
        return Refusal.notFound("HTTP 404 Not Found");
    }
}
