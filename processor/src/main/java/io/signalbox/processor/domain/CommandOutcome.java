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
 * @param command which kind of command it was of; null in what was remembered before that was
 * @param actor who sent it; null in what was remembered before that was
 * @param pipeline the pipeline afterwards; null when there is none or the command was refused
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
        Integer status,
        String command,
        String actor,
        PipelineState pipeline) {

    /** How the actors begin of whom nothing is known but where they are. */
    public static final String ANONYMOUS = "anonymous@";

    /** Without a status of the data plane, and without who asked for what. */
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
        this(
                commandId, key, stage, rejection, message, created, partition, offset, at, connector, cluster, null,
                null, null, null);
    }

    /** ACCEPTED or REJECTED by the log; an accepted operation is later APPLIED or FAILED by the data plane. */
    public enum Stage {
        ACCEPTED,
        REJECTED,
        APPLIED,
        FAILED
    }

    /** Whether it may be told whoever sends this: that is the same kind of command, from the same caller as far as he is known. */
    public boolean answers(CommandEnvelope again) {
        return same(command, actor, again);
    }

    /**
     * @param command the kind of an earlier one; null when it is not known
     * @param actor who sent that; null when it is not known
     */
    static boolean same(String command, String actor, CommandEnvelope again) {
        boolean same =
                command == null || command.equals(again.command().getClass().getSimpleName());
        return same && (actor == null || actor.equals(again.actor()) || (anonymous(actor) && anonymous(again.actor())));
    }

    private static boolean anonymous(String actor) {
        return actor.startsWith(ANONYMOUS);
    }

    /** The same, of that command. */
    public CommandOutcome of(CommandEnvelope envelope) {
        return of(envelope.command().getClass().getSimpleName(), envelope.actor());
    }

    /** The same, of the command that this was of. */
    public CommandOutcome of(CommandOutcome earlier) {
        return earlier == null ? of(null, null) : of(earlier.command, earlier.actor);
    }

    private CommandOutcome of(String name, String who) {
        return new CommandOutcome(
                commandId, key, stage, rejection, message, created, partition, offset, at, connector, cluster, status,
                name, who, pipeline);
    }

    public boolean rejected() {
        return stage == Stage.REJECTED;
    }

    /** The same, with the status of the data plane's failure. */
    public CommandOutcome withStatus(Integer answered) {
        return new CommandOutcome(
                commandId, key, stage, rejection, message, created, partition, offset, at, connector, cluster, answered,
                command, actor, pipeline);
    }

    /** The same, with the connector as it is afterwards. */
    public CommandOutcome with(ConnectorState after) {
        return new CommandOutcome(
                commandId, key, stage, rejection, message, created, partition, offset, at, after, null, status, command,
                actor, null);
    }

    /** The same, with the cluster as it is afterwards. */
    public CommandOutcome with(ClusterState after) {
        return new CommandOutcome(
                commandId, key, stage, rejection, message, created, partition, offset, at, null, after, status, command,
                actor, null);
    }

    /** The same, with the pipeline as it is afterwards. */
    public CommandOutcome with(PipelineState after) {
        return new CommandOutcome(
                commandId, key, stage, rejection, message, created, partition, offset, at, null, null, status, command,
                actor, after);
    }
}
