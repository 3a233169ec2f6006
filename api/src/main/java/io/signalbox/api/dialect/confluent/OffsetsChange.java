package io.signalbox.api.dialect.confluent;

import io.signalbox.api.query.ConnectorQueries;
import io.signalbox.api.query.HistoryPage;
import io.signalbox.api.query.KnownOffsets;
import io.signalbox.api.query.Reading;
import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.HistoryEntry;
import io.signalbox.processor.topology.UndoImage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The change of a connector's offsets that was asked for last, by whichever API, and what became of it: all from the history and from
 * what an undo needs.
 *
 * @param asked the offsets that were asked for, a JSON array of {@code {"partition":…,"offset":…}}; none for a reset
 * @param before what they were before it, likewise; none when it is not over, failed, or that could not be read
 * @param end null while it is under way
 */
record OffsetsChange(HistoryEntry request, String asked, String before, HistoryEntry end) {

    private static final String NONE = "[]";
    private static final int PAGE = 100;
    private static final String FAILED = "OffsetsChangeFailed";
    private static final String RESET = "ResetOffsetsRequested";
    private static final Set<String> REQUESTS = Set.of("AlterOffsetsRequested", RESET);
    private static final Set<String> ENDS = Set.of("OffsetsAltered", "OffsetsReset", FAILED);

    /** @return empty when nobody asked for any, of this incarnation */
    static Optional<OffsetsChange> last(ConnectorQueries queries, ConnectorState state, Reading reading) {
        HistoryEntry end = null;
        long before = Long.MAX_VALUE;
        while (true) {
            List<HistoryEntry> page = queries.history(state.key(), new HistoryPage(before, PAGE, false), reading);
            for (HistoryEntry entry : page) {
                if (!entry.after().uid().equals(state.uid())) {
                    return Optional.empty();
                }
                if (ENDS.contains(entry.event())) {
                    end = entry;
                }
                if (REQUESTS.contains(entry.event())) {
                    return Optional.of(of(queries, state, entry, end, reading));
                }
            }
            if (page.size() < PAGE) {
                return Optional.empty();
            }
            before = page.getLast().revision();
        }
    }

    private static OffsetsChange of(
            ConnectorQueries queries, ConnectorState state, HistoryEntry request, HistoryEntry end, Reading reading) {
        var asked =
                known(queries, state, KnownOffsets.ASKED, request.at(), reading).orElse(NONE);
        boolean changed = end != null && !end.event().equals(FAILED);
        var before = changed
                ? known(queries, state, KnownOffsets.UNDO, end.at(), reading)
                        .map(UndoImage::before)
                        .orElse(NONE)
                : NONE;
        return new OffsetsChange(request, asked, before, end);
    }

    /** Those of this very change: a later one may have come meanwhile. */
    private static Optional<String> known(
            ConnectorQueries queries, ConnectorState state, KnownOffsets which, Instant at, Reading reading) {
        return queries.offsets(state.key(), which, reading)
                .filter(found -> found.uid().equals(state.uid()) && found.at().equals(at))
                .map(found -> found.offsets());
    }

    /** Whether all offsets were to be forgotten. */
    boolean reset() {
        return request.event().equals(RESET);
    }

    /** What clients wait with, and for. */
    String phase() {
        if (end == null) {
            return "PENDING";
        }
        return end.event().equals(FAILED) ? "FAILED" : "APPLIED";
    }
}
