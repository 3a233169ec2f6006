package io.signalbox.api.pipeline.sweep;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** Where the copies of one table stand in a topic, partition by partition. */
final class TableCopies {

    /** Of a table of which nothing was copied when it was looked. */
    static final TableCopies NONE = new TableCopies();

    /** Of the last copy in a partition: where it begins, and of which columns its keys are. */
    private static final class Last {
        private Attempt attempt;
        private long begin = Long.MAX_VALUE;
        private long shape;
        private long before;
        private long rows;
        private long copied;
    }

    private final Map<Integer, Last> partitions = new HashMap<>();
    private Attempt newest;
    private Long shape;

    /** Takes the records of a partition in their order. */
    void add(int partition, long offset, Row row) {
        Last last = partitions.computeIfAbsent(partition, any -> new Last());
        if (row.copied() != null && !Objects.equals(row.copied(), last.attempt)) {
            last.attempt = row.copied();
            last.begin = offset;
            last.shape = row.key().shape();
            last.before = last.rows;
        }
        last.rows++;
        last.copied += row.copied() == null ? 0 : 1;
    }

    /**
     * All were added.
     *
     * @param none whether the newest copy found no row
     */
    void settle(boolean none) {
        for (Last last : partitions.values()) {
            if (!none && last.attempt != null && (newest == null || last.attempt.compareTo(newest) > 0)) {
                newest = last.attempt;
                shape = last.shape;
            }
        }
    }

    /** How many records may be of rows that are gone. */
    long candidates() {
        return partitions.values().stream()
                .mapToLong(last -> hasNewest(last) ? last.before : last.copied)
                .sum();
    }

    /** Whether it is from before the newest copy, and says that there is a row. */
    boolean old(int partition, long offset, Row row) {
        Last last = partitions.get(partition);
        if (row.deleted() || last == null) {
            return false;
        }
        return hasNewest(last) ? offset < last.begin : row.copied() != null;
    }

    private boolean hasNewest(Last last) {
        return newest != null && newest.equals(last.attempt);
    }

    /** Whether its key is of the columns that those of the newest copy are of. */
    boolean shaped(Row row) {
        return shape == null || shape == row.key().shape();
    }
}
