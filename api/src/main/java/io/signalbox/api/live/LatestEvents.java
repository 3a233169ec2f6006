package io.signalbox.api.live;

import io.signalbox.processor.domain.ConnectorKey;

/** The last thing that happened to a connector, and the last thing that was asked of it, as far as the end of the log tells. */
@FunctionalInterface
public interface LatestEvents {

    /**
     * @param type the event's, without its namespace
     * @param time when the log took its command, RFC 3339
     */
    record Told(String id, String type, String time, long revision, String actor, String commandId) {}

    /**
     * @param last the latest event; null when it is further back than was looked
     * @param asked the latest event that somebody asked for, and that no reconciler reported; null as above
     */
    record Found(Told last, Told asked) {
        public static final Found NOTHING = new Found(null, null);
    }

    /** Takes a second at most. */
    Found latest(ConnectorKey connector);
}
