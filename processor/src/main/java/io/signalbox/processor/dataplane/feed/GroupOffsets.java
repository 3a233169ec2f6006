package io.signalbox.processor.dataplane.feed;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** What a sink's consumer group has committed, in the words of a worker. */
final class GroupOffsets {

    private GroupOffsets() {}

    /**
     * @return a JSON array, by topic and partition; empty when nothing is told of the group: it has committed nothing, is not there, or its
     *     topics must not be seen, which the broker does not tell apart
     */
    static Optional<String> read(Supplier<Admin> clients, String group, Duration patience)
            throws ExecutionException, InterruptedException, TimeoutException {
        var admin = clients.get();
        try {
            var committed = admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return committed.isEmpty() ? Optional.empty() : Optional.of(json(committed));
        } finally {
            // What it has under way nobody waits for.
            admin.close(Duration.ZERO);
        }
    }

    private static String json(Map<TopicPartition, OffsetAndMetadata> committed) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        committed.entrySet().stream()
                .filter(each -> each.getValue() != null)
                .sorted(Map.Entry.comparingByKey(
                        Comparator.comparing(TopicPartition::topic).thenComparingInt(TopicPartition::partition)))
                .forEach(each -> {
                    var one = all.addObject();
                    one.putObject("partition")
                            .put("kafka_topic", each.getKey().topic())
                            .put("kafka_partition", each.getKey().partition());
                    one.putObject("offset").put("kafka_offset", each.getValue().offset());
                });
        return all.toString();
    }
}
