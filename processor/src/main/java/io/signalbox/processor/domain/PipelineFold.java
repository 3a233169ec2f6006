package io.signalbox.processor.domain;

import io.signalbox.processor.domain.Event.PipelineCreated;
import io.signalbox.processor.domain.Event.PipelineDeleteAsked;
import io.signalbox.processor.domain.Event.PipelineDeleted;
import io.signalbox.processor.domain.Event.PipelineObserved;
import io.signalbox.processor.domain.Event.PipelinePatched;
import io.signalbox.processor.domain.Event.PipelinePrepared;
import io.signalbox.processor.domain.Event.PipelineReplaced;
import io.signalbox.processor.domain.Event.PipelineResealed;
import io.signalbox.processor.domain.Event.PipelineRunStarted;
import io.signalbox.processor.domain.Event.PipelineStarted;
import io.signalbox.processor.domain.Event.PipelineStopped;
import io.signalbox.processor.domain.Event.PipelineTaskCancelled;
import io.signalbox.processor.domain.Event.PipelineTaskCreated;
import io.signalbox.processor.domain.Event.PipelineTaskDone;
import io.signalbox.processor.domain.Event.PipelineTaskEvent;
import io.signalbox.processor.domain.Event.PipelineTaskFailed;
import io.signalbox.processor.domain.Event.PipelineTaskRetried;
import io.signalbox.processor.domain.Event.PipelineTaskStarted;
import io.signalbox.processor.domain.PipelineStatus.Component;
import io.signalbox.processor.domain.PipelineStatus.State;
import io.signalbox.processor.domain.PipelineStatus.Status;
import java.util.List;
import java.util.Map;

/** The pipeline after an event. */
public final class PipelineFold {

    private static final Config NO_SETTINGS = Config.of(Map.of());

    private PipelineFold() {}

    /** @param now null before the first event of the key */
    public static PipelineState fold(PipelineState now, RecordedEvent recorded, Event.OfPipeline event) {
        return switch (event) {
            case PipelineCreated e -> created(recorded, e);
            case PipelineReplaced e -> defined(now, recorded, e.definition(), e.plan());
            case PipelinePatched e -> defined(now, recorded, e.definition(), e.plan());
            case PipelineStarted e ->
                new PipelineEdit(now, recorded).goal(Goal.RUN).done();
            case PipelineStopped e ->
                new PipelineEdit(now, recorded)
                        .goal(Goal.STOP)
                        .status(own(State.SHUTDOWN, Status.START))
                        .done();
            case PipelineRunStarted e ->
                new PipelineEdit(now, recorded)
                        .goal(Goal.RUN)
                        // What it was copied into is deleted.
                        .tasks(e.reset() ? PipelineTask::again : task -> task)
                        .run(new Run(e.runId(), e.cause(), recorded.at(), e.due(), false, e.reset(), NO_SETTINGS, null))
                        .status(own(State.START, Status.START))
                        .done();
            case PipelinePrepared e ->
                new PipelineEdit(now, recorded)
                        .run(now.run().prepared(e.settings(), e.warning()))
                        .done();
            case PipelineObserved e ->
                new PipelineEdit(now, recorded).status(e.status()).done();
            case PipelineResealed e ->
                new PipelineEdit(now, recorded).texts(e.definition(), e.plan()).done();
            case PipelineDeleteAsked e ->
                new PipelineEdit(now, recorded)
                        .goal(e.force() ? Goal.FORCE_DELETE : Goal.DELETE)
                        .status(own(State.SHUTDOWN, Status.START))
                        .done();
            case PipelineDeleted e ->
                new PipelineEdit(now, recorded).gone(e.leftBehind()).done();
            case PipelineTaskEvent e -> task(new PipelineEdit(now, recorded), recorded, e);
        };
    }

    private static PipelineState task(PipelineEdit edit, RecordedEvent recorded, PipelineTaskEvent event) {
        var changed = switch (event) {
            case PipelineTaskCreated e ->
                edit.task(PipelineTask.created(e.taskId(), e.schema(), e.name(), e.database(), recorded.at()));
            case PipelineTaskStarted e -> edit.task(e.taskId(), task -> task.started(e.attempt()));
            case PipelineTaskDone e -> edit.task(e.taskId(), PipelineTask::done);
            case PipelineTaskFailed e ->
                edit.task(e.taskId(), task -> task.failed(e.attempt(), e.reason(), e.nextAttemptAt()));
            case PipelineTaskRetried e -> edit.task(e.taskId(), PipelineTask::retried);
            case PipelineTaskCancelled e -> edit.task(e.taskId(), PipelineTask::cancelled);
        };
        return changed.done();
    }

    private static PipelineStatus own(State state, Status status) {
        return PipelineStatus.of(state, status, Component.CONNECTOR);
    }

    private static PipelineState created(RecordedEvent recorded, PipelineCreated e) {
        var blank = new PipelineState(
                (PipelineKey) recorded.key(),
                e.uid(),
                e.definition(),
                recorded.revision(),
                e.plan(),
                Goal.RUN,
                null,
                own(State.START, Status.START).at(recorded.at()),
                List.of(),
                recorded.revision(),
                recorded.at(),
                recorded.at(),
                List.of(),
                List.of());
        return e.plan().disabled()
                ? new PipelineEdit(blank, recorded)
                        .goal(Goal.STOP)
                        .status(own(State.DISABLED, Status.COMPLETE))
                        .done()
                : blank;
    }

    /** Where it is to run again, that it does is another event. */
    private static PipelineState defined(
            PipelineState now, RecordedEvent recorded, String definition, PipelinePlan plan) {
        var edit = new PipelineEdit(now, recorded).definition(definition, plan);
        if (plan.disabled() && !now.plan().disabled()) {
            edit.goal(Goal.STOP).status(own(State.DISABLED, Status.START));
        }
        if (plan.ends()) {
            edit.tasks(task -> task.dropped(PipelineTaskDecider.COPIES_ALL));
        }
        return edit.done();
    }
}
