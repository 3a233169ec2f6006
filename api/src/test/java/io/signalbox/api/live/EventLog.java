package io.signalbox.api.live;

import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.micrometer.core.instrument.MeterRegistry;
import io.signalbox.processor.codec.EventCodec;
import io.signalbox.processor.domain.AggregateKey;
import io.signalbox.processor.domain.Event;
import io.signalbox.processor.domain.RecordedEvent;
import io.signalbox.schemas.AvroWire;
import io.signalbox.schemas.SchemaRegistrar;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.record.TimestampType;

/** A lifecycle topic in memory, and consumers of it. Safe for use by many threads. For tests. */
public final class EventLog {

    public static final String TOPIC = "signalbox.lifecycle";

    /** How many records a consumer gives at once. */
    static final int MOST_AT_ONCE = 100;

    private final MockSchemaRegistryClient registry = new MockSchemaRegistryClient();
    private final EventCodec codec = new EventCodec(new AvroWire(registry), TOPIC);
    private final List<List<ConsumerRecord<String, byte[]>>> partitions = new ArrayList<>();
    private final Map<String, Long> revisions = new HashMap<>();
    private int consumers;

    public EventLog(int partitions) {
        IntStream.range(0, partitions).forEach(i -> this.partitions.add(new ArrayList<>()));
        new SchemaRegistrar(registry, "signalbox").ensure();
    }

    /** Of the next revision of its key, in the partition that the key falls into. */
    public void append(AggregateKey key, Event event) {
        append(key, event, "tester");
    }

    public synchronized void append(AggregateKey key, Event event, String actor) {
        long revision = revisions.merge(key.toString(), 1L, Long::sum);
        var recorded = new RecordedEvent(
                key + "-" + revision,
                key,
                revision,
                Instant.parse("2026-01-01T00:00:00Z").plusSeconds(revision),
                "command-" + revision,
                actor,
                event);
        append(key, recorded);
    }

    /** As it was recorded elsewhere. */
    public synchronized void append(AggregateKey key, RecordedEvent recorded) {
        append(partitionOf(key), key.toString(), codec.value(recorded.event()), codec.headers(recorded));
    }

    synchronized void append(int partition, String key, byte[] value, Headers headers) {
        var records = partitions.get(partition);
        records.add(new ConsumerRecord<>(
                TOPIC,
                partition,
                records.size(),
                0,
                TimestampType.CREATE_TIME,
                -1,
                -1,
                key,
                value,
                headers,
                Optional.empty()));
    }

    int partitionOf(AggregateKey key) {
        return BuiltInPartitioner.partitionForKey(key.toString().getBytes(StandardCharsets.UTF_8), partitions.size());
    }

    synchronized long end(int partition) {
        return partitions.get(partition).size();
    }

    synchronized int consumers() {
        return consumers;
    }

    EventCodec codec() {
        return codec;
    }

    MockSchemaRegistryClient registry() {
        return registry;
    }

    /** A replica's feed of it, not started yet. */
    public LifecycleFeed feed(LiveLimits limits, LongSupplier nanos, MeterRegistry metrics) {
        return new LifecycleFeed(
                new Reader("none"), () -> new Reader("earliest"), codec, TOPIC, this::end, limits, nanos, metrics);
    }

    private synchronized List<ConsumerRecord<String, byte[]>> from(int partition, long offset) {
        var records = partitions.get(partition);
        int first = (int) Math.min(offset, records.size());
        return List.copyOf(records.subList(first, records.size()));
    }

    /** A consumer that sees what is in the log when it polls. */
    private final class Reader extends MockConsumer<String, byte[]> {

        private final Map<Integer, Long> given = new HashMap<>();

        Reader(String ifGone) {
            super(ifGone);
            setMaxPollRecords(MOST_AT_ONCE);
            List<PartitionInfo> infos = new ArrayList<>();
            Map<TopicPartition, Long> beginnings = new HashMap<>();
            for (int i = 0; i < partitions.size(); i++) {
                infos.add(new PartitionInfo(TOPIC, i, null, new Node[0], new Node[0]));
                beginnings.put(new TopicPartition(TOPIC, i), 0L);
            }
            updatePartitions(TOPIC, infos);
            updateBeginningOffsets(beginnings);
            updateEndOffsets(beginnings);
            synchronized (EventLog.this) {
                consumers++;
            }
        }

        @Override
        public synchronized long position(TopicPartition partition) {
            updateEndOffsets(Map.of(partition, end(partition.partition())));
            return super.position(partition);
        }

        @Override
        public synchronized ConsumerRecords<String, byte[]> poll(Duration timeout) {
            for (TopicPartition each : assignment()) {
                int partition = each.partition();
                long from = given.getOrDefault(partition, position(each));
                for (var record : from(partition, from)) {
                    addRecord(record);
                    given.put(partition, record.offset() + 1);
                }
            }
            var records = super.poll(timeout);
            if (records.isEmpty()) {
                LockSupport.parkNanos(1_000_000);
            }
            return records;
        }
    }
}
