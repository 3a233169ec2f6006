package io.signalbox.api.query;

import io.signalbox.processor.dataplane.Outlook;
import io.signalbox.processor.domain.ConnectorKey;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.apache.kafka.streams.state.HostInfo;

/**
 * Asks this replica, and all others at once. Reconcilers share their work in a group of their own, whose members do not know
 * each other; there are few replicas, and few ask. Only one answer is an answer: while work moves, two replicas may think that it
 * is theirs.
 */
public final class ReplicaOutlooks implements Outlooks {

    private static final Duration HOP = Duration.ofMillis(800);

    private final Function<ConnectorKey, Optional<Outlook>> here;
    private final Owners owners;
    private final Peers peers;
    private final HostInfo self;
    private final PeerCodec codec = new PeerCodec();

    /** @param here this replica's own */
    public ReplicaOutlooks(Function<ConnectorKey, Optional<Outlook>> here, Owners owners, Peers peers, HostInfo self) {
        this.here = here;
        this.owners = owners;
        this.peers = peers;
        this.self = self;
    }

    @Override
    public Found outlook(ConnectorKey connector) {
        Map<String, Outlook> found = new TreeMap<>();
        here.apply(connector).ifPresent(mine -> found.put(text(self), mine));
        int silent = others(connector, found);
        if (found.size() == 1) {
            var only = found.entrySet().iterator().next();
            return Found.of(only.getValue(), only.getKey());
        }
        if (!found.isEmpty()) {
            return Found.unknown(
                    "it is moving between replicas: " + String.join(" and ", found.keySet()) + " both look after it");
        }
        return Found.unknown(
                silent > 0
                        ? silent + " of the replicas did not answer, and none of the others looks after it"
                        : "no replica looks after it just now: it is moving, or has only just been asked for");
    }

    /** @return how many did not answer */
    private int others(ConnectorKey connector, Map<String, Outlook> found) {
        Map<HostInfo, Future<Optional<Outlook>>> asked = new LinkedHashMap<>();
        int silent = 0;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (HostInfo replica : owners.replicas()) {
                if (!replica.equals(self)) {
                    asked.put(replica, threads.submit(() -> codec.outlook(peers.outlook(replica, connector, HOP))));
                }
            }
            for (var each : asked.entrySet()) {
                try {
                    each.getValue().get().ifPresent(theirs -> found.put(text(each.getKey()), theirs));
                } catch (ExecutionException e) {
                    silent++;
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return asked.size();
                }
            }
        }
        return silent;
    }

    private static String text(HostInfo replica) {
        return replica.host() + ":" + replica.port();
    }
}
