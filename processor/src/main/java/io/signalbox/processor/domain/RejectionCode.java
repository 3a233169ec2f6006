package io.signalbox.processor.domain;

/** Why a command was refused: a closed set, which each dialect turns into its own status and body. */
public enum RejectionCode {
    ALREADY_EXISTS,
    NOT_FOUND,
    NO_STATUS,
    UNKNOWN_TASK,
    STALE_REVISION,
    PRECONDITION_FAILED,
    NOT_STOPPED,
    OFFSETS_BUSY,
    UNKNOWN_REVISION,
    NOT_DELETED,
    EXPIRED,
    NOTHING_TO_UNDO,
    NOTHING_TO_KEEP,
    ID_REUSED,
    QUOTA_EXCEEDED,
    BEING_DELETED,
    DISABLED,
    WRONG_TASK_STATE,
    TOO_MANY_TASKS
}
