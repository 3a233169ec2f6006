package io.signalbox.api.dialect.confluent;

import io.signalbox.api.dialect.Absence;
import io.signalbox.api.dialect.Outcomes;
import io.signalbox.api.http.Refusal;
import io.signalbox.processor.domain.Rejection;

/** Statuses and messages. Which of them Confluent Cloud documents is in the contract; the others are what its clients understand. */
final class Words {

    static final Absence ABSENT = connector -> Refusal.notFound("resource not found: connector " + connector);

    static final Outcomes OUTCOMES = Words::refusal;

    private Words() {}

    private static Refusal refusal(String connector, Rejection rejection) {
        return switch (rejection.code()) {
            case NOT_FOUND -> ABSENT.notFound(connector);
            case ALREADY_EXISTS -> new Refusal(409, "Connector " + connector + " already exists");
            case PRECONDITION_FAILED -> new Refusal(412, rejection.message());
            case QUOTA_EXCEEDED -> new Refusal(403, rejection.message());
            case OFFSETS_BUSY ->
                new Refusal(
                        409,
                        "A change of the offsets of connector " + connector
                                + " is under way: wait until offsets/request/status says that it is over");
            case NOTHING_TO_KEEP -> Refusal.bad(rejection.message());
            // By a replica of an earlier release, which cannot hold it.
            case NOT_STOPPED -> Refusal.unavailable(rejection.message() + ", and it could not be stopped for this now");
            // Nothing that can be asked for here is refused so.
            case NO_STATUS,
                    UNKNOWN_TASK,
                    STALE_REVISION,
                    ID_REUSED,
                    UNKNOWN_REVISION,
                    NOT_DELETED,
                    EXPIRED,
                    NOTHING_TO_UNDO,
                    BEING_DELETED,
                    DISABLED,
                    WRONG_TASK_STATE,
                    TOO_MANY_TASKS -> Outcomes.usedBefore();
            // What only Signalbox refuses, it says in its own words; clients do not ask again.
            default -> Refusal.bad(rejection.message());
        };
    }
}
