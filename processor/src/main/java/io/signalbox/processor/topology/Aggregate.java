package io.signalbox.processor.topology;

import io.signalbox.processor.domain.CommandEnvelope;
import io.signalbox.processor.domain.CommandOutcome;
import io.signalbox.processor.domain.Decision;
import io.signalbox.processor.domain.Places;
import io.signalbox.processor.domain.RecordedEvent;
import java.time.Instant;
import java.util.List;

/** Where one kind of thing keeps its state, and by which rules it changes. */
interface Aggregate<S> {

    /** @return null when there is nothing under the key */
    S load(String key);

    /** @return 0 for null */
    long revision(S now);

    /** @param at the log's time of the command */
    Decision decide(S now, CommandEnvelope envelope, Instant at);

    S fold(S now, RecordedEvent event);

    void save(String key, S before, S after, List<RecordedEvent> events);

    /** How much of its environment's quota it takes. */
    default Places places(S now) {
        return Places.NONE;
    }

    /** The value for the table topic; null for a tombstone. */
    byte[] snapshot(S after);

    /** The sink of the table topic; null when it has none. */
    String table();

    CommandOutcome outcome(CommandOutcome blank, S after);
}
