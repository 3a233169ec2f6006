package io.signalbox.processor.dataplane.feed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a source's tasks have written into the offset topic, in the words of a worker. The topic is read whole: which of its
 * partitions has a connector's offsets depends on what its own partitions are called. Keys are {@code ["connector",{partition}]} and
 * values {@code {offset}} or nothing, as Kafka Connect's {@code OffsetStorageWriter} writes them.
 */
final class OffsetTopic {

    private static final Logger LOG = LoggerFactory.getLogger(OffsetTopic.class);
    private static final ObjectMapper MAPPER = JsonMapper.builder().build();

    /** Whoever has more of them has to ask a worker. */
    private static final int MOST = 10_000;

    private static final Duration POLL = Duration.ofMillis(200);

    private final String connector;
    private final Map<JsonNode, JsonNode> offsets = new LinkedHashMap<>();

    private OffsetTopic(String connector) {
        this.connector = connector;
    }

    /**
     * @return a JSON array; empty when the topic is not there or must not be read, or there are too many
     * @throws TimeoutException when the patience ends before the topic
     */
    static Optional<String> read(FeedSource source, String connector, Duration patience) throws TimeoutException {
        long deadline = System.nanoTime() + patience.toNanos();
        var consumer = source.consumer().apply(source.topics().offsets());
        try {
            var partitions = consumer
                    .listTopics(patience)
                    .getOrDefault(source.topics().offsets(), List.of())
                    .stream()
                    .map(each -> new TopicPartition(each.topic(), each.partition()))
                    .toList();
            if (partitions.isEmpty()) {
                return Optional.empty();
            }
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            return new OffsetTopic(connector)
                    .readTo(consumer, consumer.endOffsets(partitions, left(deadline)), deadline);
        } finally {
            consumer.close(CloseOptions.timeout(Duration.ZERO));
        }
    }

    private Optional<String> readTo(Consumer<String, byte[]> consumer, Map<TopicPartition, Long> ends, long deadline)
            throws TimeoutException {
        while (behind(consumer, ends, deadline)) {
            consumer.poll(POLL).forEach(this::apply);
            if (offsets.size() > MOST) {
                return Optional.empty();
            }
        }
        return Optional.of(json());
    }

    private static boolean behind(Consumer<String, byte[]> consumer, Map<TopicPartition, Long> ends, long deadline)
            throws TimeoutException {
        for (var end : ends.entrySet()) {
            if (consumer.position(end.getKey(), left(deadline)) < end.getValue()) {
                return true;
            }
        }
        return false;
    }

    private static Duration left(long deadline) throws TimeoutException {
        long nanos = deadline - System.nanoTime();
        if (nanos <= 0) {
            throw new TimeoutException("The offset topic is longer than the patience");
        }
        return Duration.ofNanos(nanos);
    }

    private void apply(ConsumerRecord<String, byte[]> record) {
        if (record.key() == null) {
            return;
        }
        try {
            JsonNode key = MAPPER.readTree(record.key());
            if (key.path(0).isTextual()
                    && key.path(0).textValue().equals(connector)
                    && key.path(1).isObject()) {
                JsonNode value = record.value() == null ? null : MAPPER.readTree(record.value());
                if (value == null || !value.isObject()) {
                    offsets.remove(key.get(1));
                } else {
                    offsets.put(key.get(1), value);
                }
            }
        } catch (IOException notAWorkers) {
            LOG.debug("topic={} offset={} result=skipped", record.topic(), record.offset());
        }
    }

    private String json() {
        var all = MAPPER.createArrayNode();
        offsets.forEach((partition, offset) -> {
            var one = all.addObject();
            one.set("partition", partition);
            one.set("offset", offset);
        });
        return all.toString();
    }
}
