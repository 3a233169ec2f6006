package io.signalbox.api.query;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
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
 * what costs more with the number of connectors; the rows themselves do not. What was read ahead is given only while the connectors of
 * the cluster are the same as they were ({@link #version}), and where they keep changing nothing is read ahead.
 */
public final class ReadAhead implements ConnectorQueries {

    /** So many pages at once. */
    static final int PAGES = 4;

    /** A longer page is worth its own way. */
    static final int LONGEST_PAGE = 250;

    /** Some megabytes: a row that several pages begin before is counted for each of them. */
    private static final int MOST_ROWS = 5_000;

    private static final int MOST_CLUSTERS = 1_000;

    private record Place(ClusterKey cluster, Selection from) {}

    private record Rows(String version, List<ConnectorState> rows, boolean toTheEnd, Set<String> replicas) {

        boolean enough(int count) {
            return toTheEnd || rows.size() >= count;
        }

        /** One that is empty takes its place, too. */
        int weight() {
            return 1 + rows.size();
        }
    }

    private final ConnectorQueries queries;
    private final int mostRows;
    private final Cache<ClusterKey, String> versions =
            Caffeine.newBuilder().maximumSize(MOST_CLUSTERS).build();

    /** The least recently used first: nobody comes twice for most of them, so that how often says nothing. */
    private final Map<Place, Rows> ahead = new LinkedHashMap<>(16, 0.75f, true);

    private final ReentrantLock lock = new ReentrantLock();
    private int rows;

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
        var known = kept(new Place(cluster, selection));
        if (known != null && known.version().equals(version.get()) && known.enough(selection.limit())) {
            known.replicas().forEach(reading::servedBy);
            return page(cluster, selection, known);
        }
        boolean calm = version.get().equals(versions.getIfPresent(cluster));
        versions.put(cluster, version.get());
        return calm ? readAhead(cluster, selection, reading, version.get()) : queries.list(cluster, selection, reading);
    }

    private List<ConnectorState> readAhead(ClusterKey cluster, Selection selection, Reading reading, String version) {
        int wanted = PAGES * selection.limit();
        List<ConnectorState> found = queries.list(cluster, selection.ofAtLeast(wanted), reading);
        boolean same = reading.age() == null
                && queries.version(cluster, reading).filter(version::equals).isPresent();
        if (!same) {
            return found.subList(0, Math.min(selection.limit(), found.size()));
        }
        var read = new Rows(version, List.copyOf(found), found.size() < wanted, Set.copyOf(reading.replicas()));
        keep(new Place(cluster, selection), read);
        return page(cluster, selection, read);
    }

    /** The next one is kept under its own place. */
    private List<ConnectorState> page(ClusterKey cluster, Selection selection, Rows rows) {
        List<ConnectorState> all = rows.rows();
        List<ConnectorState> page = all.subList(0, Math.min(selection.limit(), all.size()));
        int shown = selection.limit() - 1;
        if (all.size() > shown) {
            var last = all.get(shown - 1).key().connector();
            var rest = new Rows(rows.version(), all.subList(shown, all.size()), rows.toTheEnd(), rows.replicas());
            if (rest.enough(selection.limit())) {
                keep(new Place(cluster, selection.behind(last)), rest);
            }
        }
        return page;
    }

    /** @return null for none */
    private Rows kept(Place place) {
        lock.lock();
        try {
            return ahead.get(place);
        } finally {
            lock.unlock();
        }
    }

    private void keep(Place place, Rows found) {
        lock.lock();
        try {
            rows += found.weight() - weight(ahead.put(place, found));
            var eldest = ahead.values().iterator();
            while (rows > mostRows) {
                rows -= eldest.next().weight();
                eldest.remove();
            }
        } finally {
            lock.unlock();
        }
    }

    private static int weight(Rows before) {
        return before == null ? 0 : before.weight();
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
