package io.signalbox.schemas;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParser;

/** Every Avro record that Signalbox writes, read once from the files beside this class. One name a line. */
public final class Schemas {

    public static final List<String> COMMANDS = List.of(
            "CreateConnector",
            "PutConfig",
            "PatchConfig",
            "RollbackConfig",
            "PauseConnector",
            "ResumeConnector",
            "StopConnector",
            "DeleteConnector",
            "UndeleteConnector",
            "ReleaseConnector",
            "RestartConnector",
            "RestartTask",
            "AlterOffsets",
            "ResetOffsets",
            "UndoOffsets",
            "ReportStatus",
            "ReportRefused",
            "ReportAbsent",
            "ReportOperation",
            "ReportOffsets",
            "ReportFound",
            "ReportDrift",
            "ReportDriftOver",
            "ReportResealed",
            "RegisterCluster",
            "DeregisterCluster",
            "CreateAccessKey",
            "RevokeAccessKey",
            "CreateSecret",
            "ReplaceSecret",
            "DeleteSecret",
            "ReportSecretResealed",
            "SetQuota",
            "RemoveQuota",
            "RequestPlaces",
            "DecidePlaces",
            "CountPlaces",
            "ReportPlaces",
            "CreatePipeline",
            "ReplacePipeline",
            "PatchPipeline",
            "StartPipeline",
            "StopPipeline",
            "RestartPipeline",
            "ReinitializePipeline",
            "DeletePipeline",
            "ReportPipelinePrepared",
            "ReportPipelineStatus",
            "TickPipeline",
            "ReportPipelineResealed",
            "ReportPipelineRemoved",
            "CreatePipelineTask",
            "CancelPipelineTask",
            "RetryPipelineTask",
            "ReportPipelineTask");

    public static final List<String> EVENTS = List.of(
            "ConnectorCreated",
            "ConnectorConfigChanged",
            "ConnectorPaused",
            "ConnectorResumed",
            "ConnectorStopped",
            "RestartRequested",
            "RestartFinished",
            "AlterOffsetsRequested",
            "ResetOffsetsRequested",
            "OffsetsAltered",
            "OffsetsReset",
            "OffsetsChangeFailed",
            "ConnectorDeletionRequested",
            "ConnectorDeleted",
            "ConnectorReleased",
            "PredecessorRemoved",
            "ConnectorReconciled",
            "ConnectorRefused",
            "ConnectorStateChanged",
            "TaskStateChanged",
            "TaskFailed",
            "TaskRemoved",
            "OffsetsObserved",
            "ConnectorAdopted",
            "ConnectorFound",
            "DriftDetected",
            "DriftHealed",
            "DriftResolved",
            "ConnectorResealed",
            "ClusterRegistered",
            "ClusterChanged",
            "ClusterDeregistered",
            "AccessKeyCreated",
            "AccessKeyRevoked",
            "SecretCreated",
            "SecretReplaced",
            "SecretDeleted",
            "SecretResealed",
            "QuotaChanged",
            "QuotaRemoved",
            "PipelineCreated",
            "PipelineReplaced",
            "PipelinePatched",
            "PipelineStarted",
            "PipelineStopped",
            "PipelineRunStarted",
            "PipelinePrepared",
            "PipelinePhaseChanged",
            "PipelineCompleted",
            "PipelineFailed",
            "PipelineResealed",
            "PipelineDeleteAsked",
            "PipelineDeleted",
            "PipelineTaskCreated",
            "PipelineTaskStarted",
            "PipelineTaskDone",
            "PipelineTaskFailed",
            "PipelineTaskRetried",
            "PipelineTaskCancelled");

    public static final List<String> STATES = List.of(
            "ConnectorKey",
            "ClusterKey",
            "TaskStatus",
            "ConnectorStatus",
            "Operation",
            "ApplyError",
            "ConfigDifference",
            "Difference",
            "Drift",
            "ConnectorState",
            "Policies",
            "ClusterSpec",
            "ClusterState",
            "AccessKeyId",
            "AccessKey",
            "SecretId",
            "StoredSecret",
            "QuotaKey",
            "Quota",
            "Places",
            "PlaceRequest",
            "PartitionPlaces",
            "QuotaUse",
            "GuardedEnvironment",
            "HeldCommand",
            "PipelineKey",
            "PipelinePlan",
            "Run",
            "PipelineStatus",
            "PipelineMoment",
            "PipelineTask",
            "PipelineState",
            "Rejection",
            "CommandOutcome",
            "ConfigVersion",
            "ObservedOffsets",
            "Origin",
            "Desired",
            "HistoryEntry");

    /** What state stores may still hold: each schema of a state that was ever released, whole, by its name and a number. */
    public static final List<String> EARLIER = List.of(
            "ConnectorState-1",
            "ClusterState-1",
            "ClusterState-2",
            "CommandOutcome-1",
            "CommandOutcome-2",
            "CommandOutcome-3",
            "CommandOutcome-4",
            "PipelineState-1");

    private static final Map<String, Schema> BY_NAME = parse();

    private Schemas() {}

    public static Schema command(String name) {
        return named("command", name);
    }

    public static Schema event(String name) {
        return named("event", name);
    }

    public static Schema state(String name) {
        return named("state", name);
    }

    /** @return the schema of a record of that group and name, whole, as JSON; empty when there is none */
    public static Optional<String> json(String group, String name) {
        return Optional.ofNullable(BY_NAME.get("io.signalbox." + group + "." + name))
                .map(Schema::toString);
    }

    /** The schemas with which records of that name were written before. */
    public static List<Schema> earlier(Schema schema) {
        return EARLIER.stream()
                .filter(name -> name.startsWith(schema.getName() + "-"))
                .map(name -> read(new SchemaParser(), "earlier", name))
                .toList();
    }

    /** The schemas that are written to a topic, and so registered for it; none for the dead letters. */
    public static List<Schema> of(Topic topic) {
        return switch (topic) {
            case COMMANDS -> COMMANDS.stream().map(Schemas::command).toList();
            case LIFECYCLE -> EVENTS.stream().map(Schemas::event).toList();
            case CONNECTORS -> List.of(state("ConnectorState"));
            case CLUSTERS -> List.of(state("ClusterState"));
            case ACCESS -> List.of(state("AccessKey"));
            case SECRETS -> List.of(state("StoredSecret"));
            case PIPELINES -> List.of(state("PipelineState"));
            case OUTCOMES -> List.of(state("CommandOutcome"));
            case DEAD_LETTER -> List.of();
        };
    }

    private static Schema named(String group, String name) {
        var schema = BY_NAME.get("io.signalbox." + group + "." + name);
        if (schema == null) {
            throw new IllegalArgumentException("No schema of a " + group + " named " + name);
        }
        return schema;
    }

    private static Map<String, Schema> parse() {
        var parser = new SchemaParser();
        Stream.of(Map.entry("state", STATES), Map.entry("command", COMMANDS), Map.entry("event", EVENTS))
                .forEach(group -> group.getValue().forEach(name -> read(parser, group.getKey(), name)));
        return parser.getParsedNamedSchemas().stream()
                .collect(Collectors.toUnmodifiableMap(Schema::getFullName, Function.identity()));
    }

    private static Schema read(SchemaParser parser, String group, String name) {
        var path = "/avro/" + group + "/" + name + ".avsc";
        try (var file = Schemas.class.getResourceAsStream(path)) {
            if (file == null) {
                throw new IllegalStateException("Missing from the jar: " + path);
            }
            return parser.parse(file).mainSchema();
        } catch (IOException e) {
            throw new UncheckedIOException("Unreadable: " + path, e);
        }
    }
}
