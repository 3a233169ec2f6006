package io.signalbox.processor.domain;

/**
 * A command with what travels beside it.
 *
 * @param id the caller's own, or made for it; the idempotency key, and the source of every id that follows from it
 * @param key what it is about
 * @param actor who asked
 * @param precondition what must hold for it to be taken
 * @param origin what the caller said beside
 */
public record CommandEnvelope(
        String id, AggregateKey key, String actor, Command command, Precondition precondition, Origin origin) {

    /** Without a word of its caller. */
    public CommandEnvelope(String id, AggregateKey key, String actor, Command command, Precondition precondition) {
        this(id, key, actor, command, precondition, Origin.NONE);
    }

    /** One that is taken in any case. */
    public CommandEnvelope(String id, AggregateKey key, String actor, Command command) {
        this(id, key, actor, command, Precondition.NONE);
    }
}
