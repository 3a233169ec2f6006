package io.signalbox.api.pipeline.sweep;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** A topic that is kept in memory, and what a sink makes of it. */
final class MemoryTopic implements TopicRecords {

    private final List<List<ConsumerRecord<byte[], byte[]>>> partitions = new ArrayList<>();
    private final List<ConsumerRecord<byte[], byte[]>> unwritten = new ArrayList<>();

    /** How many writes there may be until the writer is killed. */
    int life = Integer.MAX_VALUE;

    MemoryTopic(int count) {
        for (int i = 0; i < count; i++) {
            partitions.add(new ArrayList<>());
        }
    }

    void append(long id, byte[] key, byte[] value) {
        append((int) (id % partitions.size()), key, value);
    }

    private void append(int partition, byte[] key, byte[] value) {
        partitions.get(partition).add(record(partition, key, value));
    }

    private ConsumerRecord<byte[], byte[]> record(int partition, byte[] key, byte[] value) {
        return new ConsumerRecord<>(
                "t",
                partition,
                partitions.get(partition).size(),
                0,
                TimestampType.CREATE_TIME,
                0,
                0,
                key,
                value,
                new RecordHeaders(),
                Optional.empty());
    }

    @Override
    public Map<Integer, Range> whole() {
        Map<Integer, Range> whole = new HashMap<>();
        for (int i = 0; i < partitions.size(); i++) {
            whole.put(i, new Range(0, partitions.get(i).size()));
        }
        return whole;
    }

    @Override
    public void read(Map<Integer, Range> ranges, Consumer<ConsumerRecord<byte[], byte[]>> each) {
        ranges.forEach((partition, range) -> List.copyOf(
                        partitions.get(partition).subList((int) range.begin(), (int) range.end()))
                .forEach(each));
    }

    @Override
    public void write(ConsumerRecord<byte[], byte[]> like, byte[] value) {
        if (life-- == 0) {
            throw new IllegalStateException("killed");
        }
        unwritten.add(record(like.partition(), like.key(), value));
    }

    @Override
    public void flush() {
        unwritten.forEach(each -> append(each.partition(), each.key(), each.value()));
        unwritten.clear();
    }

    List<ConsumerRecord<byte[], byte[]>> all() {
        return partitions.stream().flatMap(List::stream).toList();
    }

    /** The rows that a sink has when it has read all, as each partition has them. */
    Map<String, String> rows(boolean schemas) {
        Map<String, String> rows = new TreeMap<>();
        for (var record : all()) {
            if (record.value() == null) {
                continue;
            }
            var root = Parsed.json(record.value());
            var event = schemas ? root.path("payload") : root;
            String key = Parsed.json(record.key()).findPath("id").asText();
            if (event.path("op").asText().equals("d")) {
                rows.remove(key);
            } else {
                rows.put(key, event.path("after").path("what").asText());
            }
        }
        return rows;
    }
}
