package io.signalbox.processor.dataplane;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A compacted topic of one partition, whole in memory, by the keys of its records. Safe for use by many threads. */
public final class CompactedTable<V> implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CompactedTable.class);

    private final Map<String, V> values = new ConcurrentHashMap<>();
    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();
    private final org.apache.kafka.clients.consumer.Consumer<String, V> consumer;
    private final TopicPartition partition;
    private final CatchUp catchUp;
    private final AtomicLong version = new AtomicLong();
    private final ConsumerLoop<V> loop;
    private volatile boolean ready;

    /**
     * @param name of its thread
     * @param consumer without a group, for this alone, which closes it; it reads partition 0
     */
    public CompactedTable(String name, org.apache.kafka.clients.consumer.Consumer<String, V> consumer, String topic) {
        this.consumer = consumer;
        partition = new TopicPartition(topic, 0);
        catchUp = new CatchUp(consumer);
        loop = new ConsumerLoop<>(name, consumer, new Topic());
    }

    public void start() {
        loop.start();
    }

    /** Whether everything that was in the topic at the start has been read. */
    public boolean ready() {
        return ready;
    }

    /** @return empty when there is none, or not any more */
    public Optional<V> find(String key) {
        return Optional.ofNullable(values.get(key));
    }

    /** In the order of their keys. */
    public List<V> list() {
        return List.copyOf(new TreeMap<>(values).values());
    }

    /** Another number after each change. */
    long version() {
        return version.get();
    }

    /** Told of each key whose value changed, after it can be found, on the table's thread; must not block. */
    public void listen(Consumer<String> listener) {
        listeners.add(listener);
    }

    /** @return whether the value under the key was, or became in that time, as is wanted; where there is none it is not */
    public boolean await(String key, Predicate<V> wanted, Duration patience) throws InterruptedException {
        var seen = new CountDownLatch(1);
        Consumer<String> listener = changed -> {
            if (changed.equals(key) && find(key).filter(wanted).isPresent()) {
                seen.countDown();
            }
        };
        listen(listener);
        try {
            return find(key).filter(wanted).isPresent() || seen.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        } finally {
            listeners.remove(listener);
        }
    }

    @Override
    public void close() {
        loop.close();
    }

    private void apply(ConsumerRecord<String, V> changed) {
        if (changed.key() == null) {
            LOG.error("watch partition={} offset={} result=skipped reason=key", partition, changed.offset());
            return;
        }
        if (changed.value() == null) {
            values.remove(changed.key());
        } else {
            values.put(changed.key(), changed.value());
        }
        version.incrementAndGet();
        listeners.forEach(listener -> listener.accept(changed.key()));
    }

    private final class Topic implements ConsumerLoop.Reader<V> {
        @Override
        public void begin() {
            consumer.assign(List.of(partition));
            catchUp.begin(List.of(partition));
        }

        @Override
        public void read(ConsumerRecords<String, V> records) {
            records.forEach(CompactedTable.this::apply);
            if (!ready && !catchUp.caughtUp().isEmpty()) {
                ready = true;
            }
        }
    }
}
