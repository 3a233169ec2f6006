package io.signalbox.fault;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * One request of one client, and what became of it: a line of a history.
 *
 * @param client who asked; has one operation at a time
 * @param key the connector
 * @param id the command's id; null for a read. Asked again with the same id it is the same command
 * @param ifMatch the tag that the connector must have: {@code 17}, {@code config-5} or {@code *}; null for none
 * @param config the mark in the config of a create or an update; null otherwise
 * @param initialState of a create; null otherwise
 * @param token what a {@link Kind#READ_WITH_TOKEN} may not answer from before: positions, with commas; null otherwise
 * @param invokedAt nanoseconds of the one monotonic clock that all clients of a history share
 * @param completedAt as {@code invokedAt}; of an unknown result it is when the client gave up
 * @param code why it was refused; {@value #NOT_TAKEN} when it never came to the log; null otherwise
 * @param seen what the answer says; null when it says nothing
 * @param position of the command in the log; null when the answer has none
 * @param replica which one answered; null when none did
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Operation(
        String client,
        String key,
        String id,
        Kind kind,
        String ifMatch,
        String config,
        TargetState initialState,
        String token,
        long invokedAt,
        long completedAt,
        Result result,
        String code,
        Seen seen,
        String position,
        String replica) {

    static final String NOT_TAKEN = "NOT_TAKEN";

    /** UPDATE puts a whole config, and creates what is not there. */
    enum Kind {
        CREATE,
        UPDATE,
        DELETE,
        PAUSE,
        RESUME,
        STOP,
        STRONG_READ,
        READ_WITH_TOKEN;

        boolean read() {
            return this == STRONG_READ || this == READ_WITH_TOKEN;
        }
    }

    enum Result {
        OK,
        REFUSED,
        UNKNOWN
    }

    Operation {
        if (kind.read() != (id == null) || (kind == Kind.READ_WITH_TOKEN) != (token != null)) {
            throw new IllegalArgumentException(kind + " with id " + id + " and token " + token);
        }
        if ((result == Result.REFUSED) != (code != null)) {
            throw new IllegalArgumentException(result + " with code " + code);
        }
        if (completedAt < invokedAt) {
            throw new IllegalArgumentException("Completed at " + completedAt + ", before " + invokedAt);
        }
    }

    /** The same, at its end. */
    Operation ended(long at, Result how, String why, Seen what, String where, String by) {
        return new Operation(
                client, key, id, kind, ifMatch, config, initialState, token, invokedAt, at, how, why, what, where, by);
    }

    boolean notTaken() {
        return NOT_TAKEN.equals(code);
    }

    /** Whether it asks for the same thing, whoever asks and whenever. */
    boolean asksTheSame(Operation other) {
        return question().equals(other.question());
    }

    /** Whether it was told the same thing, by whomever. */
    boolean toldTheSame(Operation other) {
        return answer().equals(other.answer());
    }

    private Operation question() {
        return new Operation(
                null,
                key,
                id,
                kind,
                ifMatch,
                config,
                initialState,
                token,
                0,
                0,
                Result.UNKNOWN,
                null,
                null,
                null,
                null);
    }

    private Operation answer() {
        return new Operation(null, key, id, kind, null, null, null, token, 0, 0, result, code, seen, position, null);
    }
}
