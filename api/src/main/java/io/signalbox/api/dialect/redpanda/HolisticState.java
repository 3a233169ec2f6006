package io.signalbox.api.dialect.redpanda;

import io.signalbox.processor.domain.ConnectorStatus;
import io.signalbox.processor.domain.RunState;

/** What a connector and its tasks come to, in a word: the first that fits (contract, section 3). */
enum HolisticState {
    HEALTHY,
    UNHEALTHY,
    DEGRADED,
    PAUSED,
    STOPPED,
    RESTARTING,
    UNASSIGNED,
    DESTROYED,
    UNKNOWN;

    /** @param status null for one that no worker has yet */
    static HolisticState of(ConnectorStatus status) {
        if (status == null) {
            return UNASSIGNED;
        }
        boolean running = status.state() == RunState.RUNNING;
        int tasks = status.tasks().size();
        long failed = count(status, RunState.FAILED);
        if (running && tasks > 0 && count(status, RunState.RUNNING) == tasks) {
            return HEALTHY;
        }
        if (status.state() == RunState.FAILED || (running && failed == tasks)) {
            return UNHEALTHY;
        }
        if (running && failed > 0) {
            return DEGRADED;
        }
        return switch (status.state()) {
            case PAUSED -> PAUSED;
            case STOPPED -> STOPPED;
            case RESTARTING -> RESTARTING;
            default -> onItsWay(status);
        };
    }

    private static HolisticState onItsWay(ConnectorStatus status) {
        if (count(status, RunState.RESTARTING) > 0) {
            return RESTARTING;
        }
        if (status.state() == RunState.UNASSIGNED || count(status, RunState.UNASSIGNED) > 0) {
            return UNASSIGNED;
        }
        return status.state() == RunState.DESTROYED ? DESTROYED : UNKNOWN;
    }

    static long count(ConnectorStatus status, RunState state) {
        return status.tasks().stream().filter(task -> task.state() == state).count();
    }

    /** As it is written. */
    String word() {
        return "CONNECTOR_HOLISTIC_STATE_" + name();
    }
}
