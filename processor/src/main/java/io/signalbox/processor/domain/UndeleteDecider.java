package io.signalbox.processor.domain;

import static io.signalbox.processor.domain.Decision.accept;
import static io.signalbox.processor.domain.Decision.reject;
import static io.signalbox.processor.domain.RejectionCode.ALREADY_EXISTS;
import static io.signalbox.processor.domain.RejectionCode.EXPIRED;
import static io.signalbox.processor.domain.RejectionCode.NOT_DELETED;
import static io.signalbox.processor.domain.RejectionCode.NOT_FOUND;

import io.signalbox.processor.domain.Command.UndeleteConnector;
import io.signalbox.processor.domain.Event.ConnectorCreated;
import io.signalbox.processor.domain.Event.ConnectorDeleted;
import java.time.Instant;

/** Whether a deleted connector can be had again, and as what. */
final class UndeleteDecider {

    private static final String NO_OFFSETS = "[]";

    private UndeleteDecider() {}

    /** @param at the log's time of the command */
    static Decision decide(ConnectorState now, Past past, CommandEnvelope envelope, UndeleteConnector c, Instant at) {
        String name = ((ConnectorKey) envelope.key()).connector();
        if (now == null) {
            return reject(NOT_FOUND, "Connector " + name + " not found");
        }
        if (!now.uid().equals(c.uid()) || now.phase() == Phase.FOUND) {
            return reject(ALREADY_EXISTS, "The name " + name + " is taken by another connector");
        }
        if (now.active()) {
            return reject(NOT_DELETED, "Connector " + name + " is not deleted");
        }
        var deletion = past.deletion(now.uid());
        if (deletion.isEmpty()) {
            return reject(NOT_DELETED, "Connector " + name + " was not deleted, but released, or before this was kept");
        }
        if (at.isAfter(deletion.get().plusMillis(c.retentionMs()))) {
            return reject(
                    EXPIRED,
                    "Connector " + name + " was deleted at " + deletion.get()
                            + ", which is longer ago than it is kept");
        }
        return now.phase() == Phase.DELETING
                ? accept(new ConnectorDeleted(now.uid()), created(now, envelope, c, now.uid(), null))
                : accept(created(now, envelope, c, null, offsets(now, past, c)));
    }

    /**
     * What was last read of it. One that is still being removed has not been read for the last time, and nobody else had
     * its name: what the data plane has is newer.
     */
    private static String offsets(ConnectorState now, Past past, UndeleteConnector c) {
        return c.restoreOffsets()
                ? past.offsets(now.uid())
                        .map(ObservedOffsets::offsets)
                        .filter(offsets -> !offsets.equals(NO_OFFSETS))
                        .orElse(null)
                : null;
    }

    private static ConnectorCreated created(
            ConnectorState now, CommandEnvelope envelope, UndeleteConnector c, String replaces, String offsets) {
        return new ConnectorCreated(
                envelope.id(),
                now.config(),
                now.targetState(),
                c.type() == ConnectorType.UNKNOWN ? now.type() : c.type(),
                c.validated(),
                replaces,
                offsets,
                now.uid());
    }
}
