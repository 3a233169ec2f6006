package io.signalbox.processor.dataplane.pipeline;

import java.util.Optional;

/** How far a source is with the copy of a single table, as it tells on the same topic as {@link Phases}. */
@FunctionalInterface
public interface Copies {

    /**
     * @param at when that was told, in milliseconds, by the clock of the connector
     * @param end how the copy ended, in Debezium's words ({@code TableScanCompletionStatus}); null while it goes on
     */
    record Told(long at, String end) {}

    /**
     * @param topic of its notifications, which need not be there
     * @param copy what it is called: Debezium's correlation id
     * @return what was told last; empty when nothing was
     * @throws RuntimeException when it cannot be read in bounded time
     */
    Optional<Told> of(String topic, String copy);
}
