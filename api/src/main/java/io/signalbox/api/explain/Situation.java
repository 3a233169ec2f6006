package io.signalbox.api.explain;

/** What a connector can be in. Of several the one that is named first here is the one that matters. */
public enum Situation {
    FOUND_ONLY,
    DELETING,
    CLUSTER_NOT_REGISTERED,
    CLUSTER_AWAY,
    CLUSTER_TROUBLED,
    BAD_CLASS,
    PERMISSION,
    QUOTA,
    INVALID_CONFIG,
    REFUSED,
    OFFSETS_NOT_SET,
    DELETED_ON_CLUSTER,
    CONNECTOR_FAILED,
    TASK_FAILED,
    DRIFT,
    PREDECESSOR,
    REBALANCING,
    APPLY_FAILING,
    OPERATION_PENDING,
    NOT_APPLIED_YET,
    NOT_OBSERVED_YET,
    DIFFERENT,
    STOPPED_AS_ASKED,
    PAUSED_AS_ASKED,
    RUNNING_WITHOUT_TASKS,
    RUNNING
}
