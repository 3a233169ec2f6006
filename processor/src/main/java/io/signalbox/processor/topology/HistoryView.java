package io.signalbox.processor.topology;

import io.signalbox.processor.domain.ConfigVersion;
import io.signalbox.processor.domain.HistoryEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** What one partition's stores know of the past of one connector: each answer is a few seeks in, or one walk over, its ranges. */
public final class HistoryView {

    private final ReadOnlyKeyValueStore<byte[], HistoryEntry> history;
    private final ReadOnlyKeyValueStore<byte[], ConfigVersion> configs;
    private final String key;

    public HistoryView(PartitionStores stores, String key) {
        this(stores.history(), stores.configs(), key);
    }

    HistoryView(
            ReadOnlyKeyValueStore<byte[], HistoryEntry> history,
            ReadOnlyKeyValueStore<byte[], ConfigVersion> configs,
            String key) {
        this.history = history;
        this.configs = configs;
        this.key = key;
    }

    /**
     * @param before only revisions less than this
     * @param observed whether with what was observed, as far as it is kept
     * @return at most {@code limit} entries, the newest first
     */
    public List<HistoryEntry> page(long before, int limit, boolean observed) {
        List<HistoryEntry> page = new ArrayList<>();
        try (var asked = backwards(true, 0, before - 1);
                var seen = backwards(false, 0, observed ? before - 1 : -1)) {
            HistoryEntry a = next(asked);
            HistoryEntry b = next(seen);
            while (page.size() < limit && (a != null || b != null)) {
                if (b == null || (a != null && a.revision() > b.revision())) {
                    page.add(a);
                    a = next(asked);
                } else {
                    page.add(b);
                    b = next(seen);
                }
            }
        }
        return page;
    }

    /** @return the last entry up to this revision; empty when there is none so early */
    public Optional<HistoryEntry> upTo(long revision) {
        return later(floor(true, 0, revision), floor(false, 0, revision));
    }

    /** @return the last entry up to this time, by the log; empty when there is none so early */
    public Optional<HistoryEntry> upTo(Instant time) {
        return later(floor(true, time), floor(false, time));
    }

    /** @return the config as it was from that revision on; empty when there was none yet */
    public Optional<ConfigVersion> config(long revision) {
        return lastConfig(revision, any -> true);
    }

    /** @return the config as it was at that time, by the log; empty when there was none yet */
    public Optional<ConfigVersion> config(Instant time) {
        return lastConfig(Long.MAX_VALUE, version -> !version.at().isAfter(time));
    }

    private Optional<ConfigVersion> lastConfig(long revision, Predicate<ConfigVersion> fits) {
        if (revision < 0) {
            return Optional.empty();
        }
        try (var found = configs.reverseRange(VersionKey.of(key, 0), VersionKey.of(key, revision))) {
            while (found.hasNext()) {
                var version = found.next().value;
                if (fits.test(version)) {
                    return Optional.of(version);
                }
            }
            return Optional.empty();
        }
    }

    private static Optional<HistoryEntry> later(HistoryEntry a, HistoryEntry b) {
        if (a == null || b == null) {
            return Optional.ofNullable(a == null ? b : a);
        }
        return Optional.of(a.revision() > b.revision() ? a : b);
    }

    /** The log's time does not go back with the revisions, so that half of them is looked at no more with each look. */
    private HistoryEntry floor(boolean asked, Instant time) {
        HistoryEntry found = null;
        long low = 0;
        long high = Long.MAX_VALUE;
        HistoryEntry looked = floor(asked, low, high);
        while (looked != null) {
            if (!looked.at().isAfter(time)) {
                found = looked;
                low = looked.revision() + 1;
            } else {
                high = looked.revision() - 1;
            }
            looked = between(asked, low, high);
        }
        return found;
    }

    /** @return some entry of the range, if it holds one; null if it does not */
    private HistoryEntry between(boolean asked, long low, long high) {
        if (low > high) {
            return null;
        }
        var lower = floor(asked, low, low + (high - low) / 2);
        return lower != null ? lower : ceiling(asked, low, high);
    }

    private HistoryEntry floor(boolean asked, long low, long high) {
        try (var found = backwards(asked, low, high)) {
            return next(found);
        }
    }

    private HistoryEntry ceiling(boolean asked, long low, long high) {
        try (var found = history.range(HistoryKey.of(key, asked, low), HistoryKey.of(key, asked, high))) {
            return next(found);
        }
    }

    /** An empty range is one whose end is before its beginning. */
    private KeyValueIterator<byte[], HistoryEntry> backwards(boolean asked, long low, long high) {
        return history.reverseRange(
                HistoryKey.of(key, asked, Math.max(0, low)), HistoryKey.of(key, asked, Math.max(0, high)));
    }

    private static HistoryEntry next(KeyValueIterator<byte[], HistoryEntry> entries) {
        return entries.hasNext() ? entries.next().value : null;
    }
}
