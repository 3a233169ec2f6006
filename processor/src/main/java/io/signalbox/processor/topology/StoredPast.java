package io.signalbox.processor.topology;

import io.signalbox.processor.domain.ConfigVersion;
import io.signalbox.processor.domain.Event;
import io.signalbox.processor.domain.HistoryEntry;
import io.signalbox.processor.domain.ObservedOffsets;
import io.signalbox.processor.domain.Past;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** A connector's past as the stores of its partition have it; they hold what every earlier command led to, and no more. */
final class StoredPast implements Past {

    /** A deletion is followed by its end, and that of a change of offsets. */
    private static final int LAST_STEPS = 8;

    private static final String DELETION = Event.ConnectorDeletionRequested.class.getSimpleName();

    private final HistoryView view;
    private final ReadOnlyKeyValueStore<String, ObservedOffsets> offsets;
    private final String key;

    StoredPast(HistoryView view, ReadOnlyKeyValueStore<String, ObservedOffsets> offsets, String key) {
        this.view = view;
        this.offsets = offsets;
        this.key = key;
    }

    @Override
    public Optional<ConfigVersion> config(long revision) {
        return view.config(revision);
    }

    @Override
    public Optional<ObservedOffsets> offsets(String uid) {
        return of(uid, key);
    }

    @Override
    public Optional<ObservedOffsets> undo(String uid) {
        return of(uid, UndoImage.key(key));
    }

    @Override
    public Optional<Instant> deletion(String uid) {
        return view.page(Long.MAX_VALUE, LAST_STEPS, false).stream()
                .filter(entry ->
                        entry.event().equals(DELETION) && entry.after().uid().equals(uid))
                .map(HistoryEntry::at)
                .findFirst();
    }

    private Optional<ObservedOffsets> of(String uid, String under) {
        return Optional.ofNullable(offsets.get(under))
                .filter(found -> found.uid().equals(uid));
    }
}
