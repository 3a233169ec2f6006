package io.signalbox.processor.domain;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Everything that can be asked of, or reported to, the log. Nothing else changes state. */
public sealed interface Command {

    /** About one connector. */
    sealed interface OfConnector extends Command {}

    /** About a whole cluster. */
    sealed interface OfCluster extends Command {}

    /** About an access key. */
    sealed interface OfAccessKey extends Command {}

    /** About a stored secret. */
    sealed interface OfSecret extends Command {}

    /** About the quota of an environment. */
    sealed interface OfQuota extends Command {}

    /** About a pipeline: asked for, or told by its conductor. */
    sealed interface OfPipeline extends Command {}

    /** What partitions tell each other about places under a quota; see {@link QuotaLedger}. Nobody waits for what becomes of it. */
    sealed interface OfPlaces extends Command {
        @Override
        default boolean answered() {
            return false;
        }
    }

    /** Whether somebody waits for its outcome, and may ask again with the same id. */
    default boolean answered() {
        return true;
    }

    /**
     * @param validated whether the data plane's own validation passed; false: it could not, or was not to be asked
     * @param offsets to begin at, as in {@link AlterOffsets}; null to leave them as they are
     */
    record CreateConnector(
            Config config, TargetState initialState, ConnectorType type, boolean validated, String offsets)
            implements OfConnector {
        public CreateConnector(Config config, TargetState initialState, ConnectorType type, boolean validated) {
            this(config, initialState, type, validated, null);
        }

        CreateConnector with(Config other) {
            return new CreateConnector(other, initialState, type, validated, offsets);
        }
    }

    /** Create, or replace the whole config. The target state of what exists stays. */
    record PutConfig(Config config, ConnectorType type, boolean validated) implements OfConnector {}

    /**
     * @param patch new values by key; a null value removes the key
     * @param ifConfigRevision the revision of the config that was validated together with the patch; null for any
     */
    record PatchConfig(Map<String, String> patch, ConnectorType type, boolean validated, Long ifConfigRevision)
            implements OfConnector {
        @Override
        public String toString() {
            return "PatchConfig" + patch.keySet();
        }
    }

    /**
     * Have the config of an earlier revision again; what it is to do stays.
     *
     * @param revision the config as it was from that one on
     */
    record RollbackConfig(long revision, ConnectorType type, boolean validated) implements OfConnector {}

    record PauseConnector() implements OfConnector {}

    record ResumeConnector() implements OfConnector {}

    record StopConnector() implements OfConnector {}

    record DeleteConnector() implements OfConnector {}

    /** Have nothing to do with it any more. Nothing on the data plane is touched. */
    record ReleaseConnector() implements OfConnector {}

    /**
     * Have a deleted connector again, with its config and what it was to do.
     *
     * @param uid the incarnation that is meant, whose config was validated
     * @param restoreOffsets whether to set the offsets that were last read; false: leave them as the data plane has them
     * @param retentionMs how long after its deletion this may be asked; it travels with the command, so that the decision
     *     depends on the log only
     */
    record UndeleteConnector(
            String uid, boolean restoreOffsets, long retentionMs, ConnectorType type, boolean validated)
            implements OfConnector {}

    record RestartConnector(boolean includeTasks, boolean onlyFailed) implements OfConnector {}

    record RestartTask(int task) implements OfConnector {}

    /**
     * @param offsets a JSON array of {@code {"partition":…,"offset":…}} (KIP-875), without needless white space
     * @param hold whether a connector that is not to be stopped is held stopped for it, and goes on afterwards; false: it is refused
     */
    record AlterOffsets(String offsets, boolean hold) implements OfConnector {
        public AlterOffsets(String offsets) {
            this(offsets, false);
        }
    }

    /**
     * All of them: the connector begins anew.
     *
     * @param hold as for {@link AlterOffsets}
     */
    record ResetOffsets(boolean hold) implements OfConnector {
        public ResetOffsets() {
            this(false);
        }
    }

    /** Set the offsets back to what they were before they were last changed. */
    record UndoOffsets() implements OfConnector {}

    /** What a driver has to say. Nobody waits for what becomes of it. */
    sealed interface Observation extends OfConnector {
        @Override
        default boolean answered() {
            return false;
        }
    }

    /** What a driver saw, did or could not do. It names the incarnation, so that a late report cannot hit a later one. */
    sealed interface Report extends Observation {
        String uid();
    }

    /** @param generation the generation that the data plane is seen to have; null when that was not looked at */
    record ReportStatus(String uid, Long generation, ConnectorStatus status) implements Report {}

    record ReportRefused(String uid, long generation, String worker, String message) implements Report {}

    record ReportAbsent(String uid) implements Report {}

