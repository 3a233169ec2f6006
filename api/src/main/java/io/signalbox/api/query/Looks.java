package io.signalbox.api.query;

import io.signalbox.processor.topology.StoreName;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** How far the copies of this replica were at some moments, and so since when each of them may lack something. */
final class Looks {

    private static final int REMEMBERED = 300;

    /** What readers are given of; offsets say their own age. */
    static final List<String> STORES =
            List.of(StoreName.CONNECTORS, StoreName.STATUSES, StoreName.CONFIGS, StoreName.HISTORY);

    /** A transaction's marker takes an offset and holds nothing to copy. */
    private static final long MARKER = 1;

    /**
     * An owner is said to be at the end of its changelog; when it goes on as a copy it is at what it has written, which is
     * less by what is not committed yet and by markers. That is no beginning.
     */
    private static final long TAIL = 20;

    /**
     * Of one changelog.
     *
     * @param current the offset up to which the copy has it
     * @param end the offset at which it ended
     */
    record Position(long current, long end) {}

    private record Look(long nanos, Map<String, Map<Integer, Position>> changelogs) {

        /** @return null when this replica has no such copy */
        Position of(String store, int partition) {
            return changelogs.getOrDefault(store, Map.of()).get(partition);
        }
    }

    private final Deque<Look> looks = new ArrayDeque<>();

    /** By partition. */
    private final Map<Integer, Look> seen = new HashMap<>();

    private volatile Map<Integer, Long> since = Map.of();

    /**
     * @param nanos when it was looked
     * @param changelogs by store and partition
     */
    synchronized void add(long nanos, Map<String, Map<Integer, Position>> changelogs) {
        var look = new Look(nanos, changelogs);
        looks.addLast(look);
        if (looks.size() > REMEMBERED) {
            looks.removeFirst();
        }
        // What is not seen now may only be on its way from copy to owner or back: it is still what it was.
        Map<Integer, Long> next = new HashMap<>(since);
        for (int partition :
                changelogs.getOrDefault(StoreName.CONNECTORS, Map.of()).keySet()) {
            if (!STORES.stream().allMatch(store -> look.of(store, partition) != null)) {
                continue;
            }
            var newest = newestReached(look, partition);
            if (newest.isPresent()) {
                next.put(partition, newest.getAsLong());
            } else if (beganAgain(seen.get(partition), look, partition)) {
                next.remove(partition);
            }
            seen.put(partition, look);
        }
        since = next;
    }

    /**
     * @return the moment up to which the copy has everything; empty when it never was complete since it was begun, so that
     *     what it lacks may be of any age
     */
    OptionalLong since(int partition) {
        var found = since.get(partition);
        return found == null ? OptionalLong.empty() : OptionalLong.of(found);
    }

    /** @return whether of each of these partitions the copy was complete once */
    boolean know(Set<Integer> partitions) {
        return since.keySet().containsAll(partitions);
    }

    private OptionalLong newestReached(Look now, int partition) {
        var backwards = looks.descendingIterator();
        while (backwards.hasNext()) {
            var look = backwards.next();
            if (STORES.stream().allMatch(store -> reached(now, look, store, partition))) {
                return OptionalLong.of(look.nanos());
            }
        }
        return OptionalLong.empty();
    }

    private static boolean reached(Look now, Look then, String store, int partition) {
        var current = now.of(store, partition);
        var end = then.of(store, partition);
        return current != null && end != null && current.current() + MARKER >= end.end();
    }

    /** @param before when it was seen last; null when it never was */
    private static boolean beganAgain(Look before, Look now, int partition) {
        return before == null
                || STORES.stream().anyMatch(store -> {
                    long was = before.of(store, partition).current();
                    return now.of(store, partition).current() < was - was / 10 - TAIL;
                });
    }
}
