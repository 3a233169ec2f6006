package io.signalbox.processor.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** A copy of a {@link PipelineState} as it is after one more event: what the fold writes with. */
final class PipelineEdit {

    private final PipelineState from;
    private final RecordedEvent recorded;
    private String definition;
    private long definitionRevision;
    private PipelinePlan plan;
    private Goal goal;
    private Run run;
    private PipelineStatus status;
    private List<PipelineMoment> history;
    private List<String> leftBehind;
    private List<PipelineTask> tasks;

    PipelineEdit(PipelineState from, RecordedEvent recorded) {
        this.from = from;
        this.recorded = recorded;
        definition = from.definition();
        definitionRevision = from.definitionRevision();
        plan = from.plan();
        goal = from.goal();
        run = from.run();
        status = from.status();
        history = from.history();
        leftBehind = from.leftBehind();
        tasks = from.tasks();
    }

    PipelineEdit definition(String to, PipelinePlan with) {
        definitionRevision = recorded.revision();
        return texts(to, with);
    }

    /** The same definition in other texts: who knows its revision still knows it. */
    PipelineEdit texts(String to, PipelinePlan with) {
        definition = to;
        plan = with;
        return this;
    }

    PipelineEdit goal(Goal to) {
        goal = to;
        return this;
    }

    /** Before its first status. */
    PipelineEdit run(Run to) {
        run = to;
        return this;
    }

    PipelineEdit status(PipelineStatus to) {
        status = to.at(recorded.at());
        var longer = new ArrayList<>(history);
        longer.add(new PipelineMoment(recorded.id(), run == null ? null : run.id(), status));
        history = longer.subList(Math.max(0, longer.size() - PipelineState.HISTORY), longer.size());
        return this;
    }

    /** What is over gives way to it, the oldest first. */
    PipelineEdit task(PipelineTask created) {
        var all = new ArrayList<>(tasks);
        all.add(created);
        for (int i = 0; all.size() > PipelineState.TASKS && i < all.size(); ) {
            if (all.get(i).state().open()) {
                i++;
            } else {
                all.remove(i);
            }
        }
        tasks = all;
        return this;
    }

    PipelineEdit task(String id, UnaryOperator<PipelineTask> change) {
        return tasks(task -> task.id().equals(id) ? change.apply(task) : task);
    }

    PipelineEdit tasks(UnaryOperator<PipelineTask> change) {
        tasks = tasks.stream().map(change).toList();
        return this;
    }

    /** Nothing is kept of what it was but its last run. */
    PipelineEdit gone(List<String> what) {
        definition = "";
        plan = PipelinePlan.NONE;
        goal = Goal.GONE;
        history = List.of();
        tasks = List.of();
        leftBehind = what;
        return this;
    }

    PipelineState done() {
        return new PipelineState(
                from.key(),
                from.uid(),
                definition,
                definitionRevision,
                plan,
                goal,
                run,
                status,
                history,
                recorded.revision(),
                from.createdAt(),
                recorded.at(),
                leftBehind,
                tasks);
    }
}
