package io.signalbox.processor.domain;

/**
 * A command with what travels beside it.
 *
 * @param id the caller's own, or made for it; the idempotency key, and the source of every id that follows from it
 * @param key what it is about
 * @param actor who asked
 */
public record CommandEnvelope(String id, AggregateKey key, String actor, Command command) {}
