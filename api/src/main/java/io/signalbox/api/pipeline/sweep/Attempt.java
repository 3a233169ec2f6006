package io.signalbox.api.pipeline.sweep;

import java.util.Comparator;

/**
 * Where a copy stands in the log of the database: the same for all rows of one copy, and greater for a later one. Two copies at the same
 * place found the same rows.
 *
 * @param file of a binlog; empty where there is none
 * @param pos in it
 * @param lsn of PostgreSQL, zero elsewhere
 * @param transaction in which a PostgreSQL was read
 */
record Attempt(String file, long pos, long lsn, long transaction) implements Comparable<Attempt> {

    private static final Comparator<Attempt> ORDER = Comparator.comparingLong(Attempt::lsn)
            .thenComparing(attempt -> attempt.file().length())
            .thenComparing(Attempt::file)
            .thenComparingLong(Attempt::pos)
            .thenComparingLong(Attempt::transaction);

    @Override
    public int compareTo(Attempt other) {
        return ORDER.compare(this, other);
    }
}
