package io.signalbox.processor.dataplane.feed;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/** The topics of a Kafka Connect cluster in memory: two partitions of statuses, and one of configs. */
public final class FeedTopic extends MockConsumer<String, byte[]> {

    public static final FeedTopics NAMES = new FeedTopics("statuses", "configs", null);

    private static final List<TopicPartition> ALL = List.of(
            new TopicPartition("statuses", 0), new TopicPartition("statuses", 1), new TopicPartition("configs", 0));

    private final Map<TopicPartition, Long> ends = new HashMap<>();
    private final List<Runnable> before = new ArrayList<>();

    public FeedTopic() {
        super("none");
        ALL.forEach(each -> ends.put(each, 0L));
        updateBeginningOffsets(ends);
        updateEndOffsets(ends);
        updatePartitions("statuses", info("statuses", 2));
        updatePartitions("configs", info("configs", 1));
    }

    public FeedSource source(boolean guessed) {
        return new FeedSource(NAMES, guessed, topic -> this, FeedTopic::noAdmin);
    }

    /** Nobody asks for one who only follows. */
    public static Admin noAdmin() {
        throw new AssertionError("An admin client");
    }

    /** What is there before it is read. */
    public FeedTopic with(String key, String value) {
        before.add(() -> append(ALL.getFirst(), key, value));
        return this;
    }

    @Override
    public synchronized void assign(Collection<TopicPartition> partitions) {
        super.assign(partitions);
        before.forEach(Runnable::run);
        before.clear();
    }

    /** @param value null for what is gone */
    public void say(String key, String value) {
        schedulePollTask(() -> append(ALL.getFirst(), key, value));
    }

    public void sayElsewhere(String key, String value) {
        schedulePollTask(() -> append(ALL.get(1), key, value));
    }

    public void write(String key) {
        schedulePollTask(() -> append(ALL.get(2), key, "{\"a secret\":1}"));
    }

    public static String status(String state, String worker, int generation) {
        return "{\"state\":\"%s\",\"trace\":null,\"worker_id\":\"%s\",\"generation\":%d}"
                .formatted(state, worker, generation);
    }

    private synchronized void append(TopicPartition at, String key, String value) {
        long offset = ends.get(at);
        byte[] bytes = value == null ? null : value.getBytes(StandardCharsets.UTF_8);
        addRecord(new ConsumerRecord<>(at.topic(), at.partition(), offset, key, bytes));
        ends.put(at, offset + 1);
        updateEndOffsets(Map.of(at, offset + 1));
    }

    @Override
    public ConsumerRecords<String, byte[]> poll(Duration timeout) {
        var records = super.poll(timeout);
        if (records.isEmpty()) {
            LockSupport.parkNanos(2_000_000);
        }
        return records;
    }

    private static List<PartitionInfo> info(String topic, int partitions) {
        return IntStream.range(0, partitions)
                .mapToObj(i -> new PartitionInfo(topic, i, null, new Node[0], new Node[0]))
                .toList();
    }
}
