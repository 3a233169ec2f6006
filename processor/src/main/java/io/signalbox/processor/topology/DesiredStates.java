package io.signalbox.processor.topology;

import io.signalbox.processor.domain.ConnectorState;

/**
 * Told what a connector should be as soon as that is decided here, before it is in the connector topic: the log has fixed it, as
 * it has the {@link Answers}. A short cut and no promise: whoever needs it reads the topic, too. Must not block.
 */
@FunctionalInterface
public interface DesiredStates {

    /** For a topology beside which nobody acts. */
    DesiredStates NONE = (partition, state, at) -> {};

    /**
     * @param partition of the command topic, and of the connector topic
     * @param state the new one; also of a connector that was deleted
     * @param at the time of the command, in ms, which its record in the connector topic will have
     */
    void decided(int partition, ConnectorState state, long at);
}
