package io.signalbox.api.live;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.signalbox.api.http.Failure;
import io.signalbox.api.http.Refusal;
import io.signalbox.processor.codec.EventCodec;
import io.signalbox.processor.domain.ConnectorKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The live end of the lifecycle topic: one consumer for all streams of this replica. */
public final class LifecycleFeed implements LiveEvents, LatestEvents, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LifecycleFeed.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final long PAUSE_MS = 1_000;
    private static final int LOOK_BACK = 1_000;
    private static final Duration LOOK_PATIENCE = Duration.ofSeconds(1);

    /** Tells where a partition's log ends, whether committed or not. */
    @FunctionalInterface
    public interface LogEnd {
        /** @throws io.signalbox.api.query.StoreUnavailableException when Kafka does not tell */
        long of(int partition);
    }

    private final Consumer<String, byte[]> consumer;
    private final String topic;
    private final LogEnd logEnd;
    private final LiveLimits limits;
    private final LongSupplier nanos;
    private final LiveRecords records;
    private final RecentEvents recent;
    private final CatchUps catchUps;
    private final Semaphore places;
    private final Set<FeedStream> streams = ConcurrentHashMap.newKeySet();
    private final Counter cutOff;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = Thread.ofPlatform().name("live-end").unstarted(this::run);
    private volatile boolean draining;

    /**
     * @param consumer of the live end, owned from now on; read-committed, without a group, never going elsewhere by itself
     * @param catchUp makes further ones, which begin at the earliest record where the wanted one is gone
     * @param nanos a monotonic clock
     */
    public LifecycleFeed(
            Consumer<String, byte[]> consumer,
            Supplier<Consumer<String, byte[]>> catchUp,
            EventCodec codec,
            String topic,
            LogEnd logEnd,
            LiveLimits limits,
            LongSupplier nanos,
            MeterRegistry metrics) {
        this.consumer = consumer;
        this.topic = topic;
        this.logEnd = logEnd;
        this.limits = limits;
        this.nanos = nanos;
        records = new LiveRecords(codec);
        recent = new RecentEvents(limits.events(), limits.bytes());
        catchUps = new CatchUps(catchUp, topic, limits.catchUps());
        places = new Semaphore(limits.streams());
        cutOff = Counter.builder("signalbox.events.cut.off")
                .description("Streams of events that were ended because their reader was too slow")
                .register(metrics);
        gauge(metrics, "live", false);
        gauge(metrics, "catching-up", true);
    }

    private void gauge(MeterRegistry metrics, String state, boolean catchingUp) {
        Gauge.builder(
                        "signalbox.events.streams",
                        () -> streams.stream()
                                .filter(stream -> stream.catchingUp() == catchingUp)
                                .count())
                .description("Streams of events that are open")
                .tag("state", state)
                .register(metrics);
    }

    public void start() {
        thread.start();
    }

    /** Whether streams can begin. */
    public boolean ready() {
        return recent.newest() != null;
    }

    @Override
    public LiveStream fromNow(EventFilter filter) {
        return open(known(), filter);
    }

    @Override
    public LiveStream fromBeginning(EventFilter filter) {
        return open(StreamPosition.of(new long[known().partitions()]), filter);
    }

    @Override
    public LiveStream after(String position, EventFilter filter) {
        var known = known();
        try {
            var wanted = StreamPosition.parse(position, known.partitions());
            requireInLog(wanted, known);
            return open(wanted, filter);
        } catch (IllegalArgumentException e) {
            throw Refusal.bad("Illegal Last-Event-ID: " + e.getMessage() + ". Use an id as a stream of events gave it");
        }
    }

    @Override
    public Found latest(ConnectorKey connector) {
        var newest = recent.newest();
        if (newest == null) {
            return Found.NOTHING;
        }
        var asked = recent.latest(event -> event.key().equals(connector) && asked(event));
        var last = recent.latest(event -> event.key().equals(connector));
        if (asked.isEmpty()) {
            var earlier = further(connector, newest);
            asked = earlier.stream().filter(LifecycleFeed::asked).reduce((one, next) -> next);
            last = last.isPresent() ? last : earlier.stream().reduce((one, next) -> next);
        }
        return new Found(
                last.map(LifecycleFeed::told).orElse(null),
                asked.map(LifecycleFeed::told).orElse(null));
    }

    /** What is kept may begin after it: the end of its partition is looked through, as far as that takes no time. */
    private List<LiveEvent> further(ConnectorKey connector, StreamPosition newest) {
        int partition = BuiltInPartitioner.partitionForKey(
                connector.toString().getBytes(StandardCharsets.UTF_8), newest.partitions());
        return catchUps.tail(newest, partition, LOOK_BACK, LOOK_PATIENCE).stream()
                .filter(record -> connector.toString().equals(record.key()))
                .flatMap(record -> records.event(record).stream())
                .toList();
    }

    /** Reports come from reconcilers, and from nobody else. */
    private static boolean asked(LiveEvent event) {
        return !event.marks().actor().startsWith("reconciler@");
    }

    private static Told told(LiveEvent event) {
        var marks = event.marks();
        return new Told(
                marks.id(), event.simpleType(), marks.time(), marks.revision(), marks.actor(), marks.commandId());
    }

    /** Another replica may be ahead of this one, but none is ahead of the log. */
    private void requireInLog(StreamPosition wanted, StreamPosition known) {
        for (int partition = 0; partition < known.partitions(); partition++) {
            boolean ahead = wanted.next(partition) > known.next(partition);
            if (ahead && wanted.next(partition) > logEnd.of(partition)) {
                throw new IllegalArgumentException("it lies behind the end of this log");
            }
        }
    }

    private StreamPosition known() {
        var newest = recent.newest();
        if (newest == null) {
            throw Refusal.unavailable("The lifecycle topic cannot be read yet. Try again");
        }
        return newest;
    }

    private LiveStream open(StreamPosition from, EventFilter filter) {
        if (!places.tryAcquire()) {
            throw new Refusal(new Failure(
                    503,
                    "This replica has " + limits.streams() + " streams of events, and no place for one more",
                    Map.of("Retry-After", "5")));
        }
        var holder = new FeedStream[1];
        var stream = new FeedStream(recent, catchUps, from, filter, records::event, nanos, cutOff::increment, () -> {
            if (streams.remove(holder[0])) {
                places.release();
            }
        });
        holder[0] = stream;
        streams.add(stream);
        if (draining) {
            stream.end();
        }
        return stream;
    }

    /** Ends all streams where they are, so that their readers go on at another replica. */
    public void drain() {
        draining = true;
        streams.forEach(FeedStream::end);
        recent.wake();
    }

    private void run() {
        try (consumer) {
            while (closing.getCount() > 0) {
                turn();
            }
        }
    }

    private void turn() {
        try {
            if (recent.newest() == null) {
                begin();
            }
            read();
            sweep();
        } catch (WakeupException | InterruptException e) {
            LOG.debug("stream state=woken");
        } catch (InvalidOffsetException e) {
            LOG.error("stream result=lost, going on at the end", e);
            begin();
        } catch (KafkaException e) {
            LOG.warn("stream action=retry reason=\"{}\"", e.getMessage());
            pause();
        }
    }

    private void begin() {
        var partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        recent.begin(positions(StreamPosition.of(new long[partitions.size()])));
    }

    private void read() {
        var polled = consumer.poll(POLL);
        List<LiveEvent> events = new ArrayList<>(polled.count());
        polled.forEach(record -> records.event(record).ifPresent(events::add));
        recent.append(events, positions(recent.newest()));
    }

    private StreamPosition positions(StreamPosition before) {
        var now = before;
        for (TopicPartition partition : consumer.assignment()) {
            now = now.at(partition.partition(), consumer.position(partition));
        }
        return now;
    }

    private void sweep() {
        for (FeedStream stream : streams) {
            if (!stream.over() && stream.tooSlow(limits.stuck())) {
                LOG.info("stream result=cut-off reason=slow");
                stream.cutOff();
            }
        }
    }

    private void pause() {
        try {
            closing.await(PAUSE_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closing.countDown();
        }
    }

    @Override
    public void close() {
        drain();
        closing.countDown();
        consumer.wakeup();
        if (thread.getState() == Thread.State.NEW) {
            consumer.close();
        } else {
            join();
        }
        catchUps.close();
    }

    private void join() {
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
