package io.signalbox.processor.dataplane;

import io.signalbox.processor.domain.AggregateKey;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;

/**
 * Which names are this replica's to look after, whether or not there is a connector of that name: those whose key falls
 * into a partition that the group gave it and that it has read to its end. Of all replicas there is one for each name, by
 * Kafka's own assignment. Safe for use by many threads.
 */
final class Ownership {

    private record Owned(Set<Integer> partitions, int of) {}

    private volatile Owned owned = new Owned(Set.of(), 1);

    /** @param of how many partitions the topic has */
    void are(Set<Integer> partitions, int of) {
        owned = new Owned(Set.copyOf(partitions), of);
    }

    boolean none() {
        return owned.partitions().isEmpty();
    }

    /** The same choice of partition as the producer's for a keyed record. */
    boolean includes(AggregateKey key) {
        var now = owned;
        byte[] bytes = key.toString().getBytes(StandardCharsets.UTF_8);
        return !now.partitions().isEmpty()
                && now.partitions().contains(BuiltInPartitioner.partitionForKey(bytes, now.of()));
    }
}
