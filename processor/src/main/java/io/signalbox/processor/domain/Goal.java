package io.signalbox.processor.domain;

/** What is to become of a pipeline. */
public enum Goal {
    RUN,
    STOP,
    /** Nothing of it is to be left, and it is there until nothing is. */
    DELETE,
    /** The same, but what cannot be removed is left, and named. */
    FORCE_DELETE,
    /** It is no more. It stays in the store so that its revisions go on, and what it left behind is known. */
    GONE;

    /** Whether it is on its way out. */
    public boolean leaving() {
        return this == DELETE || this == FORCE_DELETE;
    }
}
