package io.signalbox.processor.dataplane.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class OffsetTopicTest {

    private static final String TOPIC = "offsets";
    private static final TopicPartition ONLY = new TopicPartition(TOPIC, 0);
    private static final Duration LONG = Duration.ofSeconds(20);

    private final MockConsumer<String, byte[]> consumer = new MockConsumer<>("none");
    private final List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();

    OffsetTopicTest() {
        consumer.updatePartitions(TOPIC, List.of(new PartitionInfo(TOPIC, 0, Node.noNode(), new Node[0], new Node[0])));
        consumer.updateBeginningOffsets(Map.of(ONLY, 0L));
        consumer.updateEndOffsets(Map.of(ONLY, 0L));
    }

    private void written(String key, String value) {
        records.add(new ConsumerRecord<>(
                TOPIC, 0, records.size(), key, value == null ? null : value.getBytes(StandardCharsets.UTF_8)));
        consumer.updateEndOffsets(Map.of(ONLY, (long) records.size()));
    }

    private Optional<String> read(String connector, Duration patience) throws TimeoutException {
        consumer.schedulePollTask(() -> records.forEach(consumer::addRecord));
        var source = new FeedSource(
                new FeedTopics("statuses", null, TOPIC),
                false,
                topic -> {
                    assertThat(topic).as("whose values are kept").isEqualTo(TOPIC);
                    return consumer;
                },
                FeedTopic::noAdmin);
        return OffsetTopic.read(source, connector, patience);
    }

    @Test
    void the_last_offset_of_each_partition_counts() throws Exception {
        written("[\"files\",{\"filename\":\"/a\"}]", "{\"position\":7}");
        written("[\"files\",{\"filename\":\"/b\"}]", "{\"position\":1}");
        written("[\"other\",{\"filename\":\"/a\"}]", "{\"position\":9}");
        written("[\"files\",{\"filename\":\"/a\"}]", "{\"position\":14}");
        assertThat(read("files", LONG))
                .contains("[{\"partition\":{\"filename\":\"/a\"},\"offset\":{\"position\":14}},"
                        + "{\"partition\":{\"filename\":\"/b\"},\"offset\":{\"position\":1}}]");
        assertThat(consumer.closed()).isTrue();
    }

    @Test
    void what_was_reset_is_gone() throws Exception {
        written("[\"files\",{\"filename\":\"/a\"}]", "{\"position\":7}");
        written("[\"files\",{\"filename\":\"/b\"}]", "{\"position\":7}");
        written("[\"files\",{\"filename\":\"/a\"}]", null);
        written("[\"files\",{\"filename\":\"/b\"}]", "null");
        assertThat(read("files", LONG)).contains("[]");
    }

    @Test
    void what_no_worker_wrote_is_passed_over() throws Exception {
        written(null, "{}");
        written("files", "{}");
        written("[\"files\"]", "{\"position\":1}");
        written("[\"files\",\"a\"]", "{\"position\":1}");
        written("[\"files\",{\"filename\":\"/a\"}]", "{\"posi");
        written("[\"files\",{\"filename\":\"/b\"}]", "{\"position\":3}");
        assertThat(read("files", LONG)).contains("[{\"partition\":{\"filename\":\"/b\"},\"offset\":{\"position\":3}}]");
    }

    @Test
    void an_empty_topic_has_no_offsets() throws Exception {
        assertThat(read("files", LONG)).contains("[]");
    }

    @Test
    void one_that_is_not_there_or_must_not_be_read_tells_nothing() throws Exception {
        consumer.updatePartitions(TOPIC, List.of());
        assertThat(read("files", LONG)).isEmpty();
    }

    @Test
    void more_than_anybody_wants_to_read_are_not_told() throws Exception {
        IntStream.rangeClosed(0, 10_000).forEach(i -> written("[\"files\",{\"f\":" + i + "}]", "{\"p\":1}"));
        assertThat(read("files", LONG)).isEmpty();
    }

    @Test
    void a_topic_that_does_not_come_to_its_end_in_time_tells_nothing() {
        written("[\"files\",{\"filename\":\"/a\"}]", "{\"position\":7}");
        consumer.updateEndOffsets(Map.of(ONLY, 5L));
        assertThatThrownBy(() -> read("files", Duration.ofMillis(300))).isInstanceOf(TimeoutException.class);
        assertThat(consumer.closed()).isTrue();
    }
}
