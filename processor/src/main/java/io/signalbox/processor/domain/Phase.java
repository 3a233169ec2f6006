package io.signalbox.processor.domain;

/**
 * Whether a connector is wanted, on its way out until it is observed absent, gone, or only found on the data plane and not
 * ours. What is gone stays in the store, so that its name, used again, goes on with its revisions, and its history is not
 * overwritten.
 */
public enum Phase {
    ACTIVE,
    DELETING,
    DELETED,
    FOUND
}
