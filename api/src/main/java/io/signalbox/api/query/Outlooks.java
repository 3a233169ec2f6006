package io.signalbox.api.query;

import io.signalbox.processor.dataplane.Outlook;
import io.signalbox.processor.domain.ConnectorKey;
import java.util.Optional;

/** What the reconciler is about, asked of whichever replica looks after the connector. */
@FunctionalInterface
public interface Outlooks {

    /**
     * @param outlook empty when it is not known
     * @param replica {@code host:port} of the one that said it; null when it is not known
     * @param whyUnknown null when it is known
     */
    record Found(Optional<Outlook> outlook, String replica, String whyUnknown) {

        public static Found of(Outlook outlook, String replica) {
            return new Found(Optional.of(outlook), replica, null);
        }

        public static Found unknown(String why) {
            return new Found(Optional.empty(), null, why);
        }
    }

    /** Takes a second at most. */
    Found outlook(ConnectorKey connector);
}
