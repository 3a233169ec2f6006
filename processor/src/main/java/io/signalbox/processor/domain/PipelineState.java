package io.signalbox.processor.domain;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * Everything that the log says of one pipeline.
 *
 * @param uid the id of the command that created this incarnation
 * @param definition what was asked for, in its dialect's own form, normalised; its secrets are sealed
 * @param definitionRevision the revision at which the definition became what it is
 * @param plan what follows from the definition
 * @param run the present one, or the last; null before the first
 * @param history the last {@value #HISTORY} statuses, the newest last
 * @param revision counts events, from 1
 * @param leftBehind what could not be removed when it was last deleted by force
 * @param tasks the newest {@value #TASKS}, the newest last
 */
public record PipelineState(
        PipelineKey key,
        String uid,
        String definition,
        long definitionRevision,
        PipelinePlan plan,
        Goal goal,
        Run run,
        PipelineStatus status,
        List<PipelineMoment> history,
        long revision,
        Instant createdAt,
        Instant updatedAt,
        List<String> leftBehind,
        List<PipelineTask> tasks) {

    public static final int HISTORY = 100;
    public static final int TASKS = 100;

    public PipelineState {
        history = List.copyOf(history);
        leftBehind = List.copyOf(leftBehind);
        tasks = List.copyOf(tasks);
    }

    /** Whether callers should see it; also while it is on its way out. */
    public boolean present() {
        return goal != Goal.GONE;
    }

    /** The config of the source connector as this run is to have it. */
    public Config source() {
        return run == null
                ? plan.source()
                : plan.source().patched(run.settings().values());
    }

    /** The sealed texts of all its secrets. */
    public Stream<String> sealed() {
        var sink = plan.sink() == null ? Stream.<String>empty() : plan.sink().values().values().stream();
        var configs =
                Stream.concat(plan.source().values().values().stream(), sink).filter(Sealed::is);
        return Stream.concat(configs, Sealed.in(definition));
    }

    /** Whether a report about that run is about what is now. */
    boolean runs(String runId) {
        return run == null ? runId == null : run.id().equals(runId);
    }

    /** The definition has secrets in it, sealed, and a lot beside. */
    @Override
    public String toString() {
        return "PipelineState[" + key + " revision=" + revision + " goal=" + goal + " run=" + run + " status=" + status
                + "]";
    }
}
