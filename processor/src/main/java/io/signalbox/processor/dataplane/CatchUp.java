package io.signalbox.processor.dataplane;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which partitions were read from their beginning to the end that they had when that began. Before that, what was read of
 * a key may be an old value, and must not be acted on.
 */
final class CatchUp {

    private static final Logger LOG = LoggerFactory.getLogger(CatchUp.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Consumer<?, ?> consumer;
    private final Set<TopicPartition> unmeasured = new HashSet<>();
    private final Map<TopicPartition, Long> ends = new HashMap<>();

    CatchUp(Consumer<?, ?> consumer) {
        this.consumer = consumer;
    }

    void begin(Collection<TopicPartition> partitions) {
        // Of none, Kafka's consumer would seek all that it has: those that were read, too.
        if (partitions.isEmpty()) {
            return;
        }
        consumer.seekToBeginning(partitions);
        unmeasured.addAll(partitions);
    }

    void forget(Collection<TopicPartition> partitions) {
        unmeasured.removeAll(partitions);
        ends.keySet().removeAll(partitions);
    }

    boolean behind(TopicPartition partition) {
        return unmeasured.contains(partition) || ends.containsKey(partition);
    }

    /** @return those that have just caught up; asks the broker, and answers later if it does not answer */
    List<TopicPartition> caughtUp() {
        try {
            if (!unmeasured.isEmpty()) {
                ends.putAll(consumer.endOffsets(unmeasured, PATIENCE));
                unmeasured.clear();
            }
            List<TopicPartition> done = ends.entrySet().stream()
                    .filter(end -> consumer.position(end.getKey(), PATIENCE) >= end.getValue())
                    .map(Map.Entry::getKey)
                    .toList();
            done.forEach(ends::remove);
            return done;
        } catch (TimeoutException e) {
            LOG.info("watch partitions={}{} state=waiting-for-broker", unmeasured, ends.keySet());
            return List.of();
        }
    }
}
