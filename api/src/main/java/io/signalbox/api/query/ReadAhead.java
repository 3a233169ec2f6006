package io.signalbox.api.query;

import io.signalbox.processor.domain.ClusterKey;
import io.signalbox.processor.domain.ConnectorKey;
import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.HistoryEntry;
import io.signalbox.processor.domain.ObservedOffsets;
import io.signalbox.processor.domain.QuotaKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Reads several pages of a list at once for whoever goes through it page by page. To find the place of a page in a dozen partitions is
 * what costs more with the number of connectors; the rows themselves do not. What was read ahead is given once, and only while the
 * connectors of the cluster are the same as they were ({@link #version}); where they change from page to page nothing is read ahead.
 */
public final class ReadAhead implements ConnectorQueries {

    /** So many pages at once. */
    static final int PAGES = 4;

    /** A longer page is worth its own way. */
    static final int LONGEST_PAGE = 250;

    /** Some megabytes. */
    private static final int MOST_ROWS = 2_000;

    /** Where a page begins. */
    private record Place(ClusterKey cluster, Selection from) {}

    /**
     * What is known of the page that begins at a place, because the one before it was asked for.
     *
     * @param rows from that place on; only the first of them where the list was not read ahead
     * @param replicas from whose stores they come
     */
    private record Rows(String version, List<ConnectorState> rows, boolean toTheEnd, Set<String> replicas) {

        boolean enough(int count) {
            return toTheEnd || rows.size() >= count;
        }

        /** A place counts, too. */
        int weight() {
            return 1 + rows.size();
        }
    }

    private final ConnectorQueries queries;
    private final int mostRows;
    private final ReentrantLock lock = new ReentrantLock();

    /** The oldest first, which have to go first: nobody comes twice for a page, so that how often says nothing. */
    private final Map<Place, Rows> ahead = new LinkedHashMap<>();

    private int weight;

    public ReadAhead(ConnectorQueries queries) {
        this(queries, MOST_ROWS);
    }

    ReadAhead(ConnectorQueries queries, int mostRows) {
        this.queries = queries;
        this.mostRows = mostRows;
    }

    /**
     * Pages are asked for with one row more than they show, which says whether there is another page, and with which that one begins.
     */
    @Override
    public List<ConnectorState> list(ClusterKey cluster, Selection selection, Reading reading) {
        boolean page = selection.after() != null && selection.limit() > 1 && selection.limit() <= LONGEST_PAGE + 1;
        var version = page && !reading.strong() ? queries.version(cluster, reading) : Optional.<String>empty();
        if (version.isEmpty()) {
            return queries.list(cluster, selection, reading);
        }
        var place = new Place(cluster, selection);
        var known = take(place);
        if (known == null || !known.version().equals(version.get())) {
            // The first that is seen of somebody, or something changed since the page before.
            return page(place, new Rows(version.get(), queries.list(cluster, selection, reading), false, Set.of()));
        }
        if (known.enough(selection.limit())) {
            known.replicas().forEach(reading::servedBy);
            return page(place, known);
        }
        return page(place, readAhead(place, reading, version.get()));
    }

    private Rows readAhead(Place place, Reading reading, String version) {
        int wanted = PAGES * place.from().limit();
        List<ConnectorState> found = queries.list(place.cluster(), place.from().ofAtLeast(wanted), reading);
        boolean same = reading.age() == null
                && queries.version(place.cluster(), reading)
                        .filter(version::equals)
                        .isPresent();
        return new Rows(same ? version : "", List.copyOf(found), found.size() < wanted, Set.copyOf(reading.replicas()));
    }

    /** What comes behind it is kept for whoever goes on. */
    private List<ConnectorState> page(Place place, Rows found) {
        List<ConnectorState> all = found.rows();
        int limit = place.from().limit();
        if (all.size() >= limit) {
            var last = all.get(limit - 2).key().connector();
            var rest =
                    new Rows(found.version(), all.subList(limit - 1, all.size()), found.toTheEnd(), found.replicas());
            keep(new Place(place.cluster(), place.from().behind(last)), rest);
        }
        return all.subList(0, Math.min(limit, all.size()));
    }

    /** @return null when nothing is known of it */
    private Rows take(Place place) {
        lock.lock();
        try {
            return removed(ahead.remove(place));
        } finally {
            lock.unlock();
        }
    }

    private void keep(Place place, Rows rows) {
        lock.lock();
        try {
            removed(ahead.remove(place));
            ahead.put(place, rows);
            weight += rows.weight();
            var oldest = ahead.values().iterator();
            while (weight > mostRows) {
                removed(oldest.next());
                oldest.remove();
            }
        } finally {
            lock.unlock();
        }
    }

    private Rows removed(Rows rows) {
        weight -= rows == null ? 0 : rows.weight();
        return rows;
    }

    @Override
    public Optional<ConnectorState> find(ConnectorKey key, Reading reading) {
        return queries.find(key, reading);
    }

    @Override
    public Optional<ObservedOffsets> offsets(ConnectorKey key, KnownOffsets which, Reading reading) {
        return queries.offsets(key, which, reading);
    }

    @Override
    public List<HistoryEntry> history(ConnectorKey key, HistoryPage page, Reading reading) {
        return queries.history(key, page, reading);
    }

    @Override
    public Optional<Then> then(ConnectorKey key, Moment moment, Reading reading) {
        return queries.then(key, moment, reading);
    }

    @Override
    public KeyUse secrets(Reading reading) {
        return queries.secrets(reading);
    }

    @Override
    public Optional<QuotaSeen> quota(QuotaKey key, Reading reading) {
        return queries.quota(key, reading);
    }

    @Override
    public Optional<String> version(ClusterKey cluster, Reading reading) {
        return queries.version(cluster, reading);
    }
}
