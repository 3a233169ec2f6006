package io.signalbox.api.query;

import io.signalbox.processor.domain.ClusterKey;
import io.signalbox.processor.domain.ConnectorKey;
import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.HistoryEntry;
import io.signalbox.processor.domain.ObservedOffsets;
import io.signalbox.processor.domain.QuotaKey;
import java.util.List;
import java.util.Optional;

/**
 * Reads, answered from the stores of whichever replica owns the key, or has a copy where the {@link Reading} allows it; which
 * one it was, and how old the answer can be, is told to the reading.
 */
public interface ConnectorQueries {

    /**
     * @return the connector with its observed status, if its name was ever used: look at its phase
     * @throws StoreUnavailableException when its owner cannot be asked now
     */
    Optional<ConnectorState> find(ConnectorKey key, Reading reading);

    /**
     * @return the offsets of a connector as they were last read; empty when they were not, since it was created or since
     *     they were changed
     * @throws StoreUnavailableException when its owner cannot be asked now
     */
    Optional<ObservedOffsets> offsets(ConnectorKey key, Reading reading);

    /**
     * @return entries of the connector's history, the newest first; none when its name was never used
     * @throws StoreUnavailableException when its owner cannot be asked now
     */
    List<HistoryEntry> history(ConnectorKey key, HistoryPage page, Reading reading);

    /**
     * @return the connector as it was desired then; empty when nothing is known of it from so early
     * @throws StoreUnavailableException when its owner cannot be asked now
     */
    Optional<Then> then(ConnectorKey key, Moment moment, Reading reading);

    /**
     * @return the active connectors of a cluster with their observed status, in the order of their names (of the UTF-8
     *     bytes of them)
     * @throws StoreUnavailableException when a partition cannot be asked now
     */
    List<ConnectorState> list(ClusterKey cluster, Selection selection, Reading reading);

    /**
     * @return how many secrets of all connectors are sealed with which key
     * @throws StoreUnavailableException when a partition cannot be asked now
     */
    KeyUse secrets(Reading reading);

    /**
     * @return the quota of an environment, with what is used of it; empty when it has none
     * @throws StoreUnavailableException when its owner cannot be asked now
     */
    Optional<QuotaSeen> quota(QuotaKey key, Reading reading);

    /**
     * A name for what {@link #list} gives at this moment: as long as it is the same, so are the connectors. Costs no scan.
     *
     * @return letters, digits, {@code -} and {@code _}; empty when something changes at this very moment
     * @throws StoreUnavailableException when a partition cannot be asked now
     */
    Optional<String> version(ClusterKey cluster, Reading reading);
}
