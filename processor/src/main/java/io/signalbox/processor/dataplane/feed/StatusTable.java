package io.signalbox.processor.dataplane.feed;

import io.signalbox.processor.domain.ConnectorStatus;
import io.signalbox.processor.domain.ConnectorType;
import io.signalbox.processor.domain.RunState;
import io.signalbox.processor.domain.TaskStatus;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A status topic as a worker has it in memory: what its REST API answers is made of this. It is read by the same rules as
 * {@code KafkaStatusBackingStore} of Kafka 4.3 reads it. One thread writes; any may read.
 */
final class StatusTable {

    /** Of all connectors and tasks. */
    static final int MOST = 200_000;

    /** Of all their traces, in characters. */
    static final int LONGEST = 16 * 1024 * 1024;

    /**
     * @param connector null while only tasks of it are known
     * @param changedAt by the reader's clock
     */
    private record Entry(StatusRecord connector, Map<Integer, StatusRecord> tasks, long changedAt) {}

    private static final Entry NOTHING = new Entry(null, Map.of(), 0);

    private final Map<String, Entry> entries = new ConcurrentHashMap<>();
    private int count;
    private long traces;

    /**
     * @param record null for what is gone
     * @return whether something else is to be seen now
     * @throws TooMuchException if it is more than should be kept
     */
    boolean apply(StatusKey key, StatusRecord record, long now) {
        var before = entries.getOrDefault(key.connector(), NOTHING);
        boolean changed = key.task() == null ? connector(key, before, record, now) : task(key, before, record, now);
        if (count > MOST || traces > LONGEST) {
            throw new TooMuchException();
        }
        return changed;
    }

    void clear() {
        entries.clear();
        count = 0;
        traces = 0;
    }

    /**
     * @param type is not in the topic
     * @return empty when the topic says nothing of the connector
     */
    Optional<ConnectorStatus> status(String connector, ConnectorType type) {
        var entry = entries.get(connector);
        if (entry == null || entry.connector() == null) {
            return Optional.empty();
        }
        var own = entry.connector();
        return Optional.of(new ConnectorStatus(
                own.state(),
                own.workerId(),
                own.version(),
                own.trace(),
                type,
                entry.tasks().entrySet().stream()
                        .map(each -> status(each.getKey(), each.getValue()))
                        .toList()));
    }

    /** Whether what it says of the connector changed at that time or later. */
    boolean changedSince(String connector, long then) {
        var entry = entries.get(connector);
        return entry != null && entry.changedAt() - then >= 0;
    }

    private static TaskStatus status(int id, StatusRecord task) {
        return new TaskStatus(id, task.state(), task.workerId(), task.version(), task.trace());
    }

    private boolean connector(StatusKey key, Entry before, StatusRecord record, long now) {
        if (record == null) {
            entries.remove(key.connector());
            count(before.connector(), null);
            before.tasks().values().forEach(task -> count(task, null));
            return before.connector() != null;
        }
        count(before.connector(), record);
        boolean changed = !record.shows(before.connector());
        entries.put(key.connector(), new Entry(record, before.tasks(), changed ? now : before.changedAt()));
        return changed;
    }

    private boolean task(StatusKey key, Entry before, StatusRecord record, long now) {
        var known = before.tasks().get(key.task());
        if (stale(known, record)) {
            return false;
        }
        count(known, record);
        boolean changed = record == null ? known != null : !record.shows(known);
        Map<Integer, StatusRecord> tasks = new TreeMap<>(before.tasks());
        if (record == null) {
            tasks.remove(key.task());
        } else {
            tasks.put(key.task(), record);
        }
        if (tasks.isEmpty() && before.connector() == null) {
            entries.remove(key.connector());
        } else {
            entries.put(key.connector(), new Entry(before.connector(), tasks, changed ? now : before.changedAt()));
        }
        return changed;
    }

    /** A worker that lets go of a task may say so after another one runs it. */
    private static boolean stale(StatusRecord known, StatusRecord record) {
        return known != null
                && record != null
                && record.state() == RunState.UNASSIGNED
                && known.state() == RunState.RUNNING
                && known.generation() >= record.generation();
    }

    private void count(StatusRecord before, StatusRecord after) {
        count += (after == null ? 0 : 1) - (before == null ? 0 : 1);
        traces += length(after) - length(before);
    }

    private static long length(StatusRecord record) {
        return record == null || record.trace() == null ? 0 : record.trace().length();
    }

    /** There is more in the topic than should be kept in memory. */
    static final class TooMuchException extends RuntimeException {
        TooMuchException() {
            super("more than " + MOST + " connectors and tasks, or " + LONGEST + " characters of traces");
        }
    }
}
