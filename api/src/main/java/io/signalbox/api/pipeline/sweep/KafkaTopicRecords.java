package io.signalbox.api.pipeline.sweep;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** A topic on a broker. */
final class KafkaTopicRecords implements TopicRecords {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String topic;
    private final Consumer<byte[], byte[]> consumer;
    private final Producer<byte[], byte[]> producer;
    private final Runnable goesOn;
    private final Patient reading;
    private final AtomicReference<Exception> failure = new AtomicReference<>();

    /**
     * @param topic has to be there
     * @param goesOn what it throws ends whatever is under way
     */
    KafkaTopicRecords(
            String topic,
            Consumer<byte[], byte[]> consumer,
            Producer<byte[], byte[]> producer,
            Runnable goesOn,
            LongSupplier nanos) {
        this.topic = topic;
        this.consumer = consumer;
        this.producer = producer;
        this.goesOn = goesOn;
        reading = new Patient(consumer, goesOn, PATIENCE, nanos);
    }

    @Override
    public Map<Integer, Range> whole() {
        List<TopicPartition> partitions = consumer.partitionsFor(topic, PATIENCE).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        var begins = consumer.beginningOffsets(partitions, PATIENCE);
        var ends = consumer.endOffsets(partitions, PATIENCE);
        Map<Integer, Range> whole = new HashMap<>();
        partitions.forEach(each -> whole.put(each.partition(), new Range(begins.get(each), ends.get(each))));
        return whole;
    }

    @Override
    public void read(Map<Integer, Range> ranges, java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> each) {
        Map<TopicPartition, Long> begins = new HashMap<>();
        Map<TopicPartition, Long> ends = new HashMap<>();
        ranges.forEach((partition, range) -> {
            begins.put(new TopicPartition(topic, partition), range.begin());
            ends.put(new TopicPartition(topic, partition), range.end());
        });
        reading.read(begins, ends, each);
    }

    @Override
    public void write(ConsumerRecord<byte[], byte[]> like, byte[] value) {
        producer.send(
                new ProducerRecord<>(topic, like.partition(), null, like.key(), value, like.headers()),
                (metadata, e) -> failure.compareAndSet(null, e));
    }

    @Override
    public void flush() {
        goesOn.run();
        producer.flush();
        Exception e = failure.get();
        if (e != null) {
            throw new KafkaException(e.getMessage(), e);
        }
    }
}
