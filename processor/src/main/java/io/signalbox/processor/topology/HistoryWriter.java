package io.signalbox.processor.topology;

import io.signalbox.processor.domain.HistoryEntry;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Adds to histories. What was asked for is kept for ever; of what was observed, the last {@value #OBSERVED} entries of a connector
 * and, until they are swept, up to {@value #SWEEP} more.
 */
final class HistoryWriter {

    static final int OBSERVED = 500;
    static final int SWEEP = 64;

    private final KeyValueStore<byte[], HistoryEntry> store;

    HistoryWriter(KeyValueStore<byte[], HistoryEntry> store) {
        this.store = store;
    }

    /** @param entries of one command, in their order */
    void add(String key, List<HistoryEntry> entries) {
        boolean due = false;
        for (HistoryEntry entry : entries) {
            store.put(HistoryKey.of(key, entry.asked(), entry.revision()), entry);
            due |= entry.revision() % SWEEP == 0;
        }
        if (due) {
            sweep(key);
        }
    }

    private void sweep(String key) {
        List<byte[]> kept = new ArrayList<>();
        try (var all = store.range(HistoryKey.of(key, false, 0), HistoryKey.of(key, false, Long.MAX_VALUE))) {
            while (all.hasNext()) {
                KeyValue<byte[], HistoryEntry> next = all.next();
                kept.add(next.key);
            }
        }
        kept.stream().limit(Math.max(0, kept.size() - OBSERVED)).forEach(store::delete);
    }
}
