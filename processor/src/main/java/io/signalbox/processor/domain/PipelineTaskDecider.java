package io.signalbox.processor.domain;

import static io.signalbox.processor.domain.Decision.accept;
import static io.signalbox.processor.domain.Decision.reject;

import io.signalbox.processor.domain.Command.CancelPipelineTask;
import io.signalbox.processor.domain.Command.CreatePipelineTask;
import io.signalbox.processor.domain.Command.ReportPipelineTask;
import io.signalbox.processor.domain.Command.RetryPipelineTask;
import io.signalbox.processor.domain.Event.PipelineTaskCancelled;
import io.signalbox.processor.domain.Event.PipelineTaskCreated;
import io.signalbox.processor.domain.Event.PipelineTaskDone;
import io.signalbox.processor.domain.Event.PipelineTaskFailed;
import io.signalbox.processor.domain.Event.PipelineTaskRetried;
import io.signalbox.processor.domain.Event.PipelineTaskStarted;
import io.signalbox.processor.domain.PipelineTask.State;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Predicate;

/** The rules for the tasks of a pipeline that is there, and not on its way out. */
final class PipelineTaskDecider {

    static final String COPIES_ALL = "The pipeline copies all its tables with each run";

    private PipelineTaskDecider() {}

    /** What is still to do is not wanted twice: whoever asks for it again gets the one that there is. */
    static Decision create(PipelineState now, CommandEnvelope envelope, CreatePipelineTask c, Instant at) {
        if (now.plan().disabled()) {
            return reject(
                    RejectionCode.DISABLED, "Pipeline " + now.key().id() + " is disabled, and has to be enabled first");
        }
        if (now.plan().ends()) {
            return reject(RejectionCode.WRONG_TASK_STATE, COPIES_ALL);
        }
        if (now.tasks().stream().anyMatch(task -> task.asks(c.schema(), c.name(), c.database()))) {
            return accept();
        }
        if (now.tasks().stream().filter(task -> task.state().open()).count() >= PipelineState.TASKS) {
            return reject(
                    RejectionCode.TOO_MANY_TASKS,
                    "Pipeline " + now.key().id() + " has " + PipelineState.TASKS
                            + " tasks to do: wait until some are done, or cancel some");
        }
        String newest = now.tasks().isEmpty() ? null : now.tasks().getLast().id();
        String id = RunId.after(newest, at, envelope.key() + "\0task\0" + envelope.id());
        return accept(new PipelineTaskCreated(id, c.schema(), c.name(), c.database()));
    }

    static Decision cancel(PipelineState now, CancelPipelineTask c) {
        return change(
                now,
                c.taskId(),
                state -> state == State.PENDING,
                "only one that is pending can be cancelled",
                new PipelineTaskCancelled(c.taskId()));
    }

    static Decision retry(PipelineState now, RetryPipelineTask c) {
        return change(
                now,
                c.taskId(),
                state -> state == State.PENDING || state == State.FAILED,
                "only one that is pending or failed can be tried again",
                new PipelineTaskRetried(c.taskId()));
    }

    private static Decision change(
            PipelineState now, String id, Predicate<State> legal, String otherwise, Event.OfPipeline event) {
        var task = PipelineTask.of(now.tasks(), id);
        if (task.isEmpty()) {
            return reject(RejectionCode.UNKNOWN_TASK, "Pipeline " + now.key().id() + " has no task " + id);
        }
        State state = task.get().state();
        if (event instanceof PipelineTaskRetried && now.plan().ends()) {
            return reject(RejectionCode.WRONG_TASK_STATE, COPIES_ALL);
        }
        return legal.test(state)
                ? accept(event)
                : reject(
                        RejectionCode.WRONG_TASK_STATE,
                        "Task " + id + " is " + state.name().toLowerCase(Locale.ROOT) + ": " + otherwise);
    }

    /** It counts when it is about the try that is under way, or about the next one of a task that waits; one is done at a time. */
    static Decision report(PipelineState now, ReportPipelineTask r, Instant at) {
        var task = PipelineTask.of(now.tasks(), r.taskId()).orElse(null);
        boolean next = task != null && task.state() == State.PENDING && r.attempt() == task.attempt() + 1;
        boolean underWay = task != null && task.state() == State.RUNNING && r.attempt() == task.attempt();
        return switch (r.state()) {
            case RUNNING ->
                next && now.tasks().stream().noneMatch(each -> each.state() == State.RUNNING)
                        ? accept(new PipelineTaskStarted(r.taskId(), r.attempt()))
                        : accept();
            case DONE -> underWay ? accept(new PipelineTaskDone(r.taskId(), r.attempt())) : accept();
            case FAILED ->
                next || underWay
                        ? accept(new PipelineTaskFailed(
                                r.taskId(),
                                r.attempt(),
                                r.reason(),
                                r.retryAfterMs() == null ? null : at.plusMillis(r.retryAfterMs())))
                        : accept();
            case PENDING, CANCELLED -> accept();
        };
    }
}
