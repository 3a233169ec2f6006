package io.signalbox.processor.dataplane;

import io.signalbox.processor.domain.ClusterKey;
import io.signalbox.processor.domain.ConnectorKey;
import io.signalbox.processor.domain.ConnectorState;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes data planes be as the log wants them. It lists and watches the connector topic like anyone could, works on the
 * connectors of the partitions that its group gives it, and reports what it saw and did as commands.
 */
public final class Reconciler implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);

    private record Lane(ClusterLane lane, StatusPoller poller) {}

    private final DriverRegistry drivers;
    private final Engine engine;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("signalbox-reconcile-timers").factory());
    private final Map<ClusterKey, Lane> lanes = new ConcurrentHashMap<>();
    private final ConsumerLoop<ConnectorState> loop;

    /**
     * @param consumer of its own, which it closes; in the reconcilers' group, {@code read_committed}, without auto-commit
     * @param topic the connector topic, compacted
     * @param clusters should be ready before {@link #start()}; a cluster that is not in it is waited for
     */
    public Reconciler(
            Consumer<String, ConnectorState> consumer,
            String topic,
            ClusterDirectory clusters,
            DriverRegistry drivers,
            CommandSink sink,
            Timing timing) {
        this.drivers = drivers;
        engine = new Engine(threads, timers, timing, sink);
        loop = new ConsumerLoop<>(
                "signalbox-reconcile-watch", consumer, new ConnectorWatch(consumer, topic, new Works()));
        clusters.listen(this::clusterChanged);
    }

    public void start() {
        loop.start();
    }

    /** How many connectors are this replica's to look after. */
    public int connectors() {
        return lanes.values().stream()
                .mapToInt(lane -> lane.lane().works().size())
                .sum();
    }

    /** Breaks off what is under way and leaves the group; takes 15 s at most. What is half done is found by the next owner. */
    @Override
    public void close() {
        loop.close();
        lanes.values().forEach(lane -> {
            lane.poller().stop();
            lane.lane().works().values().forEach(ConnectorWork::stop);
        });
        timers.shutdownNow();
        threads.shutdownNow();
        try {
            if (!threads.awaitTermination(5, TimeUnit.SECONDS)) {
                LOG.warn("reconciler state=still-closing");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void clusterChanged(ClusterKey cluster) {
        var lane = lanes.get(cluster);
        if (lane != null) {
            lane.lane().availability().reset();
            lane.poller().wake();
            lane.lane().resume();
        }
    }

    private Lane open(ClusterKey cluster) {
        var lane = new ClusterLane(cluster, drivers, engine.timing());
        var poller = new StatusPoller(lane, engine.timing());
        lane.alarm(poller::wake);
        threads.execute(poller);
        return new Lane(lane, poller);
    }

    /** Always on the watch's thread. */
    private final class Works implements ConnectorWatch.Target {

        private final Map<ConnectorKey, ConnectorWork> works = new HashMap<>();

        @Override
        public void changed(ConnectorState state) {
            var key = state.key();
            var lane = lanes.computeIfAbsent(key.clusterKey(), Reconciler.this::open)
                    .lane();
            var work = works.computeIfAbsent(key, any -> new ConnectorWork(key, lane, engine));
            work.desire(state);
            lane.works().put(key, work);
        }

        @Override
        public void gone(ConnectorKey key) {
            var work = works.remove(key);
            var lane = lanes.get(key.clusterKey());
            if (work == null || lane == null) {
                return;
            }
            work.stop();
            lane.lane().works().remove(key);
            if (lane.lane().works().isEmpty()) {
                lane.poller().stop();
                lanes.remove(key.clusterKey());
            }
        }
    }
}
