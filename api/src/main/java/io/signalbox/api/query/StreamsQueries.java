package io.signalbox.api.query;

import io.signalbox.api.http.EntityTag;
import io.signalbox.processor.domain.ClusterKey;
import io.signalbox.processor.domain.ConnectorKey;
import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.ObservedOffsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.HostInfo;

/** Interactive queries: from the local store where this replica owns the key, else one hop to the replica that does. */
public final class StreamsQueries implements ConnectorQueries {

    private final LocalStores local;
    private final Owners owners;
    private final Peers peers;
    private final HostInfo self;

    public StreamsQueries(LocalStores local, Owners owners, Peers peers, HostInfo self) {
        this.local = local;
        this.owners = owners;
        this.peers = peers;
        this.self = self;
    }

    @Override
    public Optional<ConnectorState> find(ConnectorKey key) {
        var text = key.toString();
        int partition = owners.partitionOf(text);
        try {
            return local.find(partition, text);
        } catch (InvalidStateStoreException notHere) {
            return peers.find(remoteOwner(partition, notHere), partition, text);
        }
    }

    @Override
    public Optional<ObservedOffsets> offsets(ConnectorKey key) {
        var text = key.toString();
        int partition = owners.partitionOf(text);
        try {
            return local.offsets(partition, text);
        } catch (InvalidStateStoreException notHere) {
            return peers.offsets(remoteOwner(partition, notHere), partition, text);
        }
    }

    @Override
    public List<ConnectorState> list(ClusterKey cluster, Selection selection) {
        List<Cursor> cursors = new ArrayList<>();
        try {
            for (int partition = 0; partition < owners.partitionCount(); partition++) {
                cursors.add(cursor(partition, cluster, selection));
            }
        } catch (RuntimeException e) {
            cursors.forEach(Cursor::close);
            throw e;
        }
        return Merge.of(cursors, selection);
    }

    private Cursor cursor(int partition, ClusterKey cluster, Selection selection) {
        try {
            return local.cursor(partition, cluster, selection.after());
        } catch (InvalidStateStoreException notHere) {
            return Cursor.over(peers.list(remoteOwner(partition, notHere), partition, cluster, selection)
                    .iterator());
        }
    }

    @Override
    public Optional<String> version(ClusterKey cluster) {
        var all = new StringBuilder();
        for (int partition = 0; partition < owners.partitionCount(); partition++) {
            Optional<String> version = version(partition, cluster);
            if (version.isEmpty()) {
                return Optional.empty();
            }
            all.append(version.get()).append(' ');
        }
        return Optional.of(EntityTag.of(all.toString()));
    }

    private Optional<String> version(int partition, ClusterKey cluster) {
        try {
            return local.version(partition, cluster);
        } catch (InvalidStateStoreException notHere) {
            return peers.version(remoteOwner(partition, notHere), partition, cluster);
        }
    }

    private HostInfo remoteOwner(int partition, InvalidStateStoreException notHere) {
        var owner = owners.ownerOf(partition)
                .orElseThrow(() -> new StoreUnavailableException(
                        "Partition " + partition + " has no owner at the moment", notHere));
        if (owner.equals(self)) {
            throw new StoreUnavailableException("Partition " + partition + " is being restored here", notHere);
        }
        return owner;
    }
}
