package io.signalbox.fault;

import io.signalbox.fault.Operation.Kind;

/**
 * The model: one connector by the documented rules, and by nothing else. Not there, or active with a target state and a
 * config. It knows nothing of the code under test.
 *
 * @param revision of its last event; 0 before the first
 * @param configRevision the revision at which the config became what it is; 0 when there is none
 */
record Connector(boolean active, TargetState targetState, String config, long revision, long configRevision) {

    static final Connector ABSENT = new Connector(false, null, null, 0, 0);

    static final String PRECONDITION_FAILED = "PRECONDITION_FAILED";
    static final String ALREADY_EXISTS = "ALREADY_EXISTS";
    static final String NOT_FOUND = "NOT_FOUND";

    /** @return the code with which it refuses this now, or null */
    String refusal(Operation asked) {
        return asked.ifMatch() == null || has(asked.ifMatch())
                ? refusalBeyondIfMatch(asked.kind())
                : PRECONDITION_FAILED;
    }

    /** As {@link #refusal}, for who knows that it has the tag. */
    String refusalBeyondIfMatch(Kind kind) {
        return switch (kind) {
            case CREATE -> active ? ALREADY_EXISTS : null;
            case UPDATE -> null;
            case DELETE, PAUSE, RESUME, STOP, STRONG_READ, READ_WITH_TOKEN -> active ? null : NOT_FOUND;
        };
    }

    private boolean has(String tag) {
        return active
                && (tag.equals("*") || tag.equals(Long.toString(revision)) || tag.equals("config-" + configRevision));
    }

    /** @return the event that follows from what it does not refuse; null when it is so already, and for a read */
    String eventOf(Operation asked) {
        return switch (asked.kind()) {
            case CREATE -> "ConnectorCreated";
            case UPDATE ->
                !active ? "ConnectorCreated" : asked.config().equals(config) ? null : "ConnectorConfigChanged";
            case DELETE -> "ConnectorDeletionRequested";
            case PAUSE -> targetState == TargetState.PAUSED ? null : "ConnectorPaused";
            case RESUME -> targetState == TargetState.RUNNING ? null : "ConnectorResumed";
            case STOP -> targetState == TargetState.STOPPED ? null : "ConnectorStopped";
            case STRONG_READ, READ_WITH_TOKEN -> null;
        };
    }

    /** Whether an event is a step that only a command of a client can bring about. */
    static boolean isStep(String event) {
        return switch (event) {
            case "ConnectorCreated",
                    "ConnectorConfigChanged",
                    "ConnectorDeletionRequested",
                    "ConnectorPaused",
                    "ConnectorResumed",
                    "ConnectorStopped" -> true;
            default -> false;
        };
    }

    /** The state after an event of this name. */
    Connector after(String event, TargetState newTarget, String newConfig, long at) {
        return switch (event) {
            case "ConnectorCreated", "ConnectorAdopted" -> new Connector(true, newTarget, newConfig, at, at);
            case "ConnectorConfigChanged" -> new Connector(active, targetState, newConfig, at, at);
            case "ConnectorPaused" -> new Connector(active, TargetState.PAUSED, config, at, configRevision);
            case "ConnectorResumed" -> new Connector(active, TargetState.RUNNING, config, at, configRevision);
            case "ConnectorStopped" -> new Connector(active, TargetState.STOPPED, config, at, configRevision);
            case "ConnectorDeletionRequested", "ConnectorReleased" -> new Connector(false, null, null, at, 0);
            // What was observed moves the revision only.
            default -> new Connector(active, targetState, config, at, configRevision);
        };
    }

    /** The state after what was asked has taken effect. */
    Connector after(Operation asked, long at) {
        var target = asked.initialState() == null ? TargetState.RUNNING : asked.initialState();
        return after(eventOf(asked), target, asked.config(), at);
    }
}
