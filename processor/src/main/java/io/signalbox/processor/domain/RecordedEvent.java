package io.signalbox.processor.domain;

import java.time.Instant;

/**
 * An event with its place in the log.
 *
 * @param id derived from the command's id, so that the same command always makes the same events
 * @param key what it happened to
 * @param revision the event's number for that key, from 1
 * @param at the log's own time of the command
 * @param commandId the command that it follows from
 * @param actor who asked
 * @param origin what was said beside that command
 */
public record RecordedEvent(
        String id,
        AggregateKey key,
        long revision,
        Instant at,
        String commandId,
        String actor,
        Event event,
        Origin origin) {

    /** Of a command without a word of its caller. */
    public RecordedEvent(
            String id, AggregateKey key, long revision, Instant at, String commandId, String actor, Event event) {
        this(id, key, revision, at, commandId, actor, event, Origin.NONE);
    }
}
