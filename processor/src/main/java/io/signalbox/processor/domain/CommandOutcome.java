package io.signalbox.processor.domain;

import java.time.Instant;

/**
 * What the caller of a command is told.
 *
 * @param stage how far it got
 * @param rejection why it was refused; null unless {@link Stage#REJECTED}
 * @param message what the data plane said, {@link Stage#APPLIED} or {@link Stage#FAILED}; null when it said nothing
 * @param created whether the command brought its subject into being
 * @param partition of the command in the command topic
 * @param offset of the command in that partition
 * @param at when the log decided it
 * @param connector the connector afterwards; null when there is none or the command was refused
 * @param cluster the cluster afterwards; null when there is none or the command was refused
 * @param status the HTTP status that came with the data plane's failure; null when there was none
 */
public record CommandOutcome(
        String commandId,
        AggregateKey key,
        Stage stage,
        Rejection rejection,
        String message,
        boolean created,
        int partition,
        long offset,
        Instant at,
        ConnectorState connector,
        ClusterState cluster,
        Integer status) {

    /** Without a status of the data plane. */
    public CommandOutcome(
            String commandId,
            AggregateKey key,
            Stage stage,
            Rejection rejection,
            String message,
            boolean created,
            int partition,
            long offset,
            Instant at,
            ConnectorState connector,
            ClusterState cluster) {
        this(commandId, key, stage, rejection, message, created, partition, offset, at, connector, cluster, null);
    }

    /** ACCEPTED or REJECTED by the log; an accepted operation is later APPLIED or FAILED by the data plane. */
    public enum Stage {
        ACCEPTED,
        REJECTED,
        APPLIED,
        FAILED
    }

    public boolean rejected() {
        return stage == Stage.REJECTED;
    }

    /** The same, with the status of the data plane's failure. */
    public CommandOutcome withStatus(Integer answered) {
        return new CommandOutcome(
                commandId, key, stage, rejection, message, created, partition, offset, at, connector, cluster,
                answered);
    }

    /** The same, with the connector as it is afterwards. */
    public CommandOutcome with(ConnectorState after) {
        return new CommandOutcome(
                commandId, key, stage, rejection, message, created, partition, offset, at, after, null, status);
    }

    /** The same, with the cluster as it is afterwards. */
    public CommandOutcome with(ClusterState after) {
        return new CommandOutcome(
                commandId, key, stage, rejection, message, created, partition, offset, at, null, after, status);
    }
}
