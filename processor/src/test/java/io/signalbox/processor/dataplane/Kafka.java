package io.signalbox.processor.dataplane;

import io.signalbox.processor.domain.ClusterState;
import io.signalbox.processor.domain.ConnectorState;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/** Topics for tests: mock consumers that give the processor back when they have nothing to give. */
public final class Kafka {

    static final String CLUSTERS = "signalbox.clusters";
    static final String CONNECTORS = "signalbox.connectors";

    private Kafka() {}

    public static final class Topic<V> extends MockConsumer<String, V> {
        private final String topic;
        private final Map<TopicPartition, Long> ends = new HashMap<>();

        public Topic(String topic, int partitions) {
            super("earliest");
            this.topic = topic;
            for (int i = 0; i < partitions; i++) {
                ends.put(partition(i), 0L);
            }
            updateBeginningOffsets(ends);
            updateEndOffsets(ends);
            updatePartitions(
                    topic,
                    ends.keySet().stream()
                            .map(each -> new PartitionInfo(topic, each.partition(), null, new Node[0], new Node[0]))
                            .toList());
        }

        TopicPartition partition(int number) {
            return new TopicPartition(topic, number);
        }

        public synchronized void append(int partition, String key, V value) {
            var at = partition(partition);
            long offset = ends.get(at);
            addRecord(new ConsumerRecord<>(topic, partition, offset, key, value));
            ends.put(at, offset + 1);
            updateEndOffsets(Map.of(at, offset + 1));
        }

        /** Of none means of all, as with the real one. */
        @Override
        public synchronized void seekToBeginning(Collection<TopicPartition> partitions) {
            super.seekToBeginning(partitions.isEmpty() ? assignment() : partitions);
        }

        @Override
        public ConsumerRecords<String, V> poll(Duration timeout) {
            var records = super.poll(timeout);
            if (records.isEmpty()) {
                LockSupport.parkNanos(2_000_000);
            }
            return records;
        }
    }

    /** Once the directory has assigned itself its partition. */
    static Topic<ClusterState> clusters(List<ClusterState> registered) {
        var topic = new Topic<ClusterState>(CLUSTERS, 1);
        topic.schedulePollTask(
                () -> registered.forEach(state -> topic.append(0, state.key().toString(), state)));
        return topic;
    }

    static Topic<ConnectorState> connectors(int partitions) {
        return new Topic<>(CONNECTORS, partitions);
    }
}
