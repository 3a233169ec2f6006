package io.signalbox.api.query;

import io.signalbox.processor.topology.UndoImage;

/** Which offsets of a connector are asked for, of those that the log knows. */
public enum KnownOffsets {
    /** As they were last read; none once they were changed since. */
    LAST_READ,
    /** As they were last asked to be; an empty list for a reset. */
    ASKED,
    /** What sets them back to what they were before they were last changed; none where nothing was there before. */
    UNDO;

    String storedUnder(String connector) {
        return switch (this) {
            case LAST_READ -> connector;
            case ASKED -> UndoImage.askedKey(connector);
            case UNDO -> UndoImage.key(connector);
        };
    }
}
