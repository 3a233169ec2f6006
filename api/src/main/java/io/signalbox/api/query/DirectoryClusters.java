package io.signalbox.api.query;

import io.signalbox.processor.dataplane.ClusterDirectory;
import io.signalbox.processor.domain.ClusterKey;
import io.signalbox.processor.domain.ClusterState;
import java.util.List;
import java.util.Optional;

/** The registered data planes as this replica knows them. */
public final class DirectoryClusters implements Clusters {

    private final ClusterDirectory directory;

    public DirectoryClusters(ClusterDirectory directory) {
        this.directory = directory;
    }

    @Override
    public Optional<ClusterState> find(ClusterKey key) {
        if (!directory.ready()) {
            throw new StoreUnavailableException("The registered clusters are still being read", null);
        }
        return directory.find(key);
    }

    @Override
    public List<ClusterState> list() {
        if (!directory.ready()) {
            throw new StoreUnavailableException("The registered clusters are still being read", null);
        }
        return directory.list();
    }
}
