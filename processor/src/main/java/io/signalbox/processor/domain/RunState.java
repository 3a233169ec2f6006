package io.signalbox.processor.domain;

/** What a connector or a task is seen doing, spelled as Kafka Connect spells it; tasks are never STOPPED. */
public enum RunState {
    UNASSIGNED,
    RUNNING,
    PAUSED,
    FAILED,
    RESTARTING,
    STOPPED,
    DESTROYED
}
