package io.signalbox.api.live;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * One reader of the feed. While what it lacks is not in memory it reads the topic on its own; then it takes a place among the
 * recent events. Its position alone decides what it still has to get, so that the change from one to the other neither repeats
 * nor leaves out anything, although both have read the partitions in different orders.
 */
final class FeedStream implements LiveStream {

    private static final int AT_ONCE = 128;

    private final RecentEvents recent;
    private final CatchUps catchUps;
    private final EventFilter filter;
    private final Function<ConsumerRecord<String, byte[]>, Optional<LiveEvent>> events;
    private final LongSupplier nanos;
    private final Runnable fell;
    private final Runnable closed;
    private StreamPosition position;
    private long place;
    private CatchUps.Reader reader;
    private volatile long handedOn;
    private volatile boolean busy;
    private volatile boolean over;
    private Runnable abort;
    private boolean slow;

    /**
     * @param fell told when the reader was too slow
     * @param closed told when the reader is gone
     */
    FeedStream(
            RecentEvents recent,
            CatchUps catchUps,
            StreamPosition position,
            EventFilter filter,
            Function<ConsumerRecord<String, byte[]>, Optional<LiveEvent>> events,
            LongSupplier nanos,
            Runnable fell,
            Runnable closed) {
        this.recent = recent;
        this.catchUps = catchUps;
        this.position = position;
        this.filter = filter;
        this.events = events;
        this.nanos = nanos;
        this.fell = fell;
        this.closed = closed;
        place = recent.placeFor(position);
    }

    @Override
    public List<Delivery> next(Duration patience) throws InterruptedException {
        busy = false;
        try {
            if (over) {
                return List.of();
            }
            return catchingUp() ? catchUp(patience) : follow(patience);
        } finally {
            handedOn = nanos.getAsLong();
            busy = true;
        }
    }

    synchronized boolean catchingUp() {
        return place < 0;
    }

    private List<Delivery> follow(Duration patience) throws InterruptedException {
        var taken = recent.take(place, AT_ONCE, patience);
        if (taken.next() < 0) {
            // Its place was gone before it had handed on what it took.
            fall();
            return List.of();
        }
        List<Delivery> deliveries = new ArrayList<>();
        for (var entry : taken.entries()) {
            LiveEvent event = entry.event();
            boolean news = event.offset() >= position.next(event.partition());
            position = position.max(entry.after());
            if (news && filter.accepts(event)) {
                deliveries.add(new Delivery(position, event));
            }
        }
        if (taken.end() != null) {
            position = position.max(taken.end());
        }
        at(taken.next());
        return deliveries;
    }

    private List<Delivery> catchUp(Duration patience) throws InterruptedException {
        if (reader == null) {
            reader = catchUps.begin(position, patience).orElse(null);
            if (reader == null) {
                return List.of();
            }
        }
        var read = reader.read();
        List<Delivery> deliveries = new ArrayList<>();
        for (var record : read.records()) {
            position = position.after(record.partition(), record.offset());
            events.apply(record)
                    .filter(filter::accepts)
                    .ifPresent(event -> deliveries.add(new Delivery(position, event)));
        }
        position = position.max(read.end());
        long found = recent.placeFor(position);
        if (found >= 0) {
            at(found);
            closeReader();
        }
        return deliveries;
    }

    private synchronized void at(long next) {
        place = next;
    }

    /** Whether it has lost its place, or hands one thing on for longer than that. */
    boolean tooSlow(Duration stuck) {
        boolean hangs = busy && nanos.getAsLong() - handedOn > stuck.toNanos();
        long now;
        synchronized (this) {
            now = place;
        }
        return hangs || now >= 0 && recent.lost(now);
    }

    /** Nothing more for it. */
    void end() {
        over = true;
    }

    /** It ends, and what hangs is freed. */
    void cutOff() {
        Runnable free = fall();
        if (free != null) {
            free.run();
        }
    }

    /** @return what frees it; null when there is nothing to free, or it was freed before */
    private Runnable fall() {
        over = true;
        synchronized (this) {
            if (!slow) {
                slow = true;
                fell.run();
            }
            Runnable free = abort;
            abort = null;
            return free;
        }
    }

    @Override
    public StreamPosition position() {
        return position;
    }

    @Override
    public boolean over() {
        return over;
    }

    @Override
    public void onCutOff(Runnable free) {
        boolean now;
        synchronized (this) {
            now = slow;
            abort = now ? null : free;
        }
        if (now) {
            free.run();
        }
    }

    @Override
    public void close() {
        over = true;
        closeReader();
        closed.run();
    }

    private void closeReader() {
        if (reader != null) {
            reader.close();
            reader = null;
        }
    }
}
