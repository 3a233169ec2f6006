package io.signalbox.processor.dataplane;

import io.signalbox.processor.dataplane.feed.Feeds;
import io.signalbox.processor.domain.AggregateKey;
import io.signalbox.processor.domain.ClusterKey;
import io.signalbox.processor.domain.ConnectorKey;
import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.SecretId;
import io.signalbox.processor.secrets.References;
import io.signalbox.processor.secrets.Sealer;
import io.signalbox.processor.secrets.StoredSecrets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
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

    private final ClusterDirectory clusters;
    private final DriverRegistry drivers;
    private final Engine engine;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("signalbox-reconcile-timers").factory());
    private final Map<ClusterKey, Lane> lanes = new ConcurrentHashMap<>();
    private final Ownership ownership = new Ownership();
    private final Feeds feeds;
    private final Resealing resealing;
    private final ConnectorWatch watch;
    private final ConsumerLoop<ConnectorState> loop;

    /**
     * @param consumer of its own, which it closes; in the reconcilers' group, {@code read_uncommitted}, without auto-commit
     * @param topic the connector topic, compacted
     * @param sealer seals what is found and opens what is desired
     * @param clusters should be ready before {@link #start()}; a cluster that is not in it is waited for
     * @param stored says when what configs refer to is another one
     * @param references to them, where they are resolved here
     * @param feeds of the clusters' own topics
     */
    public Reconciler(
            Consumer<String, ConnectorState> consumer,
            String topic,
            ClusterDirectory clusters,
            DriverRegistry drivers,
            CommandSink sink,
            Timing timing,
            Sealer sealer,
            StoredSecrets stored,
            References references,
            Feeds feeds) {
        this.drivers = drivers;
        this.feeds = feeds;
        this.clusters = clusters;
        engine = new Engine(threads, timers, timing, sink, new Secrets(sealer, references, drivers));
        resealing = new Resealing(engine);
        watch = new ConnectorWatch(consumer, topic, new Works());
        loop = new ConsumerLoop<>("signalbox-reconcile-watch", consumer, watch);
        clusters.listen(this::clusterChanged);
        stored.listen(this::secretChanged);
    }

    public void start() {
        clusters.list().forEach(cluster -> clusterChanged(cluster.key()));
        loop.start();
    }

    /**
     * What a connector should be, from whoever decided it in this process: ahead of the topic, and no substitute for it. Does not wait.
     *
     * @param partition of the connector topic
     * @param at the time that its record in the topic will have, in ms
     */
    public void decided(int partition, ConnectorState state, long at) {
        watch.decided(partition, state, at);
        try {
            threads.execute(watch::takeDecided);
        } catch (RejectedExecutionException e) {
            LOG.debug("reconciler state=closing connector={}", state.key());
        }
    }

    /** Whether something is this replica's to look after: of all replicas there is one that says so, or none while work moves. */
    public boolean owns(AggregateKey key) {
        return ownership.includes(key);
    }

    /** How many connectors are this replica's to look after. */
    public int connectors() {
        return lanes.values().stream()
                .mapToInt(lane -> lane.lane().works().size())
                .sum();
    }

    /** How many secrets of the connectors that are this replica's to look after are sealed with which key, by its id. */
    public Map<String, Long> secrets() {
        return resealing.secrets();
    }

    /** Of the clusters whose own topics this replica follows, or should, which are believed just now. */
    public Map<ClusterKey, Boolean> feeds() {
        Map<ClusterKey, Boolean> up = new HashMap<>();
        lanes.forEach((cluster, lane) -> lane.poller().feed().up().ifPresent(believed -> up.put(cluster, believed)));
        return up;
    }

    /** @return empty when it is not this replica's to look after, or was not heard of yet */
    public Optional<Outlook> outlook(ConnectorKey key) {
        var lane = lanes.get(key.clusterKey());
        var work = lane == null ? null : lane.lane().works().get(key);
        return work == null
                ? Optional.empty()
                : Optional.of(work.outlook(lane.poller().nextLook()));
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

    /** Whoever refers to it is looked at; elsewhere, because what is sealed has to be opened to see who does. */
    private void secretChanged(SecretId id) {
        var lane = lanes.get(id.clusterKey());
        if (lane != null && !threads.isShutdown()) {
            threads.execute(() -> lane.lane().works().values().forEach(work -> work.secretChanged(id)));
        }
    }

    /** A registered cluster is looked at even if no connector of it is known: there may be some to be found. */
    private void clusterChanged(ClusterKey cluster) {
        boolean registered = clusters.find(cluster).isPresent();
        var lane = lanes.computeIfPresent(cluster, (key, known) -> registered ? known : closeIfEmpty(known));
        if (lane == null && registered && !threads.isShutdown()) {
            lanes.computeIfAbsent(cluster, this::open);
        } else if (lane != null) {
            lane.lane().availability().reset();
            lane.poller().renew();
            lane.lane().resume();
        }
    }

    /** @return null when it was closed */
    private static Lane closeIfEmpty(Lane lane) {
        if (lane.lane().works().isEmpty()) {
            lane.poller().stop();
            return null;
        }
        return lane;
    }

    private Lane open(ClusterKey cluster) {
        var lane = new ClusterLane(cluster, drivers, engine);
        var finder = new Finder(lane, ownership, engine);
        var poller = new StatusPoller(lane, engine, finder, feeds, ownership);
        lane.alarm(poller::wake);
        lane.pushed(poller.feed()::mayBe);
        threads.execute(poller);
        return new Lane(lane, poller);
    }

    /** One thread at a time, under the watch's lock. */
    private final class Works implements ConnectorWatch.Target {

        private final Map<ConnectorKey, ConnectorWork> works = new HashMap<>();

        @Override
        public void changed(ConnectorState state) {
            var key = state.key();
            lanes.compute(key.clusterKey(), (cluster, known) -> {
                var lane = known == null ? open(cluster) : known;
                var work = works.computeIfAbsent(key, any -> new ConnectorWork(key, lane.lane(), engine));
                work.desire(state);
                lane.lane().works().put(key, work);
                return lane;
            });
            resealing.changed(state);
        }

        @Override
        public void gone(ConnectorKey key) {
            resealing.gone(key);
            var work = works.remove(key);
            var lane = lanes.get(key.clusterKey());
            if (work == null || lane == null) {
                return;
            }
            work.stop();
            lane.lane().works().remove(key);
            if (clusters.find(key.clusterKey()).isEmpty()) {
                lanes.computeIfPresent(key.clusterKey(), (cluster, known) -> closeIfEmpty(known));
            }
        }

        @Override
        public void owned(Set<Integer> partitions, int of) {
            ownership.are(partitions, of);
            lanes.values().forEach(lane -> lane.poller().renew());
        }
    }
}
