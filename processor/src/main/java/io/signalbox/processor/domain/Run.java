package io.signalbox.processor.domain;

import java.time.Instant;

/**
 * One run of a pipeline.
 *
 * @param id a UUID of version 7: a later one of the same pipeline is greater, also as text
 * @param due when the schedule wanted it; null when it was not the schedule
 * @param ready whether what it needs before its connectors run was done: nothing of it is done again
 * @param reset whether it begins from nothing: without offsets, topics and slot of earlier runs
 * @param settings for its source connector over those of the plan, as was found out when it was made ready
 * @param warning what it does not do of what was asked, in words; null when it does all
 */
public record Run(
        String id,
        Cause cause,
        Instant startedAt,
        Instant due,
        boolean ready,
        boolean reset,
        Config settings,
        String warning) {

    public enum Cause {
        CREATE,
        REPLACE,
        PATCH,
        START,
        RESTART,
        REINITIALIZE,
        SCHEDULE
    }

    /** From when on the schedule's next one counts. */
    public Instant anchor() {
        return due != null && due.isAfter(startedAt) ? due : startedAt;
    }

    Run prepared(Config found, String notDone) {
        return new Run(id, cause, startedAt, due, true, reset, found, notDone);
    }
}
