package io.signalbox.processor.dataplane;

import io.signalbox.processor.domain.AggregateKey;
import io.signalbox.processor.domain.ConnectorKey;
import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.Phase;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** List and watch: the latest state of every connector in the partitions that are this replica's. */
final class ConnectorWatch implements ConsumerLoop.Reader<ConnectorState>, ConsumerRebalanceListener {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectorWatch.class);

    /** Told on the watch's thread; must not block. */
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
    private final Map<TopicPartition, Map<ConnectorKey, ConnectorState>> partitions = new HashMap<>();
    private final Set<TopicPartition> read = new HashSet<>();
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

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
        catchUp.begin(assigned);
        assigned.forEach(partition -> partitions.put(partition, new LinkedHashMap<>()));
        LOG.info("watch action=assigned partitions={}", assigned);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
        catchUp.forget(revoked);
        if (read.removeAll(revoked)) {
            tellOwned();
        }
        for (TopicPartition partition : revoked) {
            var connectors = partitions.remove(partition);
            if (connectors != null) {
                connectors.keySet().forEach(target::gone);
            }
        }
        LOG.info("watch action=revoked partitions={}", revoked);
    }

    @Override
    public void read(ConsumerRecords<String, ConnectorState> records) {
        for (TopicPartition partition : records.partitions()) {
            var connectors = partitions.get(partition);
            if (connectors != null) {
                boolean behind = catchUp.behind(partition);
                latest(records.records(partition)).forEach((key, state) -> {
                    keep(connectors, key, state);
                    if (!behind) {
                        tell(key, state);
                    }
                });
            }
        }
        if (partitionCount == 0 && !partitions.isEmpty()) {
            partitionCount = consumer.partitionsFor(topic).size();
        }
        for (TopicPartition partition : catchUp.caughtUp()) {
            List.copyOf(partitions.get(partition).values()).forEach(target::changed);
            read.add(partition);
            tellOwned();
        }
    }

    private void tellOwned() {
        target.owned(read.stream().map(TopicPartition::partition).collect(Collectors.toSet()), partitionCount);
    }

    /** Of several records of one connector only the last counts. */
    private Map<ConnectorKey, Optional<ConnectorState>> latest(List<ConsumerRecord<String, ConnectorState>> records) {
        Map<ConnectorKey, Optional<ConnectorState>> latest = new LinkedHashMap<>();
        for (var changed : records) {
            key(changed)
                    .ifPresent(key -> latest.put(
                            key, Optional.ofNullable(changed.value()).filter(state -> state.phase() != Phase.DELETED)));
        }
        return latest;
    }

    private static void keep(
            Map<ConnectorKey, ConnectorState> connectors, ConnectorKey key, Optional<ConnectorState> state) {
        state.ifPresentOrElse(present -> connectors.put(key, present), () -> connectors.remove(key));
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
