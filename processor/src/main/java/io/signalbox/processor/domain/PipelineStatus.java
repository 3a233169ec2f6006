package io.signalbox.processor.domain;

import java.time.Instant;
import java.util.Objects;

/**
 * How far a pipeline is, as its dialect tells it.
 *
 * @param reason why, in words without secrets; null when the rest says it
 * @param component of which part it is said
 * @param attempt the number of the try that is under way, from 1; null unless {@link Status#RETRY}
 * @param at since when, by the log; null in a report, which the log is yet to date
 */
public record PipelineStatus(
        State state, Status status, String reason, Component component, Integer attempt, Instant at) {

    /** Longest reason in characters. */
    public static final int MAX_REASON = 1_000;

    public enum State {
        START,
        INITIALIZE,
        SNAPSHOT,
        REALTIME,
        SCHEDULED,
        DISABLED,
        COMPLETE,
        SHUTDOWN
    }

    public enum Status {
        START,
        COMPLETE,
        FAILED,
        SKIPPED,
        HEARTBEAT,
        RETRY,
        WARNING
    }

    public enum Component {
        CONNECTOR,
        SOURCE,
        BUFFER,
        TARGET
    }

    public PipelineStatus {
        if (reason != null && reason.length() > MAX_REASON) {
            reason = reason.substring(0, MAX_REASON);
        }
    }

    /** Without a reason. */
    public static PipelineStatus of(State state, Status status, Component component) {
        return new PipelineStatus(state, status, null, component, null, null);
    }

    /** Whether the run needs nobody any more: it did what it was for, or there is no hope for it. */
    public boolean over() {
        return state == State.COMPLETE || state == State.SCHEDULED || status == Status.FAILED;
    }

    /** Whether it says the same, whenever. */
    public boolean same(PipelineStatus other) {
        return other != null
                && state == other.state
                && status == other.status
                && component == other.component
                && Objects.equals(reason, other.reason)
                && Objects.equals(attempt, other.attempt);
    }

    PipelineStatus at(Instant when) {
        return new PipelineStatus(state, status, reason, component, attempt, when);
    }
}
