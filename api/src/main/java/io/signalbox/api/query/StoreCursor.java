package io.signalbox.api.query;

import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.ConnectorStatus;
import io.signalbox.processor.topology.PartitionStores;
import org.apache.kafka.streams.state.KeyValueIterator;

/** Connectors joined with their statuses by one walk over both stores; a value is decoded only when it is taken. */
final class StoreCursor implements Cursor {

    private final KeyValueIterator<String, ConnectorState> connectors;
    private final KeyValueIterator<String, ConnectorStatus> statuses;

    /**
     * @param from the first key, included
     * @param to the last key, included
     */
    StoreCursor(PartitionStores partition, String from, String to) {
        connectors = partition.connectors().range(from, to);
        statuses = partition.statuses().range(from, to);
    }

    @Override
    public String peek() {
        return connectors.hasNext() ? connectors.peekNextKey() : null;
    }

    @Override
    public ConnectorState next() {
        var next = connectors.next();
        while (statuses.hasNext() && KeyOrder.INSTANCE.compare(statuses.peekNextKey(), next.key) < 0) {
            statuses.next();
        }
        boolean seen = statuses.hasNext() && statuses.peekNextKey().equals(next.key);
        return next.value.withStatus(seen ? statuses.next().value : null);
    }

    @Override
    public void close() {
        try (connectors) {
            statuses.close();
        }
    }
}
