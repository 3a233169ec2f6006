package io.signalbox.processor.domain;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Everything that can have happened. The lifecycle topic is a sequence of these, and state is nothing but their fold. */
public sealed interface Event {

    sealed interface OfConnector extends Event {}

    sealed interface OfCluster extends Event {}

    sealed interface OfAccessKey extends Event {}

    sealed interface OfSecret extends Event {}

    sealed interface OfQuota extends Event {}

    sealed interface OfPipeline extends Event {}

    /**
     * @param replaces the uid of an earlier incarnation that is still to be removed from the data plane; null if none
     * @param offsets to begin at, before which it is to stay stopped; null if none were given
     * @param undeletes the uid of the deleted incarnation that this one continues; null if it is a new one
     */
    record ConnectorCreated(
            String uid,
            Config config,
            TargetState targetState,
            ConnectorType type,
            boolean validated,
            String replaces,
            String offsets,
            String undeletes)
            implements OfConnector {
        public ConnectorCreated(
                String uid,
                Config config,
                TargetState targetState,
                ConnectorType type,
                boolean validated,
                String replaces,
                String offsets) {
            this(uid, config, targetState, type, validated, replaces, offsets, null);
        }

        public ConnectorCreated(
                String uid,
                Config config,
                TargetState targetState,
                ConnectorType type,
                boolean validated,
                String replaces) {
            this(uid, config, targetState, type, validated, replaces, null);
        }
    }

    /** @param rolledBackTo the revision whose config this is again; null when it was given as it is */
    record ConnectorConfigChanged(Config config, ConnectorType type, boolean validated, Long rolledBackTo)
            implements OfConnector {
        public ConnectorConfigChanged(Config config, ConnectorType type, boolean validated) {
            this(config, type, validated, null);
        }
    }

    record ConnectorPaused() implements OfConnector {}

    record ConnectorResumed() implements OfConnector {}

    record ConnectorStopped() implements OfConnector {}

    /** @param task null when the connector itself is to be restarted */
    record RestartRequested(String operationId, Integer task, boolean includeTasks, boolean onlyFailed)
            implements OfConnector {}

    /** An operation came to its end: whoever asked for it is told. */
    sealed interface OperationEnded extends OfConnector {
        String operationId();

        boolean succeeded();

        /** What the data plane said; null when it said nothing. */
        String message();

        /** The HTTP status of a failure; null when there was none. */
        default Integer status() {
            return null;
        }
    }

    /** @param message why it failed; null when it succeeded */
    record RestartFinished(String operationId, boolean succeeded, String message) implements OperationEnded {}

    /** @param then what it is to do afterwards, because it was held stopped for it only; null to stay stopped */
    record AlterOffsetsRequested(String operationId, String offsets, TargetState then) implements OfConnector {
        public AlterOffsetsRequested(String operationId, String offsets) {
            this(operationId, offsets, null);
        }
    }

    /** @param then as for {@link AlterOffsetsRequested} */
    record ResetOffsetsRequested(String operationId, TargetState then) implements OfConnector {
        public ResetOffsetsRequested(String operationId) {
            this(operationId, null);
        }
    }

    /**
     * @param offsets what was asked for
     * @param before the offsets just before; null when they could not be read
     */
    record OffsetsAltered(String operationId, String offsets, String before, String message) implements OperationEnded {
        @Override
        public boolean succeeded() {
            return true;
        }
    }

    /** @param before as for {@link OffsetsAltered} */
    record OffsetsReset(String operationId, String before, String message) implements OperationEnded {
        @Override
        public boolean succeeded() {
            return true;
        }
    }

    /**
     * @param status null when nobody answered, so that it may have been done nevertheless
     * @param before as for {@link OffsetsAltered}
     */
    record OffsetsChangeFailed(String operationId, Integer status, String message, String before)
            implements OperationEnded {
        @Override
        public boolean succeeded() {
            return false;
        }
    }

    record ConnectorDeletionRequested() implements OfConnector {}

    record ConnectorDeleted(String uid) implements OfConnector {}

    /** It goes on as it is on the data plane, and is nobody's here. */
    record ConnectorReleased(String uid) implements OfConnector {}

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

    /** A connector that was found on the data plane is ours from now on, as it was found. */
    record ConnectorAdopted(String uid, Config config, TargetState targetState, ConnectorType type)
            implements OfConnector {}

    /** A connector was found on the data plane that nobody declared; it is left alone. */
    record ConnectorFound(String uid, Config config, TargetState targetState, ConnectorType type)
            implements OfConnector {}

    /** The data plane was changed behind our back. */
    record DriftDetected(long generation, Difference difference) implements OfConnector {}

    /** What had drifted was put back, and seen to be as desired. */
    record DriftHealed(long generation) implements OfConnector {}

    /** What had drifted is as desired without having been put back. */
    record DriftResolved(long generation) implements OfConnector {}

    /**
     * Secrets of the config were sealed anew with another key: they are the same, and nothing is to be done about it.
     *
     * @param before the texts that were there
     * @param after those of the same settings that are there instead
     */
    record ConnectorResealed(Config before, Config after) implements OfConnector {}

    record ClusterRegistered(ClusterSpec spec) implements OfCluster {}

