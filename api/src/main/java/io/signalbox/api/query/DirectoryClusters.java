package io.signalbox.api.query;

import io.signalbox.processor.dataplane.ClusterDirectory;
import io.signalbox.processor.domain.ClusterKey;
import io.signalbox.processor.domain.ClusterState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * The registered data planes as this replica knows them. Of one that it does not know it makes sure: who registered it by another
 * replica may ask here before it was heard of here.
 */
public final class DirectoryClusters implements Clusters {

    /** For Kafka to say how far the topic is, and the same again for reading up to there. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final ClusterDirectory directory;
    private final ToLongFunction<Duration> end;

    /** @param end the end of the topic of clusters, as {@link ReadIndex#end} tells it within a time */
    public DirectoryClusters(ClusterDirectory directory, ToLongFunction<Duration> end) {
        this.directory = directory;
        this.end = end;
    }

    /** @throws StoreUnavailableException while the topic is still being read, and when it is not known whether it is registered */
    @Override
    public Optional<ClusterState> find(ClusterKey key) {
        requireReady();
        var known = directory.find(key);
        if (known.isEmpty() && directory.awaitRead(end.applyAsLong(PATIENCE), PATIENCE)) {
            return directory.find(key);
        }
        return known;
    }

    @Override
    public List<ClusterState> list() {
        requireReady();
        return directory.list();
    }

    private void requireReady() {
        if (!directory.ready()) {
            throw new StoreUnavailableException("The registered clusters are still being read", null);
        }
    }
}
