package io.signalbox.processor.domain;

/** What a connector is asked to do, spelled as Kafka Connect's {@code initial_state}. */
public enum TargetState {
    RUNNING,
    PAUSED,
    STOPPED
}
