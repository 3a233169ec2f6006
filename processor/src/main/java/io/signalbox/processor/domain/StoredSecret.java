package io.signalbox.processor.domain;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A secret that configs of its cluster can refer to.
 *
 * @param data what is kept, sealed for this secret; empty once it was deleted
 * @param previous what was kept before, sealed likewise, the latest first, {@value #MOST_PREVIOUS} at most: a worker that has one
 *     of these was not changed by anybody, but has not heard of the replacement
 * @param labels what its maker said of it; not secret
 * @param deleted true once it is kept no more; it stays in the store so that its revisions go on
 * @param revision counts events, from 1
 */
public record StoredSecret(
        SecretId key,
        String data,
        List<String> previous,
        SortedMap<String, String> labels,
        boolean deleted,
        long revision,
        Instant createdAt,
        Instant updatedAt) {

    public static final int MOST_PREVIOUS = 4;

    public StoredSecret {
        previous = List.copyOf(previous);
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    }

    @Override
    public String toString() {
        return "StoredSecret[" + key.id() + " revision " + revision + (deleted ? " deleted]" : "]");
    }
}
