package io.signalbox.api.query;

import io.signalbox.processor.domain.ClusterKey;
import io.signalbox.processor.domain.ClusterState;
import java.util.List;
import java.util.Optional;

/** The registered data planes; every replica knows them all. */
public interface Clusters {

    Optional<ClusterState> find(ClusterKey key);

    /** @return in the order of their keys */
    List<ClusterState> list();
}
