package io.signalbox.api.dialect;

import io.signalbox.api.http.Refusal;
import io.signalbox.processor.domain.CommandOutcome;
import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.Rejection;

/** What the log made of a command about a connector: accepted, or refused in the words of a dialect. */
@FunctionalInterface
public interface Outcomes {

    /** @return how the dialect says that the log refused a command */
    Refusal refusal(String connector, Rejection rejection);

    /** @throws Refusal if the log refused the command */
    default CommandOutcome accepted(String connector, CommandOutcome outcome) {
        if (outcome.rejected()) {
            throw refusal(connector, outcome.rejection());
        }
        return outcome;
    }

    /**
     * @return the connector as the command left it
     * @throws Refusal if the log refused it; also when what was answered is another command's outcome, under an id that was used before
     */
    default ConnectorState connector(String connector, CommandOutcome outcome) {
        var left = accepted(connector, outcome).connector();
        if (left == null) {
            throw usedBefore();
        }
        return left;
    }

    static Refusal usedBefore() {
        return Refusal.bad("The Idempotency-Key was used before, for another request");
    }
}
