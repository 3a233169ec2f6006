package io.signalbox.processor.domain;

import static io.signalbox.processor.domain.Decision.accept;
import static io.signalbox.processor.domain.Decision.reject;

import io.signalbox.processor.domain.Command.RemoveQuota;
import io.signalbox.processor.domain.Command.SetQuota;
import io.signalbox.processor.domain.Event.QuotaChanged;
import io.signalbox.processor.domain.Event.QuotaRemoved;
import java.util.Objects;

/**
 * The rules and the fold for the limits of one environment. A limit below what is taken is legal: nothing is deleted for it, and
 * nothing more is let in. What is taken is {@link QuotaLedger}'s.
 */
public final class QuotaDecider {

    private QuotaDecider() {}

    /** @param now null when there never was one */
    public static Decision decide(Quota now, CommandEnvelope envelope, Command.OfQuota command) {
        boolean active = now != null && now.active();
        String environment = envelope.key().environment();
        if (!envelope.precondition().holds(now)) {
            return reject(
                    RejectionCode.PRECONDITION_FAILED,
                    "The quota of environment " + environment
                            + (active ? " is at revision " + now.revision() : " is not set")
                            + ": it is not as the request requires");
        }
        return switch (command) {
            case SetQuota c ->
                active && Objects.equals(now.connectors(), c.connectors()) && Objects.equals(now.tasks(), c.tasks())
                        ? accept()
                        : accept(new QuotaChanged(c.connectors(), c.tasks()));
            case RemoveQuota c ->
                active
                        ? accept(new QuotaRemoved())
                        : reject(RejectionCode.NOT_FOUND, "Environment " + environment + " has no quota");
        };
    }

    public static Quota fold(Quota now, RecordedEvent recorded, Event.OfQuota event) {
        var key = (QuotaKey) recorded.key();
        return switch (event) {
            case QuotaChanged e ->
                new Quota(key, true, e.connectors(), e.tasks(), recorded.actor(), recorded.revision(), recorded.at());
            case QuotaRemoved e ->
                new Quota(key, false, null, null, recorded.actor(), recorded.revision(), recorded.at());
        };
    }
}
