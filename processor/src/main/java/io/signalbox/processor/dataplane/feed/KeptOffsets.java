package io.signalbox.processor.dataplane.feed;

import io.signalbox.processor.domain.ClusterKey;
import io.signalbox.processor.domain.ConnectorKey;
import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.ConnectorType;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Offsets of connectors from where their workers keep them, for when no worker answers: those of a sink from its consumer group's
 * coordinator, those of a source from the offset topic. Only of clusters whose topics are believed, so that it is their Kafka that
 * is asked. Safe for use by many threads.
 */
public final class KeptOffsets {

    private static final Logger LOG = LoggerFactory.getLogger(KeptOffsets.class);

    /** Each needs clients of its own, which are not worth keeping for what is so seldom. */
    private static final int AT_ONCE = 4;

    /** Worker's {@code SinkUtils}. */
    private static final String GROUP_PREFIX = "connect-";

    private static final String GROUP = "consumer.override.group.id";

    private final Feeds feeds;
    private final Predicate<ClusterKey> believed;
    private final Semaphore places = new Semaphore(AT_ONCE);

    /** @param believed whether what the cluster's topics say agreed with what its workers said */
    public KeptOffsets(Feeds feeds, Predicate<ClusterKey> believed) {
        this.feeds = feeds;
        this.believed = believed;
    }

    /**
     * @return a JSON array of {@code {"partition":…,"offset":…}} (KIP-875); empty when they are somewhere else, or not to be had in
     *     time, or there are too many
     */
    public Optional<String> of(ConnectorState connector, Duration patience) {
        var cluster = connector.key().clusterKey();
        if (elsewhere(connector) || !believed.test(cluster) || !places.tryAcquire()) {
            return Optional.empty();
        }
        try {
            for (FeedSource source : feeds.sources().apply(cluster)) {
                var found = read(source, connector, patience);
                if (found.isPresent()) {
                    return found;
                }
            }
            return Optional.empty();
        } finally {
            places.release();
        }
    }

    private static Optional<String> read(FeedSource source, ConnectorState connector, Duration patience) {
        try {
            return switch (connector.knownType()) {
                case SINK -> GroupOffsets.read(source.admin(), group(connector), patience);
                case SOURCE ->
                    source.guessed() || source.topics().offsets() == null
                            ? Optional.empty()
                            : OffsetTopic.read(source, connector.key().connector(), patience);
                case UNKNOWN -> Optional.empty();
            };
        } catch (ExecutionException e) {
            return notRead(connector.key(), e.getCause());
        } catch (KafkaException | TimeoutException e) {
            return notRead(connector.key(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static Optional<String> notRead(ConnectorKey connector, Throwable why) {
        LOG.info("connector={} action=read-kept-offsets result=failed reason=\"{}\"", connector, why.toString());
        return Optional.empty();
    }

    /** Of a group or in a topic of another Kafka, or in a topic of its own beside the cluster's. */
    private static boolean elsewhere(ConnectorState connector) {
        var config = connector.config().values();
        return connector.knownType() == ConnectorType.SINK
                ? config.containsKey("consumer.override.bootstrap.servers") || groupUnsure(connector)
                : config.containsKey("offsets.storage.topic")
                        || config.containsKey("producer.override.bootstrap.servers");
    }

    /** What a worker has not taken may be a group that it would not let its caller have. */
    private static boolean groupUnsure(ConnectorState sink) {
        String group = sink.config().values().get(GROUP);
        return group != null && (group.contains("${") || sink.observedGeneration() != sink.generation());
    }

    private static String group(ConnectorState sink) {
        Map<String, String> config = sink.config().values();
        return config.getOrDefault(GROUP, GROUP_PREFIX + sink.key().connector());
    }
}
