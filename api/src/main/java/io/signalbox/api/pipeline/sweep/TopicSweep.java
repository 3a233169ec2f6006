package io.signalbox.api.pipeline.sweep;

import io.signalbox.api.pipeline.sweep.TopicRecords.Range;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Deletes in one topic what the newest copies of its tables did not find: each key whose last record is no delete, and stands before the
 * newest copy in its partition. Where a partition has nothing of the newest copy nobody knows whether a change was before it or after it,
 * so that only what was copied is deleted there. First it is found where the newest copies begin; then, for so many keys at once as are
 * held in memory, where the last record of each stands, and what is left over is read once more and deleted.
 */
final class TopicSweep {

    /** Keys in memory at once: 50 MB at most. */
    static final int KEYS = 1 << 20;

    private static final int OFFSET_BITS = 48;

    private final TopicRecords topic;
    private final Envelope envelope;
    private final CopyStory story;
    private final Set<String> tables;
    private final boolean tombstones;
    private final int most;
    private final InstantSource clock;
    private final Map<String, TableCopies> copies = new HashMap<>();
    private long written;
    private long leftOut;

    /**
     * @param tables those in the topic whose last copy came to its end
     * @param tombstones whether one follows each delete
     * @param most how many keys are held at once
     */
    TopicSweep(
            TopicRecords topic,
            Envelope envelope,
            CopyStory story,
            Set<String> tables,
            boolean tombstones,
            int most,
            InstantSource clock) {
        this.topic = topic;
        this.envelope = envelope;
        this.story = story;
        this.tables = tables;
        this.tombstones = tombstones;
        this.most = most;
        this.clock = clock;
    }

    /** @throws RuntimeException when not all is done: do all of it again */
    void run() {
        Map<Integer, Range> whole = topic.whole();
        topic.read(whole, record -> {
            Row row = row(record);
            if (row != null) {
                copies.computeIfAbsent(row.table(), any -> new TableCopies())
                        .add(record.partition(), record.offset(), row);
            }
        });
        copies.forEach((table, found) -> found.settle(story.foundNone(table)));
        long candidates =
                copies.values().stream().mapToLong(TableCopies::candidates).sum();
        int buckets = Math.toIntExact(Math.ceilDiv(candidates, most));
        for (int bucket = 0; bucket < buckets; bucket++) {
            delete(gone(bucket, buckets));
        }
    }

    /** How many deletes were written. */
    long written() {
        return written;
    }

    /** How many keys are of other columns than the newest copy's, so that nobody can tell which rows they are. */
    long leftOut() {
        return leftOut;
    }

    private Row row(ConsumerRecord<byte[], byte[]> record) {
        Row row = envelope.row(record);
        return row != null && tables.contains(row.table()) ? row : null;
    }

    private KeyMap gone(int bucket, int buckets) {
        var gone = new KeyMap();
        // To the end as it is now: what came since may say that a row is there.
        topic.read(topic.whole(), record -> {
            Row row = row(record);
            if (row == null || !row.key().in(bucket, buckets)) {
                return;
            }
            if (copies(row).old(record.partition(), record.offset(), row)) {
                gone.put(row.key(), place(record));
            } else {
                gone.remove(row.key());
            }
        });
        return gone;
    }

    private TableCopies copies(Row row) {
        return copies.getOrDefault(row.table(), TableCopies.NONE);
    }

    private void delete(KeyMap gone) {
        Map<Integer, Range> ranges = new HashMap<>();
        for (long place : gone.places()) {
            long offset = place & (1L << OFFSET_BITS) - 1;
            ranges.merge(
                    (int) (place >>> OFFSET_BITS),
                    new Range(offset, offset + 1),
                    (one, other) -> new Range(Math.min(one.begin(), other.begin()), Math.max(one.end(), other.end())));
        }
        if (ranges.isEmpty()) {
            return;
        }
        topic.read(ranges, record -> {
            Row row = row(record);
            if (row == null || gone.get(row.key()) != place(record)) {
                return;
            }
            if (!copies(row).shaped(row)) {
                leftOut++;
                return;
            }
            topic.write(record, envelope.deletion(record.value(), clock.millis()));
            if (tombstones) {
                topic.write(record, null);
            }
            written++;
        });
        topic.flush();
    }

    private static long place(ConsumerRecord<byte[], byte[]> record) {
        return ((long) record.partition() << OFFSET_BITS) | record.offset();
    }
}
