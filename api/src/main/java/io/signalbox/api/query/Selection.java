package io.signalbox.api.query;

import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.RunState;
import java.util.Locale;
import java.util.Set;

/**
 * Which connectors of a cluster a list is to hold.
 *
 * @param after only names behind this one; null: from the first
 * @param limit how many at most, from 1
 * @param states only those that are seen, or one of whose tasks is seen, in one of these; empty: whatever they do
 * @param text only names that contain this, whatever its case; empty: all
 */
public record Selection(String after, int limit, Set<RunState> states, String text) {

    public static final Selection ALL = new Selection(null, Integer.MAX_VALUE, Set.of(), "");

    public Selection {
        states = Set.copyOf(states);
        text = text.toLowerCase(Locale.ROOT);
    }

    /** The same, further on. */
    public Selection behind(String name) {
        return new Selection(name, limit, states, text);
    }

    /** The same with a larger limit, if it is a smaller one. */
    public Selection ofAtLeast(int least) {
        return new Selection(after, Math.max(limit, least), states, text);
    }

    /** The same with a smaller limit, if it is a larger one. */
    public Selection ofAtMost(int most) {
        return new Selection(after, Math.min(limit, most), states, text);
    }

    public boolean everything() {
        return equals(ALL);
    }

    /** Whether it belongs to the list, as far as that does not depend on its place in it. */
    public boolean has(ConnectorState state) {
        return state.active() && named(state.key().connector()) && seen(state);
    }

    private boolean named(String name) {
        return text.isEmpty() || name.toLowerCase(Locale.ROOT).contains(text);
    }

    private boolean seen(ConnectorState state) {
        if (states.isEmpty()) {
            return true;
        }
        var status = state.shownStatus();
        return status != null
                && (states.contains(status.state())
                        || status.tasks().stream().anyMatch(task -> states.contains(task.state())));
    }
}
