package io.signalbox.fault;

/** What a connector is asked to do, spelled as Kafka Connect spells it. */
enum TargetState {
    RUNNING,
    PAUSED,
    STOPPED
}
