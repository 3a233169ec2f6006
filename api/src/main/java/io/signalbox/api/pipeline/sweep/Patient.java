package io.signalbox.api.pipeline.sweep;

import java.time.Duration;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** Reads partitions up to an end, for as long as there is something to be read. */
final class Patient {

    private static final Duration POLL = Duration.ofMillis(500);

    private final Consumer<byte[], byte[]> consumer;
    private final Runnable goesOn;
    private final Duration stalled;
    private final LongSupplier nanos;

    /**
     * @param consumer its assignment changes
     * @param goesOn asked between two polls; what it throws ends the reading
     * @param stalled how long nothing may come of what is there
     * @param nanos a clock for durations
     */
    Patient(Consumer<byte[], byte[]> consumer, Runnable goesOn, Duration stalled, LongSupplier nanos) {
        this.consumer = consumer;
        this.goesOn = goesOn;
        this.stalled = stalled;
        this.nanos = nanos;
    }

    /**
     * @param begins where to begin, of each of the partitions
     * @param ends the offsets behind the last records
     * @throws KafkaException when not all came
     */
    void read(
            Map<TopicPartition, Long> begins,
            Map<TopicPartition, Long> ends,
            java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> each) {
        consumer.assign(begins.keySet());
        // What was read before to its end is still held back then.
        consumer.resume(begins.keySet());
        begins.forEach(consumer::seek);
        long moved = nanos.getAsLong();
        while (behind(ends)) {
            goesOn.run();
            var records = consumer.poll(POLL);
            records.forEach(record -> {
                if (record.offset() < ends.get(new TopicPartition(record.topic(), record.partition()))) {
                    each.accept(record);
                }
            });
            if (!records.isEmpty()) {
                moved = nanos.getAsLong();
            } else if (nanos.getAsLong() - moved > stalled.toNanos()) {
                throw new KafkaException("Nothing came of " + begins.keySet() + " in " + stalled.toSeconds() + " s");
            }
        }
    }

    /** What has reached its end is not read any further. */
    private boolean behind(Map<TopicPartition, Long> ends) {
        var there = ends.entrySet().stream()
                .filter(end -> consumer.position(end.getKey(), stalled) >= end.getValue())
                .map(Map.Entry::getKey)
                .toList();
        consumer.pause(there);
        return there.size() < ends.size();
    }
}
