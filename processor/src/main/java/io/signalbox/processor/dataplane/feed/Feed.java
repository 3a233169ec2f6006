package io.signalbox.processor.dataplane.feed;

import io.signalbox.processor.domain.ConnectorStatus;
import io.signalbox.processor.domain.ConnectorType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the topics of one cluster on a thread of its own, one source after the other until one can be read, and whatever happens to
 * the brokers. What it read is there to be asked for while it is {@link #current}. Safe for use by many threads.
 */
public final class Feed implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Feed.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Duration CHECK = Duration.ofSeconds(5);
    private static final long LONGEST_PAUSE_S = 60;

    /** Told on the feed's thread; must not block. */
    public interface Listener {
        /** All of the status topic has been read, and what follows will be told. */
        void began();

        /** What the topic says of these connectors changed, after it can be asked for. */
        void changed(Set<String> connectors);

        /** Somebody wrote the config or the target state of these connectors, or deleted it. */
        void written(Set<String> connectors);

        /** It cannot be followed, or not any more; it will be tried again. */
        void ended(String reason);
    }

    private final List<FeedSource> sources;
    private final LongSupplier nanos;
    private final Listener listener;
    private final StatusTable table = new StatusTable();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private volatile Consumer<String, byte[]> reading;
    private volatile FeedSource source;
    private volatile boolean current;
    private volatile boolean followsConfig;
    private volatile String given;

    /**
     * @param cluster for the name of its thread
     * @param sources at least one
     * @param nanos a monotonic clock
     */
    public Feed(String cluster, List<FeedSource> sources, LongSupplier nanos, Listener listener) {
        this.sources = List.copyOf(sources);
        this.nanos = nanos;
        this.listener = listener;
        source = sources.getFirst();
        thread = Thread.ofPlatform().name("signalbox-feed-" + cluster).daemon().unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    /** Whether all that is in the topic, but for the last moment, can be asked for. */
    public boolean current() {
        return current;
    }

    /** Whether {@link Listener#written} is told, too. */
    public boolean followsConfig() {
        return followsConfig;
    }

    /** That is followed, or tried. */
    public FeedSource source() {
        return source;
    }

    /** @return empty when the topic says nothing of it */
    public Optional<ConnectorStatus> status(String connector, ConnectorType type) {
        return table.status(connector, type);
    }

    /** Whether that changed at that time or later; what was there when it began did not. */
    public boolean changedSince(String connector, long then) {
        return table.changedSince(connector, then);
    }

    /** These topics are of no use: the next are tried, or these again after a while. */
    public void giveUp(String reason) {
        given = reason;
        wakeup();
    }

    /** Ends soon; what it has under way may still be told. */
    @Override
    public void close() {
        closing.countDown();
        wakeup();
    }

    private void wakeup() {
        var consumer = reading;
        if (consumer != null) {
            consumer.wakeup();
        }
    }

    private void run() {
        int failures = 0;
        for (int turn = 0; !closed(); turn++) {
            source = sources.get(turn % sources.size());
            String reason = follow();
            failures = current ? 1 : failures + 1;
            current = false;
            followsConfig = false;
            table.clear();
            if (!closed()) {
                listener.ended(reason);
                pause(source.guessed() ? LONGEST_PAUSE_S : Math.min(LONGEST_PAUSE_S, 1L << Math.min(failures - 1, 10)));
            }
        }
    }

    /** @return why it ended */
    private String follow() {
        Consumer<String, byte[]> consumer = null;
        given = null;
        try {
            consumer = source.consumer().apply(source.topics().status());
            reading = consumer;
            begin(consumer);
            goOn(consumer);
            return "closed";
        } catch (WakeupException e) {
            return given == null ? "closed" : given;
        } catch (TimeoutException e) {
            return "no answer";
        } catch (KafkaException | IllegalStateException | StatusTable.TooMuchException e) {
            LOG.debug("feed topic={}", source.topics().status(), e);
            return e.getMessage();
        } finally {
            reading = null;
            if (consumer != null) {
                consumer.close(CloseOptions.timeout(Duration.ofSeconds(1)));
            }
        }
    }

    private void begin(Consumer<String, byte[]> consumer) {
        var topics = consumer.listTopics(PATIENCE);
        var statuses = partitions(topics, source.topics().status());
        if (statuses.isEmpty()) {
            throw new IllegalStateException("topic " + source.topics().status() + " is not there, or must not be read");
        }
        var configs = partitions(topics, source.topics().config());
        List<TopicPartition> all = new ArrayList<>(statuses);
        all.addAll(configs);
        consumer.assign(all);
        // All of them before the first position is asked for: without a reset policy it fails while one of them has
        // none.
        consumer.seekToBeginning(statuses);
        if (!configs.isEmpty()) {
            consumer.seekToEnd(configs);
            configs.forEach(partition -> consumer.position(partition, PATIENCE));
        }
        var ends = consumer.endOffsets(statuses, PATIENCE);
        long before = nanos.getAsLong() - Duration.ofHours(1).toNanos();
        while (!closed() && behind(consumer, ends)) {
            read(consumer.poll(POLL), before);
        }
        followsConfig = !configs.isEmpty();
        current = true;
        listener.began();
    }

    /** Silence is what a well cluster sounds like; so the brokers are asked whether it is one. */
    private void goOn(Consumer<String, byte[]> consumer) {
        long asked = nanos.getAsLong();
        while (!closed()) {
            var records = consumer.poll(POLL);
            long now = nanos.getAsLong();
            var told = read(records, now);
            if (!told.changed().isEmpty()) {
                listener.changed(told.changed());
            }
            if (!told.written().isEmpty()) {
                listener.written(told.written());
            }
            if (now - asked >= CHECK.toNanos()) {
                consumer.endOffsets(consumer.assignment(), PATIENCE);
                asked = nanos.getAsLong();
            }
        }
    }

    private static boolean behind(Consumer<String, byte[]> consumer, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey(), PATIENCE) < end.getValue());
    }

    private static List<TopicPartition> partitions(Map<String, List<PartitionInfo>> topics, String topic) {
        return topic == null
                ? List.of()
                : topics.getOrDefault(topic, List.of()).stream()
                        .map(each -> new TopicPartition(topic, each.partition()))
                        .toList();
    }

    private record Told(Set<String> changed, Set<String> written) {}

    private Told read(ConsumerRecords<String, byte[]> records, long now) {
        var told = new Told(new HashSet<>(), new HashSet<>());
        for (ConsumerRecord<String, byte[]> record : records) {
            if (record.topic().equals(source.topics().status())) {
                StatusKey.parse(record.key())
                        .filter(key -> applied(key, record, now))
                        .ifPresent(key -> told.changed().add(key.connector()));
            } else {
                ConfigKeys.connector(record.key()).ifPresent(told.written()::add);
            }
        }
        return told;
    }

    private boolean applied(StatusKey key, ConsumerRecord<String, byte[]> record, long now) {
        try {
            return table.apply(key, record.value() == null ? null : StatusRecord.read(record.value()), now);
        } catch (IllegalArgumentException e) {
            LOG.warn(
                    "feed topic={} partition={} offset={} result=skipped reason=\"{}\"",
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    e.getMessage());
            return false;
        }
    }

    private void pause(long seconds) {
        try {
            closing.await(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            closing.countDown();
            Thread.currentThread().interrupt();
        }
    }

    private boolean closed() {
        return closing.getCount() == 0;
    }
}
