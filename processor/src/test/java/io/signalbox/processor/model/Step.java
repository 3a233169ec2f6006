package io.signalbox.processor.model;

/**
 * A command in the making. What it names, such as an incarnation, a revision or an operation, is chosen when it is its turn,
 * so that a sequence that shrinks still says something.
 *
 * @param choice from which all else of it is drawn
 */
public record Step(Kind kind, long choice) {

    public enum Kind {
        CREATE,
        PUT,
        PATCH,
        PAUSE,
        RESUME,
        STOP,
        DELETE,
        RELEASE,
        RESTART,
        RESTART_TASK,
        ALTER_OFFSETS,
        RESET_OFFSETS,
        STATUS,
        REFUSED,
        ABSENT,
        OPERATION,
        OFFSETS,
        DRIFT,
        DRIFT_OVER,
        RESEALED,
        FOUND
    }
}
