package io.signalbox.processor.domain;

/**
 * Whether a connector is wanted, on its way out until it is observed absent, or gone. What is gone stays in the store, so
 * that its name, used again, goes on with its revisions, and its history is not overwritten.
 */
public enum Phase {
    ACTIVE,
    DELETING,
    DELETED
}
