package io.signalbox.api.pipeline;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * How much there is in a topic.
 *
 * @param id another one when the topic was made again
 * @param begins the offset of the first record of each partition
 * @param ends the offset behind the last one
 */
public record TopicExtent(Uuid id, Map<TopicPartition, Long> begins, Map<TopicPartition, Long> ends) {

    /**
     * @return null when the topic is not there
     * @throws KafkaException when it cannot be told in time
     */
    public static TopicExtent of(Admin admin, String topic, Duration patience) {
        TopicDescription found = AdminAnswers.get(
                admin.describeTopics(List.of(topic)).topicNameValues().get(topic),
                patience,
                UnknownTopicOrPartitionException.class);
        if (found == null) {
            return null;
        }
        List<TopicPartition> partitions = found.partitions().stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        var begins = offsets(admin, partitions, OffsetSpec.earliest(), patience);
        var ends = offsets(admin, partitions, OffsetSpec.latest(), patience);
        return begins == null || ends == null ? null : new TopicExtent(found.topicId(), begins, ends);
    }

    private static Map<TopicPartition, Long> offsets(
            Admin admin, List<TopicPartition> partitions, OffsetSpec spec, Duration patience) {
        var found = AdminAnswers.get(
                admin.listOffsets(partitions.stream().collect(Collectors.toMap(partition -> partition, any -> spec)))
                        .all(),
                patience,
                UnknownTopicOrPartitionException.class);
        return found == null
                ? null
                : found.entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, each -> each.getValue().offset()));
    }
}
