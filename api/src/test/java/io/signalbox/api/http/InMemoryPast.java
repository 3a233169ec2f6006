package io.signalbox.api.http;

import io.signalbox.api.query.HistoryPage;
import io.signalbox.api.query.KnownOffsets;
import io.signalbox.api.query.Moment;
import io.signalbox.api.query.Then;
import io.signalbox.processor.domain.Config;
import io.signalbox.processor.domain.ConfigVersion;
import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.Event;
import io.signalbox.processor.domain.HistoryEntry;
import io.signalbox.processor.domain.ObservedOffsets;
import io.signalbox.processor.domain.Past;
import io.signalbox.processor.domain.RecordedEvent;
import io.signalbox.processor.topology.UndoImage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the stores keep of the past, in lists that are searched from end to end. For tests. */
final class InMemoryPast {

    private final Map<String, List<HistoryEntry>> entries = new HashMap<>();
    private final Map<String, List<ConfigVersion>> configs = new HashMap<>();
    private final Map<String, ObservedOffsets> offsets = new HashMap<>();
    private final Map<String, ObservedOffsets> undos = new HashMap<>();
    private final Map<String, ObservedOffsets> asked = new HashMap<>();

    void add(RecordedEvent recorded, ConnectorState after) {
        String key = recorded.key().toString();
        entries.computeIfAbsent(key, any -> new ArrayList<>()).add(HistoryEntry.of(recorded, after));
        switch (recorded.event()) {
            case Event.ConnectorCreated e -> config(key, recorded, e.config());
            case Event.ConnectorAdopted e -> config(key, recorded, e.config());
            case Event.ConnectorConfigChanged e -> config(key, recorded, e.config());
            case Event.ConnectorResealed e ->
                configs.computeIfAbsent(key, any -> new ArrayList<>())
                        .replaceAll(version -> new ConfigVersion(
                                version.config().replaced(e.before(), e.after()), version.revision(), version.at()));
            case Event.OffsetsObserved e ->
                offsets.put(key, new ObservedOffsets(after.uid(), e.offsets(), recorded.at()));
            case Event.AlterOffsetsRequested e ->
                asked.put(key, new ObservedOffsets(after.uid(), e.offsets(), recorded.at()));
            case Event.ResetOffsetsRequested e -> asked.put(key, new ObservedOffsets(after.uid(), "[]", recorded.at()));
            case Event.OffsetsAltered e -> changed(key, recorded, after, UndoImage.of(e.before(), e.offsets()));
            case Event.OffsetsReset e -> changed(key, recorded, after, UndoImage.of(e.before(), null));
            default -> {
                // the others are entries only
            }
        }
    }

    private void config(String key, RecordedEvent recorded, Config config) {
        configs.computeIfAbsent(key, any -> new ArrayList<>())
                .add(new ConfigVersion(config, recorded.revision(), recorded.at()));
    }

    private void changed(String key, RecordedEvent recorded, ConnectorState after, Optional<String> undo) {
        offsets.remove(key);
        undos.remove(key);
        undo.ifPresent(image -> undos.put(key, new ObservedOffsets(after.uid(), image, recorded.at())));
    }

    Optional<ObservedOffsets> offsets(String key, KnownOffsets which) {
        var found = switch (which) {
            case LAST_READ -> offsets;
            case ASKED -> asked;
            case UNDO -> undos;
        };
        return Optional.ofNullable(found.get(key));
    }

    List<HistoryEntry> page(String key, HistoryPage page) {
        return entries.getOrDefault(key, List.of()).reversed().stream()
                .filter(entry -> entry.revision() < page.before() && (page.observed() || entry.asked()))
                .limit(page.limit())
                .toList();
    }

    Optional<Then> then(String key, Moment moment) {
        var all = entries.getOrDefault(key, List.of());
        if (moment instanceof Moment.Revision r && r.number() > all.size()) {
            return Optional.empty();
        }
        return all.reversed().stream()
                .filter(entry -> switch (moment) {
                    case Moment.Revision r -> entry.revision() <= r.number();
                    case Moment.Time t -> !entry.at().isAfter(t.at());
                })
                .findFirst()
                .map(entry -> new Then(
                        entry, config(key, entry.after().configRevision()).orElse(null)));
    }

    private Optional<ConfigVersion> config(String key, long revision) {
        return configs.getOrDefault(key, List.of()).reversed().stream()
                .filter(version -> version.revision() <= revision)
                .findFirst();
    }

    Past of(String key) {
        return new Past() {
            @Override
            public Optional<ConfigVersion> config(long revision) {
                return InMemoryPast.this.config(key, revision);
            }

            @Override
            public Optional<ObservedOffsets> offsets(String uid) {
                return Optional.ofNullable(offsets.get(key))
                        .filter(found -> found.uid().equals(uid));
            }

            @Override
            public Optional<ObservedOffsets> undo(String uid) {
                return Optional.ofNullable(undos.get(key))
                        .filter(found -> found.uid().equals(uid));
            }

            @Override
            public Optional<Instant> deletion(String uid) {
                return entries.getOrDefault(key, List.of()).stream()
                        .filter(entry -> entry.event().equals("ConnectorDeletionRequested")
                                && entry.after().uid().equals(uid))
                        .map(HistoryEntry::at)
                        .findFirst();
            }
        };
    }
}
