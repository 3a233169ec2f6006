package io.signalbox.api.query;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** What Kafka knows of a topic: where it ends, and how far its readers are. */
public final class ReadIndex {

    private final Admin admin;
    private final String topic;
    private final String group;

    /**
     * @param admin stays the caller's
     * @param topic its name
     * @param group the consumer group of the processors, which is Kafka Streams' application id
     */
    public ReadIndex(Admin admin, String topic, String group) {
        this.admin = admin;
        this.topic = topic;
        this.group = group;
    }

    /**
     * @return the offset that the next record will get: everything acknowledged before this call is before it
     * @throws StoreUnavailableException when Kafka does not tell in time
     */
    public long end(int partition, Duration patience) {
        var place = new TopicPartition(topic, partition);
        return get(admin.listOffsets(Map.of(place, OffsetSpec.latest())).partitionResult(place), patience)
                .offset();
    }

    /**
     * @return the offset before which everything was processed and committed; 0 when nothing was
     * @throws StoreUnavailableException when Kafka does not tell in time
     */
    long committed(int partition, Duration patience) {
        var offsets = get(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata(group), patience);
        var committed = offsets.get(new TopicPartition(topic, partition));
        return committed == null ? 0 : committed.offset();
    }

    private static <T> T get(org.apache.kafka.common.KafkaFuture<T> future, Duration patience) {
        try {
            return future.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new StoreUnavailableException("Kafka does not tell how far the log is", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException("Interrupted while asking Kafka how far the log is", e);
        }
    }
}
