package io.signalbox.processor.domain;

import static io.signalbox.processor.domain.Decision.accept;
import static io.signalbox.processor.domain.Decision.reject;

import io.signalbox.processor.domain.Command.CancelPipelineTask;
import io.signalbox.processor.domain.Command.CreatePipeline;
import io.signalbox.processor.domain.Command.CreatePipelineTask;
import io.signalbox.processor.domain.Command.DeletePipeline;
import io.signalbox.processor.domain.Command.PatchPipeline;
import io.signalbox.processor.domain.Command.PipelineReport;
import io.signalbox.processor.domain.Command.PipelineRequest;
import io.signalbox.processor.domain.Command.ReinitializePipeline;
import io.signalbox.processor.domain.Command.ReplacePipeline;
import io.signalbox.processor.domain.Command.RestartPipeline;
import io.signalbox.processor.domain.Command.RetryPipelineTask;
import io.signalbox.processor.domain.Command.StartPipeline;
import io.signalbox.processor.domain.Command.StopPipeline;
import io.signalbox.processor.domain.Event.PipelineCreated;
import io.signalbox.processor.domain.Event.PipelineDeleteAsked;
import io.signalbox.processor.domain.Event.PipelinePatched;
import io.signalbox.processor.domain.Event.PipelineReplaced;
import io.signalbox.processor.domain.Event.PipelineRunStarted;
import io.signalbox.processor.domain.Event.PipelineStarted;
import io.signalbox.processor.domain.Event.PipelineStopped;
import io.signalbox.processor.domain.Run.Cause;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The rules for one pipeline. Each way into running is a run of its own; what ends by itself begins each of them from nothing, since
 * what was copied halfway or long ago is of no use to it. What was stopped stays so when it is edited.
 */
public final class PipelineDecider {

    private PipelineDecider() {}

    /**
     * @param now null when there never was one
     * @param at the log's time of the command
     */
    public static Decision decide(PipelineState now, CommandEnvelope envelope, Command.OfPipeline command, Instant at) {
        return switch (command) {
            case PipelineReport report -> PipelineReportDecider.decide(now, envelope, report, at);
            case PipelineRequest request -> decide(now, envelope, request, at);
        };
    }

    private static Decision decide(PipelineState now, CommandEnvelope envelope, PipelineRequest request, Instant at) {
        String id = ((PipelineKey) envelope.key()).id();
        if (!envelope.precondition().holds(now)) {
            return reject(
                    RejectionCode.PRECONDITION_FAILED,
                    "Pipeline " + id
                            + (present(now)
                                    ? " is at revision " + now.revision() + ", its definition at "
                                            + now.definitionRevision()
                                    : " does not exist")
                            + ": it is not as the request requires");
        }
        if (!present(now)) {
            return switch (request) {
                case CreatePipeline c -> create(now, envelope, c.definition(), c.plan(), at);
                case ReplacePipeline c -> create(now, envelope, c.definition(), c.plan(), at);
                default -> reject(RejectionCode.NOT_FOUND, "Pipeline " + id + " not found");
            };
        }
        if (now.goal().leaving() && !(request instanceof DeletePipeline)) {
            return reject(RejectionCode.BEING_DELETED, "Pipeline " + id + " is being deleted");
        }
        return switch (request) {
            case CreatePipeline c -> reject(RejectionCode.ALREADY_EXISTS, "Pipeline " + id + " already exists");
            case ReplacePipeline c ->
                define(now, envelope, new PipelineReplaced(c.definition(), c.plan()), c.plan(), Cause.REPLACE, at);
            case PatchPipeline c ->
                define(now, envelope, new PipelinePatched(c.definition(), c.plan()), c.plan(), Cause.PATCH, at);
            case StartPipeline c -> start(now, envelope, at);
            case StopPipeline c -> now.goal() == Goal.STOP ? accept() : accept(new PipelineStopped());
            case RestartPipeline c ->
                run(now, envelope, Cause.RESTART, now.plan().ends(), at);
            case ReinitializePipeline c -> run(now, envelope, Cause.REINITIALIZE, true, at);
            case DeletePipeline c -> delete(now, c.force());
            case CreatePipelineTask c -> PipelineTaskDecider.create(now, envelope, c, at);
            case CancelPipelineTask c -> PipelineTaskDecider.cancel(now, c);
            case RetryPipelineTask c -> PipelineTaskDecider.retry(now, c);
        };
    }

    static boolean present(PipelineState now) {
        return now != null && now.present();
    }

    private static Decision create(
            PipelineState before, CommandEnvelope envelope, String definition, PipelinePlan plan, Instant at) {
        var created = new PipelineCreated(envelope.id(), definition, plan);
        if (plan.disabled()) {
            return accept(created);
        }
        // What an earlier one left behind would be taken for its own.
        boolean reset = before != null && !before.leftBehind().isEmpty();
        return accept(created, runStarted(before, envelope, Cause.CREATE, reset, at));
    }

    /** It runs anew if it runs at all, and not as before. */
    private static Decision define(
            PipelineState now, CommandEnvelope envelope, Event event, PipelinePlan plan, Cause cause, Instant at) {
        if (same(now, event)) {
            return accept();
        }
        boolean goesOn = now.goal() == Goal.RUN && plan.runsLike(now.plan());
        boolean staysStopped = now.goal() == Goal.STOP && !now.plan().disabled();
        if (plan.disabled() || goesOn || staysStopped) {
            return accept(event);
        }
        // What was copied once is of no use to what follows changes, nor the other way round.
        boolean reset = now.run() != null && (plan.ends() || now.plan().ends());
        return accept(event, runStarted(now, envelope, cause, reset, at));
    }

    private static boolean same(PipelineState now, Event event) {
        return event.equals(new PipelineReplaced(now.definition(), now.plan()))
                || event.equals(new PipelinePatched(now.definition(), now.plan()));
    }

    /** What is complete, or failed for good, does not run; what waits for its schedule does. */
    private static Decision start(PipelineState now, CommandEnvelope envelope, Instant at) {
        boolean over = now.status().over() && now.status().state() != PipelineStatus.State.SCHEDULED;
        return now.goal() == Goal.RUN && !over
                ? accept()
                : run(now, envelope, Cause.START, now.plan().ends() && now.run() != null, at);
    }

    private static Decision run(PipelineState now, CommandEnvelope envelope, Cause cause, boolean reset, Instant at) {
        if (now.plan().disabled()) {
            return reject(
                    RejectionCode.DISABLED, "Pipeline " + now.key().id() + " is disabled, and has to be enabled first");
        }
        List<Event> events = new ArrayList<>();
        if (now.goal() == Goal.STOP) {
            events.add(new PipelineStarted());
        }
        events.add(runStarted(now, envelope, cause, reset, at));
        return accept(events);
    }

    private static PipelineRunStarted runStarted(
            PipelineState now, CommandEnvelope envelope, Cause cause, boolean reset, Instant at) {
        // A reset that is not done yet is still to be done.
        boolean owed = present(now)
                && now.run() != null
                && now.run().reset()
                && !now.run().ready();
        return new PipelineRunStarted(nextRun(now, envelope, at), cause, null, reset || owed);
    }

    static String nextRun(PipelineState now, CommandEnvelope envelope, Instant at) {
        return RunId.next(now == null ? null : now.run(), at, envelope.key() + "\0" + envelope.id());
    }

    private static Decision delete(PipelineState now, boolean force) {
        boolean asked = now.goal() == Goal.FORCE_DELETE || now.goal() == Goal.DELETE && !force;
        return asked ? accept() : accept(new PipelineDeleteAsked(force));
    }
}
