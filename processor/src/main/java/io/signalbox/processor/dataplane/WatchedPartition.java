package io.signalbox.processor.dataplane;

import io.signalbox.processor.domain.ConnectorKey;
import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.Phase;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The latest states of one partition of the connector topic, read without waiting for commits, and of what was decided here before
 * it is in the topic. After an aborted transaction
 * they are written once more, from the first on that was not committed, and with the times of the commands that led to them:
 * such older states are passed over. Revisions of a name go on when it is used again, so that they tell what is older.
 */
final class WatchedPartition {

    /** Much longer than any transaction may be open. */
    private static final long REMEMBERED_MS = Duration.ofMinutes(10).toMillis();

    /**
     * @param revision the last one that was seen
     * @param at when the command came that removed it, by the log's clock
     */
    private record Removed(long revision, long at) {}

    private final Map<ConnectorKey, ConnectorState> states = new LinkedHashMap<>();
    private final Map<ConnectorKey, Removed> removed = new LinkedHashMap<>();

    /**
     * @param state null when it was removed
     * @param at the record's time, in ms
     * @return whether this is news: not what is known already, as what was decided here is when it is read
     */
    boolean apply(ConnectorKey key, ConnectorState state, long at) {
        if (state == null || state.phase() == Phase.DELETED) {
            var known = states.remove(key);
            if (known != null) {
                remember(key, new Removed(known.revision(), at));
            }
            return true;
        }
        if (older(key, state, at)) {
            return false;
        }
        removed.remove(key);
        states.put(key, state);
        return true;
    }

    private boolean older(ConnectorKey key, ConnectorState state, long at) {
        var known = states.get(key);
        if (known != null) {
            return state.revision() <= known.revision();
        }
        var gone = removed.get(key);
        return gone != null && state.revision() <= gone.revision() && at <= gone.at();
    }

    private void remember(ConnectorKey key, Removed now) {
        removed.values().removeIf(before -> now.at() - before.at() > REMEMBERED_MS);
        removed.put(key, now);
    }

    Optional<ConnectorState> find(ConnectorKey key) {
        return Optional.ofNullable(states.get(key));
    }

    List<ConnectorKey> keys() {
        return List.copyOf(states.keySet());
    }

    List<ConnectorState> states() {
        return List.copyOf(states.values());
    }
}
