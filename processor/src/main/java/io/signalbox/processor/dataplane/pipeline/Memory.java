package io.signalbox.processor.dataplane.pipeline;

import io.signalbox.processor.domain.PipelineState;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a conductor remembers of a pipeline between two looks: how long something lasts, and how often something was tried. It is of
 * one run with one goal. Whoever begins without it does the same, perhaps once more.
 */
final class Memory {

    private final Pace pace;
    private final Map<String, Long> since = new HashMap<>();
    private final Map<String, Integer> counts = new HashMap<>();
    private List<Object> about = List.of();

    Memory(Pace pace) {
        this.pace = pace;
    }

    /** What was remembered of another run, goal or definition is forgotten. */
    void of(PipelineState now) {
        List<Object> is = List.of(
                now.uid(),
                now.goal(),
                now.definitionRevision(),
                now.run() == null ? "" : now.run().id());
        if (!is.equals(about)) {
            about = is;
            since.clear();
            counts.clear();
        }
    }

    /** Begins to count if it did not yet. */
    Duration since(String what) {
        return Duration.ofNanos(pace.nanos().getAsLong()
                - since.computeIfAbsent(what, any -> pace.nanos().getAsLong()));
    }

    /** Whether it began, and not longer ago than this. */
    boolean within(String what, Duration time) {
        return since.containsKey(what) && since(what).compareTo(time) < 0;
    }

    /** How soon to look again at what is waited for: what takes long is looked at less often. */
    Duration paceOf(String what) {
        return since(what).compareTo(pace.word()) > 0 ? pace.steady() : pace.moving();
    }

    boolean began(String what) {
        return since.containsKey(what);
    }

    /** Begins to count anew. */
    void begin(String what) {
        since.put(what, pace.nanos().getAsLong());
    }

    void forget(String what) {
        since.remove(what);
    }

    int count(String what) {
        return counts.getOrDefault(what, 0);
    }

    void count(String what, int to) {
        counts.put(what, to);
    }
}
