package io.signalbox.api.query;

import java.time.Instant;

/** A point in the past of a connector. */
public sealed interface Moment {

    /** Just after the event of this number, from 1. */
    record Revision(long number) implements Moment {}

    /** With everything that the log took up to this time. */
    record Time(Instant at) implements Moment {}
}
