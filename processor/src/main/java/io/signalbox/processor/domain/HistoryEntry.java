package io.signalbox.processor.domain;

import java.time.Instant;

/**
 * One event of a connector as its history keeps it: who, when, what and why, and what was desired from then on.
 *
 * @param revision the event's number for its connector
 * @param event the event's type, by its simple name
 * @param asked whether somebody asked for it, or it is the end of what somebody asked for; false: it was observed
 * @param commandId the command that it follows from
 * @param actor who asked
 * @param summary what the event says beside its type, in a line; null when that is all
 * @param after what was desired from then on
 */
public record HistoryEntry(
        long revision,
        String event,
        boolean asked,
        Instant at,
        String commandId,
        String actor,
        Origin origin,
        String summary,
        Desired after) {

    /** @param after the connector as it was from this event on */
    public static HistoryEntry of(RecordedEvent recorded, ConnectorState after) {
        var event = (Event.OfConnector) recorded.event();
        return new HistoryEntry(
                recorded.revision(),
                event.getClass().getSimpleName(),
                asked(event),
                recorded.at(),
                recorded.commandId(),
                recorded.actor(),
                recorded.origin(),
                Summary.of(event),
                Desired.of(after));
    }

    /** What was asked for is kept for ever; what was observed comes by itself, again and again. */
    private static boolean asked(Event.OfConnector event) {
        return switch (event) {
            case Event.ConnectorCreated e -> true;
            case Event.ConnectorAdopted e -> true;
            case Event.ConnectorConfigChanged e -> true;
            case Event.ConnectorPaused e -> true;
            case Event.ConnectorResumed e -> true;
            case Event.ConnectorStopped e -> true;
            case Event.RestartRequested e -> true;
            case Event.OperationEnded e -> true;
            case Event.AlterOffsetsRequested e -> true;
            case Event.ResetOffsetsRequested e -> true;
            case Event.ConnectorDeletionRequested e -> true;
            case Event.ConnectorDeleted e -> true;
            case Event.ConnectorReleased e -> true;
            // Whoever changed the keys asked for it; and it says why the log has other texts from then on.
            case Event.ConnectorResealed e -> true;
            case Event.PredecessorRemoved e -> false;
            case Event.ConnectorReconciled e -> false;
            case Event.ConnectorRefused e -> false;
            case Event.ConnectorStateChanged e -> false;
            case Event.TaskStateChanged e -> false;
            case Event.TaskFailed e -> false;
            case Event.TaskRemoved e -> false;
            case Event.OffsetsObserved e -> false;
            case Event.ConnectorFound e -> false;
            case Event.DriftDetected e -> false;
            case Event.DriftHealed e -> false;
            case Event.DriftResolved e -> false;
        };
    }
}
