package io.signalbox.api.live;

import java.time.Duration;
import java.util.List;

/** One reader's events: each once, those of one connector in their order. Used by one thread at a time, but for the cut-off. */
public interface LiveStream extends AutoCloseable {

    /**
     * One event to be handed on.
     *
     * @param position of a reader that has this event and all before it
     */
    record Delivery(StreamPosition position, LiveEvent event) {}

    /**
     * @return the next events; none when there were none in that time
     * @throws io.signalbox.schemas.RegistryUnavailableException when one cannot be understood just now: the reader has to come
     *     again
     */
    List<Delivery> next(Duration patience) throws InterruptedException;

    /** Where a reader is that has everything that was handed on: what was left out by the filter is behind it, too. */
    StreamPosition position();

    /** Whether nothing more will come: the replica stops, or the reader was too slow. */
    boolean over();

    /** @param abort frees a thread that hangs while it hands events on; called at most once, by another thread */
    void onCutOff(Runnable abort);

    @Override
    void close();
}
