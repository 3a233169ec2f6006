package io.signalbox.processor.dataplane;

import io.signalbox.processor.domain.ClusterKey;
import io.signalbox.processor.domain.ClusterSpec;
import io.signalbox.processor.domain.ClusterState;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The driver of each registered cluster, made anew when what is registered changes. Safe for use by many threads. */
public final class DriverRegistry {

    record Entry(ClusterSpec spec, Driver driver) {}

    private final ClusterDirectory clusters;
    private final DriverFactory factory;
    private final Map<ClusterKey, Entry> entries = new ConcurrentHashMap<>();

    public DriverRegistry(ClusterDirectory clusters, DriverFactory factory) {
        this.clusters = clusters;
        this.factory = factory;
    }

    /** @return empty when no such cluster is registered, or this replica does not know of it yet */
    public Optional<Driver> driver(ClusterKey cluster) {
        return entry(cluster).map(Entry::driver);
    }

    Optional<Entry> entry(ClusterKey cluster) {
        Optional<ClusterSpec> spec = clusters.find(cluster).map(ClusterState::spec);
        if (spec.isEmpty()) {
            entries.remove(cluster);
            return Optional.empty();
        }
        return Optional.of(entries.compute(
                cluster,
                (key, known) -> known != null && known.spec().equals(spec.get())
                        ? known
                        : new Entry(spec.get(), factory.open(spec.get()))));
    }
}
