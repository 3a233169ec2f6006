package io.signalbox.api.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.api.query.DataPlane;
import io.signalbox.processor.domain.ClusterKey;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** What workers said of themselves: their version, their plugins. */
public final class WorkerFacts {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private record Plugins(ClusterKey cluster, boolean connectorsOnly) {}

    private final DataPlane dataPlane;
    private final LongSupplier nanoClock;
    private final Map<ClusterKey, LastKnown> infos = new ConcurrentHashMap<>();
    private final Map<Plugins, LastKnown> plugins = new ConcurrentHashMap<>();

    public WorkerFacts(DataPlane dataPlane, LongSupplier nanoClock) {
        this.dataPlane = dataPlane;
        this.nanoClock = nanoClock;
    }

    /** @param cluster one that is registered, so that no caller can fill the memory */
    public Optional<JsonNode> info(ClusterKey cluster) {
        return infos.computeIfAbsent(cluster, c -> new LastKnown(() -> dataPlane.info(c, PATIENCE), nanoClock))
                .get();
    }

    /** @param cluster as for {@link #info} */
    public Optional<JsonNode> plugins(ClusterKey cluster, boolean connectorsOnly) {
        return plugins.computeIfAbsent(
                        new Plugins(cluster, connectorsOnly),
                        p -> new LastKnown(
                                () -> dataPlane.plugins(p.cluster(), p.connectorsOnly(), PATIENCE), nanoClock))
                .get();
    }
}
