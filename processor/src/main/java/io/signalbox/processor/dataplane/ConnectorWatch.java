package io.signalbox.processor.dataplane;

import io.signalbox.processor.domain.AggregateKey;
import io.signalbox.processor.domain.ConnectorKey;
import io.signalbox.processor.domain.ConnectorState;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * List and watch: the latest state of every connector in the partitions that are this replica's. It does not wait for commits:
 * what a command leads to is fixed when the command is in the log (ADR 5). If the transaction is aborted the same is decided
 * again, and what comes twice is passed over.
 */
final class ConnectorWatch implements ConsumerLoop.Reader<ConnectorState>, ConsumerRebalanceListener {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectorWatch.class);

    private record Decided(TopicPartition partition, ConnectorState state, long at) {}

    /** Told by one thread at a time; must not block. */
    interface Target {
        void changed(ConnectorState state);

        /** Deleted, or no longer this replica's. */
        void gone(ConnectorKey key);

        /**
         * These partitions are this replica's and read to their end: told after what is in them, and before it is gone.
         *
         * @param of how many partitions there are
         */
        void owned(Set<Integer> partitions, int of);
    }

    private final Consumer<String, ConnectorState> consumer;
    private final String topic;
    private final Target target;
    private final CatchUp catchUp;

    /** Of what is below, but for the queue: the watch's thread is not the only one that brings news. */
    private final Lock lock = new ReentrantLock();

    private final Map<TopicPartition, WatchedPartition> partitions = new HashMap<>();
    private final Set<TopicPartition> read = new HashSet<>();

    private final Queue<Decided> decided = new ConcurrentLinkedQueue<>();
    private int partitionCount;

    ConnectorWatch(Consumer<String, ConnectorState> consumer, String topic, Target target) {
        this.consumer = consumer;
        this.topic = topic;
        this.target = target;
        catchUp = new CatchUp(consumer);
    }

    @Override
    public void begin() {
        consumer.subscribe(List.of(topic), this);
    }

    /** What was decided here, ahead of the topic; on any thread, and does not wait. It counts from {@link #takeDecided()} on. */
    void decided(int partition, ConnectorState state, long at) {
        decided.add(new Decided(new TopicPartition(topic, partition), state, at));
    }

    /** On any thread but one that must not wait. What is not this replica's to look after, or not yet read, is passed over. */
    void takeDecided() {
        locked(() -> {
            for (Decided next = decided.poll(); next != null; next = decided.poll()) {
                var key = next.state().key();
                var connectors = read.contains(next.partition()) ? partitions.get(next.partition()) : null;
                if (connectors != null && connectors.apply(key, next.state(), next.at())) {
                    tell(key, connectors.find(key));
                }
            }
        });
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
        catchUp.begin(assigned);
        locked(() -> assigned.forEach(partition -> partitions.put(partition, new WatchedPartition())));
        LOG.info("watch action=assigned partitions={}", assigned);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
        catchUp.forget(revoked);
        locked(() -> {
            if (read.removeAll(revoked)) {
                tellOwned();
            }
            for (TopicPartition partition : revoked) {
                var connectors = partitions.remove(partition);
                if (connectors != null) {
                    connectors.keys().forEach(target::gone);
                }
            }
        });
        LOG.info("watch action=revoked partitions={}", revoked);
    }

    @Override
    public void read(ConsumerRecords<String, ConnectorState> records) {
        locked(() -> records.partitions().forEach(partition -> take(partition, records.records(partition))));
        if (partitionCount == 0 && !partitions.isEmpty()) {
            partitionCount = consumer.partitionsFor(topic).size();
        }
        List<TopicPartition> caughtUp = catchUp.caughtUp();
        locked(() -> caughtUp.forEach(partition -> {
            partitions.get(partition).states().forEach(target::changed);
            read.add(partition);
            tellOwned();
        }));
    }

    private void take(TopicPartition partition, List<ConsumerRecord<String, ConnectorState>> records) {
        var connectors = partitions.get(partition);
        if (connectors == null) {
            return;
        }
        boolean behind = catchUp.behind(partition);
        Set<ConnectorKey> changed = new LinkedHashSet<>();
        records.forEach(record -> key(record)
                .filter(key -> connectors.apply(key, record.value(), record.timestamp()))
                .ifPresent(changed::add));
        if (!behind) {
            // Of several records of one connector only the last counts.
            changed.forEach(key -> tell(key, connectors.find(key)));
        }
    }

    private void tellOwned() {
        target.owned(read.stream().map(TopicPartition::partition).collect(Collectors.toSet()), partitionCount);
    }

    private void locked(Runnable work) {
        lock.lock();
        try {
            work.run();
        } finally {
            lock.unlock();
        }
    }

    private void tell(ConnectorKey key, Optional<ConnectorState> state) {
        state.ifPresentOrElse(target::changed, () -> target.gone(key));
    }

    private static Optional<ConnectorKey> key(ConsumerRecord<String, ConnectorState> changed) {
        try {
            if (changed.key() != null && AggregateKey.parse(changed.key()) instanceof ConnectorKey key) {
                return Optional.of(key);
            }
        } catch (IllegalArgumentException e) {
            LOG.debug("watch offset={} reason={}", changed.offset(), e.getMessage());
        }
        LOG.error("watch partition={} offset={} result=skipped reason=key", changed.partition(), changed.offset());
        return Optional.empty();
    }
}