    /**
     * @param message what the data plane said; null for nothing
     * @param status the HTTP status of a failure; null when it succeeded, or nobody answered
     * @param before the offsets just before they were changed; null when they could not be read, or for a restart
     */
    record ReportOperation(
            String uid, String operationId, boolean succeeded, String message, Integer status, String before)
            implements Report {
        public ReportOperation(String uid, String operationId, boolean succeeded, String message) {
            this(uid, operationId, succeeded, message, null, null);
        }
    }

    /** @param offsets as the data plane gives them: a JSON array of {@code {"partition":…,"offset":…}} (KIP-875) */
    record ReportOffsets(String uid, String offsets) implements Report {}

    /** @param difference from the desired state of that generation; never none */
    record ReportDrift(String uid, long generation, Difference difference) implements Report {}

    /** @param healed whether it was put back by us; false: it ended by itself */
    record ReportDriftOver(String uid, long generation, boolean healed) implements Report {}

    /**
     * Its secrets were sealed anew with another key.
     *
     * @param before the sealed texts of those settings
     * @param after what is to take their place, where they are still there
     */
    record ReportResealed(String uid, Config before, Config after) implements Report {}

    /**
     * A connector on the data plane that the log does not know, or knows as found only.
     *
     * @param adopt whether it is to be taken over; false: only told
     * @param targetState what it is seen to be asked to do
     */
    record ReportFound(boolean adopt, Config config, TargetState targetState, ConnectorStatus status)
            implements Observation {}

    /** Register a data plane, or change what is registered. */
    record RegisterCluster(ClusterSpec spec) implements OfCluster {}

    /** Forget a data plane. Nothing on it is touched. */
    record DeregisterCluster() implements OfCluster {}

    /**
     * Let somebody in who knows a secret.
     *
     * @param name what it is for
     * @param hash of the secret, which was made and hashed where it was asked for, and is not in the log
     * @param grants what it may do
     */
    record CreateAccessKey(String name, String hash, List<String> grants) implements OfAccessKey {
        public CreateAccessKey {
            grants = List.copyOf(grants);
        }

        @Override
        public String toString() {
            return "CreateAccessKey[" + name + " " + grants + "]";
        }
    }

    /** Let nobody in by it any more. */
    record RevokeAccessKey() implements OfAccessKey {}

    /**
     * Keep a secret that configs can refer to.
     *
     * @param data sealed
     * @param labels what is said of it
     */
    record CreateSecret(String data, Map<String, String> labels) implements OfSecret {
        public CreateSecret {
            labels = Map.copyOf(labels);
        }

        @Override
        public String toString() {
            return "CreateSecret" + labels.keySet();
        }
    }

    /**
     * Keep something else under its id.
     *
     * @param data sealed
     * @param labels what is said of it from now on; null to leave that as it is
     */
    record ReplaceSecret(String data, Map<String, String> labels) implements OfSecret {
        public ReplaceSecret {
            labels = labels == null ? null : Map.copyOf(labels);
        }

        @Override
        public String toString() {
            return "ReplaceSecret" + (labels == null ? "" : labels.keySet());
        }
    }

    /** Keep it no more, whoever refers to it. */
    record DeleteSecret() implements OfSecret {}

    /**
     * It was sealed anew with another key. Nobody waits for what becomes of it.
     *
     * @param before the sealed texts that were there
     * @param after what is to take their place, where they are still there, in the same order
     */
    record ReportSecretResealed(List<String> before, List<String> after) implements OfSecret {
        public ReportSecretResealed {
            before = List.copyOf(before);
            after = List.copyOf(after);
        }

        @Override
        public boolean answered() {
            return false;
        }
    }

    /**
     * Limit what the connectors of an environment may take, or change the limits.
     *
     * @param connectors the most connectors; null for no limit
     * @param tasks the most tasks, as declared; null for no limit
     */
    record SetQuota(Integer connectors, Integer tasks) implements OfQuota {}

    /** Limit the environment no more. */
    record RemoveQuota() implements OfQuota {}

    /**
     * A command of a connector waits for places of its environment. It goes to the quota, under the id of that command.
     *
     * @param asked the offset, in the partition of the connector, at which it was found to need them
     * @param wanted what it needs beyond what is there
     */
    record RequestPlaces(ConnectorKey connector, long asked, Places wanted) implements OfPlaces {}

    /**
     * The answer, which goes to the connector, under the same id.
     *
     * @param asked as in the request
     * @param refusal why there are none; null when they are reserved
     */
    record DecidePlaces(long asked, String refusal) implements OfPlaces {}

    /**
     * Goes to one partition, which is to count what the connectors of the environment take there, and from now on to ask
     * before they take more.
     *
     * @param count the number of this count: the offset, in the partition of the quota, of what began it
     * @param guarded false: there is no quota any more, do not ask
     */
    record CountPlaces(long count, boolean guarded) implements OfPlaces {}

