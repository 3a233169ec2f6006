package io.signalbox.processor.dataplane;

/** How a pass ended, in ascending order of what is to follow. */
enum Outcome {
    /** Nothing is left to do. */
    DONE,
    /** All is done, and a report is on its way: look whether it came back. */
    CHECK,
    /** The cluster is not registered, or away: it calls when it is back. */
    WAIT,
    /** Turned down: again, but slowly. */
    REFUSED,
    /** Not done, or nobody knows: again soon. */
    RETRY;

    Outcome or(Outcome other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
