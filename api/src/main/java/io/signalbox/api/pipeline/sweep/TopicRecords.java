package io.signalbox.api.pipeline.sweep;

import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** One topic, to be read again and again, and written to. */
interface TopicRecords {

    /** Of each partition, what is to be read of it. */
    Map<Integer, Range> whole();

    /**
     * Each record in these ranges; of one partition in its order.
     *
     * @throws RuntimeException when not all can be read
     */
    void read(Map<Integer, Range> ranges, Consumer<ConsumerRecord<byte[], byte[]>> each);

    /**
     * Writes behind everything else in its partition.
     *
     * @param like with the same partition, key and headers
     * @param value null for a tombstone
     */
    void write(ConsumerRecord<byte[], byte[]> like, byte[] value);

    /**
     * Waits for what was written.
     *
     * @throws RuntimeException when one may be missing
     */
    void flush();

    /** @param end the offset behind the last one */
    record Range(long begin, long end) {}
}