    /**
     * What the connectors of the environment take in one partition, all of them together. It goes to the quota.
     *
     * @param offset in that partition, up to which it is counted
     * @param count the number of the last count that was asked for there; -1 when none was
     * @param connector whose command has been decided with the places that were reserved for it; null for none
     * @param commandId the id of that command; null for none
     */
    record ReportPlaces(int partition, long offset, long count, Places used, ConnectorKey connector, String commandId)
            implements OfPlaces {}

    /** What callers ask of a pipeline. */
    sealed interface PipelineRequest extends OfPipeline {}

    /**
     * @param definition what is asked for, in its dialect's form, with sealed secrets
     * @param plan what follows from it
     */
    record CreatePipeline(String definition, PipelinePlan plan) implements PipelineRequest {
        @Override
        public String toString() {
            return "CreatePipeline";
        }
    }

    /** Create, or replace the whole definition. What was stopped stays so, unless it was disabled and is no more. */
    record ReplacePipeline(String definition, PipelinePlan plan) implements PipelineRequest {
        @Override
        public String toString() {
            return "ReplacePipeline";
        }
    }

    /** Replace the definition of what exists by what the caller made of it, whose precondition says what he began with. */
    record PatchPipeline(String definition, PipelinePlan plan) implements PipelineRequest {
        @Override
        public String toString() {
            return "PatchPipeline";
        }
    }

    /** Have it run. What ends by itself begins anew; what runs stays as it is. */
    record StartPipeline() implements PipelineRequest {}

    record StopPipeline() implements PipelineRequest {}

    /** Have it run in a new run, also if it runs. */
    record RestartPipeline() implements PipelineRequest {}

    /** Have it run in a new run that begins from nothing. What is at the target stays. */
    record ReinitializePipeline() implements PipelineRequest {}

    /** @param force whether what cannot be removed is to be left */
    record DeletePipeline(boolean force) implements PipelineRequest {}

    /**
     * Have a table copied once more. One that is to be already is not wanted twice.
     *
     * @param schema of the table at the source
     * @param database of the table; null when it was not given
     */
    record CreatePipelineTask(String schema, String name, String database) implements PipelineRequest {}

    /** Have a task that waits not be done. */
    record CancelPipelineTask(String taskId) implements PipelineRequest {}

    /** Have a task that failed, or waits, be tried at once. */
    record RetryPipelineTask(String taskId) implements PipelineRequest {}

    /** What its conductor has to say. Nobody waits for what becomes of it. It names the incarnation, as a {@link Report} does. */
    sealed interface PipelineReport extends OfPipeline {
        String uid();

        @Override
        default boolean answered() {
            return false;
        }
    }

    /**
     * What a run needs before its connectors run was done.
     *
     * @param settings for its source connector over those of the plan
     * @param warning what it will not do of what was asked; null when it will do all
     */
    record ReportPipelinePrepared(String uid, String runId, Config settings, String warning)
            implements PipelineReport {}

    /** @param runId null before the first run */
    record ReportPipelineStatus(String uid, String runId, PipelineStatus status) implements PipelineReport {}

    /**
     * Its schedule wants a run.
     *
     * @param due when it was due: the same for all who tell it
     */
    record TickPipeline(String uid, Instant due) implements PipelineReport {}

    /**
     * Its secrets were sealed anew with another key.
     *
     * @param definitionRevision of the definition in which they are
     */
    record ReportPipelineResealed(String uid, long definitionRevision, String definition, PipelinePlan plan)
            implements PipelineReport {
        @Override
        public String toString() {
            return "ReportPipelineResealed[" + uid + " " + definitionRevision + "]";
        }
    }

    /**
     * How far a try of a task is.
     *
     * @param attempt the number of the try
     * @param state RUNNING, DONE or FAILED
     * @param reason why it failed, in words without secrets; null when it did not
     * @param retryAfterMs how long after this it is tried again; null for never
     */
    record ReportPipelineTask(
            String uid, String taskId, long attempt, PipelineTask.State state, String reason, Long retryAfterMs)
            implements PipelineReport {
        public ReportPipelineTask {
            if (reason != null && reason.length() > PipelineStatus.MAX_REASON) {
                reason = reason.substring(0, PipelineStatus.MAX_REASON);
            }
        }
    }

    /**
     * Nothing of it is there any more.
     *
     * @param leftBehind but this, each in words; only where that was allowed
     */
    record ReportPipelineRemoved(String uid, List<String> leftBehind) implements PipelineReport {
        public ReportPipelineRemoved {
            leftBehind = List.copyOf(leftBehind);
        }
    }
}
