package io.signalbox.processor.domain;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One table of a pipeline that is to be copied once more.
 *
 * @param id a UUID of version 7: a later one of the same pipeline is greater, also as text
 * @param schema of the table at the source
 * @param name of the table
 * @param database as it was given; null when it was not
 * @param attempt the number of the last try; 0 before the first
 * @param failures how many tries failed since it was created, or since somebody had it tried again
 * @param nextAttemptAt before when it is not tried; null for at once
 * @param reason why the last try failed, in words without secrets; null when none did, or a later one succeeded
 */
public record PipelineTask(
        String id,
        String schema,
        String name,
        String database,
        State state,
        long attempt,
        int failures,
        Instant nextAttemptAt,
        String reason,
        Instant createdAt) {

    public enum State {
        /** It waits for its turn, or for its next try. */
        PENDING,
        /** Its table is being copied. */
        RUNNING,
        DONE,
        FAILED,
        /** It was taken back before it began. */
        CANCELLED;

        /** Whether something is still to be done about it. */
        public boolean open() {
            return this == PENDING || this == RUNNING;
        }
    }

    static PipelineTask created(String id, String schema, String name, String database, Instant at) {
        return new PipelineTask(id, schema, name, database, State.PENDING, 0, 0, null, null, at);
    }

    /** @return the one of these with that id */
    public static Optional<PipelineTask> of(List<PipelineTask> tasks, String id) {
        return tasks.stream().filter(task -> task.id.equals(id)).findFirst();
    }

    /** Whether it is still to do, and asks for the same. */
    public boolean asks(String otherSchema, String otherName, String otherDatabase) {
        return state.open()
                && schema.equals(otherSchema)
                && name.equals(otherName)
                && Objects.equals(database, otherDatabase);
    }

    PipelineTask started(long number) {
        return new PipelineTask(id, schema, name, database, State.RUNNING, number, failures, null, reason, createdAt);
    }

    PipelineTask done() {
        return new PipelineTask(id, schema, name, database, State.DONE, attempt, failures, null, null, createdAt);
    }

    /** @param next null for never */
    PipelineTask failed(long number, String why, Instant next) {
        State then = next == null ? State.FAILED : State.PENDING;
        return new PipelineTask(id, schema, name, database, then, number, failures + 1, next, why, createdAt);
    }

    /** It has all its tries again, the first of them at once. */
    PipelineTask retried() {
        return new PipelineTask(id, schema, name, database, State.PENDING, attempt, 0, null, reason, createdAt);
    }

    PipelineTask cancelled() {
        return new PipelineTask(
                id, schema, name, database, State.CANCELLED, attempt, failures, null, reason, createdAt);
    }

    /** Nobody does it any more. */
    PipelineTask dropped(String why) {
        return state.open()
                ? new PipelineTask(id, schema, name, database, State.FAILED, attempt, failures, null, why, createdAt)
                : this;
    }

    /** What it was copied into is no more. */
    PipelineTask again() {
        return state == State.RUNNING
                ? new PipelineTask(
                        id, schema, name, database, State.PENDING, attempt, failures, null, reason, createdAt)
                : this;
    }
}
