package io.signalbox.processor.dataplane;

import io.signalbox.processor.domain.AggregateKey;
import io.signalbox.processor.domain.ClusterKey;
import io.signalbox.processor.domain.ClusterState;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The registered data planes, from the compacted cluster topic, whole on every replica. Safe for use by many threads. */
public final class ClusterDirectory implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ClusterDirectory.class);

    /** Told of every change after it can be found; must not block. */
    @FunctionalInterface
    public interface Listener {
        void changed(ClusterKey cluster);
    }

    private final Map<ClusterKey, ClusterState> clusters = new ConcurrentHashMap<>();
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final Consumer<String, ClusterState> consumer;
    private final TopicPartition partition;
    private final CatchUp catchUp;
    private final ConsumerLoop<ClusterState> loop;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private long position;
    private volatile boolean ready;

    /** @param consumer without a group, for this alone, which closes it; it reads partition 0 */
    public ClusterDirectory(Consumer<String, ClusterState> consumer, String topic) {
        this.consumer = consumer;
        partition = new TopicPartition(topic, 0);
        catchUp = new CatchUp(consumer);
        loop = new ConsumerLoop<>("signalbox-clusters", consumer, new Topic());
    }

    public void start() {
        loop.start();
    }

    /** Whether everything that was in the topic at the start has been read. */
    public boolean ready() {
        return ready;
    }

    /**
     * Waits until everything before an offset of the topic has been read.
     *
     * @return whether it was, within that time
     */
    public boolean awaitRead(long offset, Duration patience) {
        long left = patience.toNanos();
        lock.lock();
        try {
            while (position < offset && left > 0) {
                left = moved.awaitNanos(left);
            }
            return position >= offset;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** @return empty when it is not registered, or not any more */
    public Optional<ClusterState> find(ClusterKey cluster) {
        return Optional.ofNullable(clusters.get(cluster));
    }

    /** In the order of their keys. */
    public List<ClusterState> list() {
        return clusters.values().stream()
                .sorted(Comparator.comparing(state -> state.key().toString()))
                .toList();
    }

    public void listen(Listener listener) {
        listeners.add(listener);
    }

    @Override
    public void close() {
        loop.close();
    }

    private void apply(ConsumerRecord<String, ClusterState> changed) {
        if (changed.key() == null || !(parse(changed.key()) instanceof ClusterKey key)) {
            LOG.error("watch partition={} offset={} result=skipped reason=key", partition, changed.offset());
            return;
        }
        if (changed.value() != null && changed.value().registered()) {
            clusters.put(key, changed.value());
        } else {
            clusters.remove(key);
        }
        listeners.forEach(listener -> listener.changed(key));
    }

    private static AggregateKey parse(String key) {
        try {
            return AggregateKey.parse(key);
        } catch (IllegalArgumentException e) {
            return null; // said by the caller, with its place
        }
    }

    private final class Topic implements ConsumerLoop.Reader<ClusterState> {
        @Override
        public void begin() {
            consumer.assign(List.of(partition));
            catchUp.begin(List.of(partition));
        }

        @Override
        public void read(ConsumerRecords<String, ClusterState> records) {
            records.forEach(ClusterDirectory.this::apply);
            if (!ready && !catchUp.caughtUp().isEmpty()) {
                ready = true;
            }
            if (ready) {
                read(consumer.position(partition));
            }
        }

        private void read(long next) {
            lock.lock();
            try {
                if (position != next) {
                    position = next;
                    moved.signalAll();
                }
            } finally {
                lock.unlock();
            }
        }
    }
}
