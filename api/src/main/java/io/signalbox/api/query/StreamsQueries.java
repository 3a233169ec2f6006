package io.signalbox.api.query;

import io.signalbox.api.http.EntityTag;
import io.signalbox.processor.domain.ClusterKey;
import io.signalbox.processor.domain.ConnectorKey;
import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.HistoryEntry;
import io.signalbox.processor.domain.ObservedOffsets;
import io.signalbox.processor.domain.QuotaKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.HostInfo;

/**
 * Interactive queries: from the local store where this replica owns the key, else one hop to the replica that does; and if
 * that cannot be reached, from a standby's copy, unless the reader wants to be sure.
 */
public final class StreamsQueries implements ConnectorQueries {

    /** A reader who may be given a copy does not wait long for an owner that hangs. */
    private static final Duration HOP = Duration.ofMillis(800);

    /**
     * While a partition moves there can be a moment without an owner or a copy. A replica that stops hands over within two or
     * three seconds.
     */
    private static final Patience MOVE = new Patience(Duration.ofSeconds(8));

    private final LocalStores local;
    private final Standbys standbys;
    private final Owners owners;
    private final Peers peers;
    private final ReadIndex index;
    private final HostInfo self;
    private final PeerCodec codec = new PeerCodec();
    private final Suspects suspects = new Suspects(System::nanoTime);

    public StreamsQueries(
            LocalStores local, Standbys standbys, Owners owners, Peers peers, ReadIndex index, HostInfo self) {
        this.local = local;
        this.standbys = standbys;
        this.owners = owners;
        this.peers = peers;
        this.index = index;
        this.self = self;
    }

    @Override
    public Optional<ConnectorState> find(ConnectorKey key, Reading reading) {
        var text = key.toString();
        int partition = owners.partitionOf(text);
        return patiently(reading, () -> ask(partition, Question.find(partition, text, codec), reading));
    }

    @Override
    public Optional<ObservedOffsets> offsets(ConnectorKey key, KnownOffsets which, Reading reading) {
        var text = key.toString();
        int partition = owners.partitionOf(text);
        return patiently(reading, () -> ask(partition, Question.offsets(partition, text, which, codec), reading));
    }

    @Override
    public List<HistoryEntry> history(ConnectorKey key, HistoryPage page, Reading reading) {
        var text = key.toString();
        int partition = owners.partitionOf(text);
        return patiently(reading, () -> ask(partition, Question.history(partition, text, page, codec), reading));
    }

    @Override
    public Optional<Then> then(ConnectorKey key, Moment moment, Reading reading) {
        var text = key.toString();
        int partition = owners.partitionOf(text);
        return patiently(reading, () -> ask(partition, Question.then(partition, text, moment, codec), reading));
    }

    @Override
    public List<ConnectorState> list(ClusterKey cluster, Selection selection, Reading reading) {
        return patiently(reading, () -> listNow(cluster, selection, reading));
    }

    private List<ConnectorState> listNow(ClusterKey cluster, Selection selection, Reading reading) {
        List<Cursor> cursors = new ArrayList<>();
        Map<Integer, StoreUnavailableException> missing = new TreeMap<>();
        try {
            for (int partition = 0; partition < owners.partitionCount(); partition++) {
                try {
                    cursors.add(ask(partition, Question.list(partition, cluster, selection, codec), reading));
                } catch (StoreUnavailableException e) {
                    missing.put(partition, e);
                }
            }
            if (!missing.isEmpty()) {
                throw new StoreUnavailableException(
                        "Partitions " + missing.keySet() + " of " + owners.partitionCount() + " cannot be read",
                        missing.values().iterator().next());
            }
        } catch (RuntimeException e) {
            cursors.forEach(Cursor::close);
            throw e;
        }
        return Merge.of(cursors, selection);
    }

    @Override
    public KeyUse secrets(Reading reading) {
        return patiently(reading, () -> {
            var sum = new KeyUse(Map.of());
            for (int partition = 0; partition < owners.partitionCount(); partition++) {
                sum = sum.plus(ask(partition, Question.secrets(partition), reading));
            }
            return sum;
        });
    }

    @Override
    public Optional<QuotaSeen> quota(QuotaKey key, Reading reading) {
        int partition = owners.partitionOf(key.toString());
        return patiently(reading, () -> ask(partition, Question.quota(partition, key.environment(), codec), reading));
    }

