package io.signalbox.processor.domain;

/** Everything that can have happened. The lifecycle topic is a sequence of these, and state is nothing but their fold. */
public sealed interface Event {

    sealed interface OfConnector extends Event {}

    sealed interface OfCluster extends Event {}

    /** @param replaces the uid of an earlier incarnation that is still to be removed from the data plane; null if none */
    record ConnectorCreated(
            String uid, Config config, TargetState targetState, ConnectorType type, boolean validated, String replaces)
            implements OfConnector {}

    record ConnectorConfigChanged(Config config, ConnectorType type, boolean validated) implements OfConnector {}

    record ConnectorPaused() implements OfConnector {}

    record ConnectorResumed() implements OfConnector {}

    record ConnectorStopped() implements OfConnector {}

    /** @param task null when the connector itself is to be restarted */
    record RestartRequested(String operationId, Integer task, boolean includeTasks, boolean onlyFailed)
            implements OfConnector {}

    /** @param message why it failed; null when it succeeded */
    record RestartFinished(String operationId, boolean succeeded, String message) implements OfConnector {}

    record ConnectorDeletionRequested() implements OfConnector {}

    record ConnectorDeleted(String uid) implements OfConnector {}

    /** The earlier incarnation of a name that was used again is gone from the data plane. */
    record PredecessorRemoved(String uid) implements OfConnector {}

    /** The data plane was seen to have this generation of the desired state. */
    record ConnectorReconciled(long generation) implements OfConnector {}

    /** The data plane refused this generation, and said why. */
    record ConnectorRefused(long generation, String worker, String message) implements OfConnector {}

    /** @param previous null when it was seen for the first time */
    record ConnectorStateChanged(
            RunState previous, RunState state, String workerId, String version, String trace, ConnectorType type)
            implements OfConnector {}

    /** @param previous null when it was seen for the first time */
    record TaskStateChanged(int task, RunState previous, RunState state, String workerId, String version, String trace)
            implements OfConnector {}

    /** A task state change that somebody should look at: the trace says why. */
    record TaskFailed(int task, RunState previous, String workerId, String version, String trace)
            implements OfConnector {}

    record TaskRemoved(int task) implements OfConnector {}

    record OffsetsObserved(String offsets) implements OfConnector {}

    record ClusterRegistered(ClusterSpec spec) implements OfCluster {}

    record ClusterChanged(ClusterSpec spec) implements OfCluster {}

    record ClusterDeregistered() implements OfCluster {}
}
