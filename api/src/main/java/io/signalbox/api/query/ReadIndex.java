package io.signalbox.api.query;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** What Kafka knows of a topic: where it ends, and how far its readers are. */
public final class ReadIndex {

    private final Admin admin;
    private final String topic;
    private final String group;
    private final Map<Integer, End> ends = new ConcurrentHashMap<>();

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
        return get(ends.computeIfAbsent(partition, End::new).ask(), patience);
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

    private static <T> T get(Future<T> future, Duration patience) {
        try {
            return future.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new StoreUnavailableException("Kafka does not tell how far the log is", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException("Interrupted while asking Kafka how far the log is", e);
        }
    }

    /**
     * Kafka is asked once at a time for the end of a partition. Whoever comes meanwhile shares the next question with all who do:
     * what is on its way may have been answered before he came.
     */
    private final class End {

        private final TopicPartition place;
        private boolean asked;
        private CompletableFuture<Long> next;

        End(int partition) {
            place = new TopicPartition(topic, partition);
        }

        CompletableFuture<Long> ask() {
            CompletableFuture<Long> mine;
            synchronized (this) {
                if (asked) {
                    next = next == null ? new CompletableFuture<>() : next;
                    return next;
                }
                asked = true;
                mine = new CompletableFuture<>();
            }
            send(mine);
            return mine;
        }

        private void send(CompletableFuture<Long> mine) {
            try {
                admin.listOffsets(Map.of(place, OffsetSpec.latest()))
                        .partitionResult(place)
                        .whenComplete((found, failure) -> {
                            tell(mine, found, failure);
                            again();
                        });
            } catch (RuntimeException closed) {
                tell(mine, null, closed);
                again();
            }
        }

        private static void tell(
                CompletableFuture<Long> mine, ListOffsetsResult.ListOffsetsResultInfo found, Throwable failure) {
            if (failure == null) {
                mine.complete(found.offset());
            } else {
                mine.completeExceptionally(failure);
            }
        }

        private void again() {
            CompletableFuture<Long> mine;
            synchronized (this) {
                mine = next;
                next = null;
                asked = mine != null;
            }
            if (mine != null) {
                send(mine);
            }
        }
    }
}