    @Override
    public Optional<String> version(ClusterKey cluster, Reading reading) {
        Map<Integer, String> versions = new TreeMap<>();
        Map<HostInfo, Map<Integer, Long>> elsewhere = new LinkedHashMap<>();
        for (int partition = 0; partition < owners.partitionCount(); partition++) {
            long position = position(partition, reading);
            var here = local.findOne(partition, position, reading.patience());
            if (here.isPresent()) {
                var version = here.get().version(cluster.toString());
                if (version.isEmpty()) {
                    return Optional.empty();
                }
                versions.put(partition, version.get());
                continue;
            }
            var owner = owners.ownerOf(partition).filter(replica -> !replica.equals(self));
            if (owner.isEmpty()) {
                return Optional.empty();
            }
            elsewhere.computeIfAbsent(owner.get(), replica -> new TreeMap<>()).put(partition, position);
        }
        return elsewhere(cluster, reading, versions, elsewhere);
    }

    private Optional<String> elsewhere(
            ClusterKey cluster,
            Reading reading,
            Map<Integer, String> versions,
            Map<HostInfo, Map<Integer, Long>> elsewhere) {
        for (var replica : elsewhere.entrySet()) {
            try {
                var patience = reading.standbyMayAnswer() ? HOP : reading.patience();
                var version = peers.versions(replica.getKey(), replica.getValue(), cluster.toString(), patience);
                if (version.isEmpty()) {
                    return Optional.empty();
                }
                versions.putAll(version.get());
            } catch (StoreUnavailableException e) {
                // The list itself may come from a standby, or fail: it just has no name.
                return Optional.empty();
            }
        }
        return Optional.of(EntityTag.of(versions.toString()));
    }

    /** Who wants to be sure waits for an owner; who does not, for anybody. */
    private static <T> T patiently(Reading reading, Supplier<T> read) {
        var patience = reading.standbyMayAnswer() ? MOVE : new Patience(reading.patience());
        return patience.read(read);
    }

    private <T> T ask(int partition, Question<T> question, Reading reading) {
        try {
            return askOwner(partition, question, reading);
        } catch (OwedException owed) {
            throw owed;
        } catch (StoreUnavailableException away) {
            if (!reading.standbyMayAnswer()) {
                throw away;
            }
            return askForCopy(partition, question, reading, away);
        }
    }

    private <T> T askOwner(int partition, Question<T> question, Reading reading) {
        long position = position(partition, reading);
        var here = question.small()
                ? local.findOne(partition, position, reading.patience())
                : local.find(partition, position, reading.patience());
        if (here.isEmpty()) {
            return askOther(partition, question, position, reading);
        }
        try {
            T found = question.here().apply(here.get());
            reading.servedBy(text(self));
            return found;
        } catch (InvalidStateStoreException closed) {
            return askOther(partition, question, position, reading);
        }
    }

    private <T> T askOther(int partition, Question<T> question, long position, Reading reading) {
        var owner = owners.ownerOf(partition)
                .filter(replica -> !replica.equals(self))
                .orElseThrow(() ->
                        new StoreUnavailableException("Partition " + partition + " is moving or being restored", null));
        if (reading.standbyMayAnswer() && suspects.doubted(owner)) {
            throw new StoreUnavailableException("Replica " + owner + " did not answer lately", null);
        }
        var patience = reading.standbyMayAnswer() ? HOP : reading.patience();
        try {
            T found = peers.ofOwner(owner, question, position, patience);
            suspects.answered(owner);
            reading.servedBy(text(owner));
            return found;
        } catch (ReplicaSilentException silent) {
            suspects.silent(owner);
            throw silent;
        }
    }

    private <T> T askForCopy(int partition, Question<T> question, Reading reading, StoreUnavailableException away) {
        try {
            T found = question.here().apply(standbys.copy(partition));
            reading.servedBy(text(self));
            reading.standbyAnswered(standbys.age(partition));
            return found;
        } catch (InvalidStateStoreException noCopyHere) {
            for (HostInfo replica : copiesOf(partition)) {
                if (!replica.equals(self) && !suspects.doubted(replica)) {
                    try {
                        var reply = peers.ofStandby(replica, question, HOP);
                        reading.servedBy(text(replica));
                        reading.standbyAnswered(reply.age());
                        return reply.value();
                    } catch (ReplicaSilentException e) {
                        suspects.silent(replica);
                        away.addSuppressed(e);
                    } catch (StoreUnavailableException e) {
                        away.addSuppressed(e);
                    }
                }
            }
            throw away;
        }
    }

    /** An owner that does not have it open yet may still hold the copy that it was before. */
    private List<HostInfo> copiesOf(int partition) {
        List<HostInfo> copies = new ArrayList<>(owners.standbysOf(partition));
        owners.ownerOf(partition).ifPresent(copies::add);
        return copies;
    }

    private long position(int partition, Reading reading) {
        return reading.strong() ? index.end(partition, reading.patience()) : reading.position(partition);
    }

    private static String text(HostInfo replica) {
        return replica.host() + ":" + replica.port();
    }
}
