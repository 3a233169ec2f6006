package io.signalbox.processor.topology;

import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * Asks for a commit at once where a command comes after a pause. Kafka Streams commits by the clock: what happens now and then would
 * wait for most of an interval until those who follow the events see it. What comes closely together is left to the interval.
 */
final class PromptCommit {

    /** As long as the interval: who is slower than that gains nothing by being gathered. */
    static final long PAUSE_MS = 100;

    private final AtomicLong last = new AtomicLong();

    /**
     * To be told of each command that was processed, whichever task it belongs to: they are committed together.
     *
     * @param awaited whether others wait for what it led to, however closely it came
     */
    void processed(ProcessorContext<?, ?> context, boolean awaited) {
        long now = context.currentSystemTimeMs();
        if (now - last.getAndSet(now) >= PAUSE_MS || awaited) {
            context.commit();
        }
    }
}
