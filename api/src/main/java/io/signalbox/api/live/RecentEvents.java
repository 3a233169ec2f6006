package io.signalbox.api.live;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * The latest events, once for all readers: each reader knows the number of the event that it wants next, and has lost its place
 * when that is no longer kept. So a slow reader costs nobody any memory. Safe for use by many threads.
 */
final class RecentEvents {

    /** @param after where the live end was after it */
    record Entry(LiveEvent event, StreamPosition after) {}

    /**
     * What a reader got.
     *
     * @param next the number of the event that it wants next; negative when it has lost its place
     * @param end where the live end is, if the reader has everything up to there; null otherwise
     */
    record Taken(List<Entry> entries, long next, StreamPosition end) {
        static final Taken LOST = new Taken(List.of(), -1, null);
    }

    private final int mostEvents;
    private final long mostBytes;
    private final Deque<Entry> entries = new ArrayDeque<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition more = lock.newCondition();
    private long first;
    private long bytes;
    private StreamPosition oldest;
    private StreamPosition newest;

    /** @param mostBytes about; the newest event is kept however large it is */
    RecentEvents(int mostEvents, long mostBytes) {
        this.mostEvents = mostEvents;
        this.mostBytes = mostBytes;
    }

    /** Forgets all and goes on from there. Who had a place has lost it. */
    void begin(StreamPosition at) {
        lock.lock();
        try {
            first += entries.size() + 1L;
            entries.clear();
            bytes = 0;
            oldest = at;
            newest = at;
            more.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** @param end where the live end is now; there may be no events between it and the last of these, but markers */
    void append(List<LiveEvent> events, StreamPosition end) {
        lock.lock();
        try {
            for (LiveEvent event : events) {
                newest = newest.after(event.partition(), event.offset());
                entries.addLast(new Entry(event, newest));
                bytes += event.size();
            }
            newest = newest.max(end);
            while (entries.size() > mostEvents || bytes > mostBytes && entries.size() > 1) {
                Entry dropped = entries.removeFirst();
                bytes -= dropped.event().size();
                oldest = dropped.after();
                first++;
            }
            if (!events.isEmpty()) {
                more.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** @return where the live end is; null before it is known */
    StreamPosition newest() {
        lock.lock();
        try {
            return newest;
        } finally {
            lock.unlock();
        }
    }

    /** @return a place before everything that a reader from that position lacks; negative when not all of that is kept */
    long placeFor(StreamPosition position) {
        lock.lock();
        try {
            return oldest != null && position.covers(oldest) ? first : -1;
        } finally {
            lock.unlock();
        }
    }

    boolean lost(long place) {
        lock.lock();
        try {
            return place < first;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for events, or for {@link #wake}, or for that time. */
    Taken take(long place, int most, Duration patience) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (place >= first + entries.size() && !patience.isZero()) {
                // Once: whoever was woken without an event may have to end.
                more.awaitNanos(patience.toNanos());
            }
            return place < first ? Taken.LOST : taken(place, most);
        } finally {
            lock.unlock();
        }
    }

    private Taken taken(long place, int most) {
        List<Entry> found = new ArrayList<>();
        long last = first + entries.size();
        // From the end: readers that keep up want the last few.
        Iterator<Entry> back = entries.descendingIterator();
        for (long number = last - 1; number >= place; number--) {
            Entry entry = back.next();
            if (number < place + most) {
                found.addFirst(entry);
            }
        }
        long next = place + found.size();
        return new Taken(found, next, next == last ? newest : null);
    }

    /** The latest one of those that are kept. */
    Optional<LiveEvent> latest(Predicate<LiveEvent> wanted) {
        lock.lock();
        try {
            for (Iterator<Entry> back = entries.descendingIterator(); back.hasNext(); ) {
                LiveEvent event = back.next().event();
                if (wanted.test(event)) {
                    return Optional.of(event);
                }
            }
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /** Lets everybody who waits look up. */
    void wake() {
        lock.lock();
        try {
            more.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