    record ClusterChanged(ClusterSpec spec) implements OfCluster {}

    record ClusterDeregistered() implements OfCluster {}

    /** @param hash of the secret, which nobody but its owner has */
    record AccessKeyCreated(String name, String hash, List<String> grants) implements OfAccessKey {
        public AccessKeyCreated {
            grants = List.copyOf(grants);
        }

        @Override
        public String toString() {
            return "AccessKeyCreated[" + name + " " + grants + "]";
        }
    }

    record AccessKeyRevoked() implements OfAccessKey {}

    /** @param data sealed, as it is kept */
    record SecretCreated(String data, Map<String, String> labels) implements OfSecret {
        public SecretCreated {
            labels = Map.copyOf(labels);
        }

        @Override
        public String toString() {
            return "SecretCreated" + labels.keySet();
        }
    }

    /** @param data sealed, as it is kept from now on; the same as before where only the labels are others */
    record SecretReplaced(String data, Map<String, String> labels) implements OfSecret {
        public SecretReplaced {
            labels = Map.copyOf(labels);
        }

        @Override
        public String toString() {
            return "SecretReplaced" + labels.keySet();
        }
    }

    record SecretDeleted() implements OfSecret {}

    /**
     * It was sealed anew with another key, and is the same.
     *
     * @param before the texts that were there
     * @param after those that are there instead, in the same order
     */
    record SecretResealed(List<String> before, List<String> after) implements OfSecret {
        public SecretResealed {
            before = List.copyOf(before);
            after = List.copyOf(after);
        }
    }

    /**
     * @param connectors the most connectors; null for no limit
     * @param tasks the most tasks, as declared; null for no limit
     */
    record QuotaChanged(Integer connectors, Integer tasks) implements OfQuota {}

    record QuotaRemoved() implements OfQuota {}

    /**
     * @param uid this incarnation
     * @param definition what was asked for, in its dialect's form, with sealed secrets
     * @param plan what follows from it
     */
    record PipelineCreated(String uid, String definition, PipelinePlan plan) implements OfPipeline {
        @Override
        public String toString() {
            return "PipelineCreated[" + uid + "]";
        }
    }

    record PipelineReplaced(String definition, PipelinePlan plan) implements OfPipeline {
        @Override
        public String toString() {
            return "PipelineReplaced";
        }
    }

    record PipelinePatched(String definition, PipelinePlan plan) implements OfPipeline {
        @Override
        public String toString() {
            return "PipelinePatched";
        }
    }

    /** It is to run from now on. */
    record PipelineStarted() implements OfPipeline {}

    record PipelineStopped() implements OfPipeline {}

    /**
     * @param due when the schedule wanted it; null when it was not the schedule
     * @param reset whether it begins from nothing
     */
    record PipelineRunStarted(String runId, Run.Cause cause, Instant due, boolean reset) implements OfPipeline {}

    /**
     * What the run needs before its connectors run was done.
     *
     * @param settings for its source connector over those of the plan
     * @param warning what it will not do of what was asked; null when it will do all
     */
    record PipelinePrepared(String runId, Config settings, String warning) implements OfPipeline {}

    /** The conductor saw it do something else. */
    sealed interface PipelineObserved extends OfPipeline {
        /** Null before the first run. */
        String runId();

        PipelineStatus status();
    }

    record PipelinePhaseChanged(String runId, PipelineStatus status) implements PipelineObserved {}

    /** A run did all that it was for. */
    record PipelineCompleted(String runId, PipelineStatus status) implements PipelineObserved {}

    /** A run failed, and is not tried again by itself. */
    record PipelineFailed(String runId, PipelineStatus status) implements PipelineObserved {}

    /** The secrets of it were sealed anew with another key: they are the same, and nothing is to be done about it. */
    record PipelineResealed(String definition, PipelinePlan plan) implements OfPipeline {
        @Override
        public String toString() {
            return "PipelineResealed";
        }
    }

    record PipelineDeleteAsked(boolean force) implements OfPipeline {}

    /** @param leftBehind what could not be removed */
    record PipelineDeleted(String uid, List<String> leftBehind) implements OfPipeline {
        public PipelineDeleted {
            leftBehind = List.copyOf(leftBehind);
        }
    }

    /** Something became of a task of a pipeline. */
    sealed interface PipelineTaskEvent extends OfPipeline {
        String taskId();
    }

    /** @param database as it was given; null when it was not */
    record PipelineTaskCreated(String taskId, String schema, String name, String database)
            implements PipelineTaskEvent {}

    /** @param attempt the number of the try, from 1 */
    record PipelineTaskStarted(String taskId, long attempt) implements PipelineTaskEvent {}

    /** All of it is at the target. */
    record PipelineTaskDone(String taskId, long attempt) implements PipelineTaskEvent {}

    /** @param nextAttemptAt when it is tried again; null for never */
    record PipelineTaskFailed(String taskId, long attempt, String reason, Instant nextAttemptAt)
            implements PipelineTaskEvent {}

    /** It is to be tried at once. */
    record PipelineTaskRetried(String taskId) implements PipelineTaskEvent {}

    record PipelineTaskCancelled(String taskId) implements PipelineTaskEvent {}
}
