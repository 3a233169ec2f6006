package io.signalbox.processor.domain;

import static io.signalbox.processor.domain.Decision.accept;

import io.signalbox.processor.domain.Command.PipelineReport;
import io.signalbox.processor.domain.Command.ReportPipelinePrepared;
import io.signalbox.processor.domain.Command.ReportPipelineRemoved;
import io.signalbox.processor.domain.Command.ReportPipelineResealed;
import io.signalbox.processor.domain.Command.ReportPipelineStatus;
import io.signalbox.processor.domain.Command.ReportPipelineTask;
import io.signalbox.processor.domain.Command.TickPipeline;
import io.signalbox.processor.domain.Event.PipelineCompleted;
import io.signalbox.processor.domain.Event.PipelineDeleted;
import io.signalbox.processor.domain.Event.PipelineFailed;
import io.signalbox.processor.domain.Event.PipelinePhaseChanged;
import io.signalbox.processor.domain.Event.PipelinePrepared;
import io.signalbox.processor.domain.Event.PipelineResealed;
import io.signalbox.processor.domain.Event.PipelineRunStarted;
import io.signalbox.processor.domain.PipelineStatus.State;
import io.signalbox.processor.domain.PipelineStatus.Status;
import io.signalbox.processor.domain.Run.Cause;
import java.time.Instant;

/** What becomes of what a conductor says: an event where it is news of what is now, else nothing. It is never refused. */
final class PipelineReportDecider {

    private PipelineReportDecider() {}

    static Decision decide(PipelineState now, CommandEnvelope envelope, PipelineReport report, Instant at) {
        if (!PipelineDecider.present(now) || !now.uid().equals(report.uid())) {
            return accept();
        }
        return switch (report) {
            case ReportPipelinePrepared r ->
                now.run() != null && now.runs(r.runId()) && !now.run().ready()
                        ? accept(new PipelinePrepared(r.runId(), r.settings(), r.warning()))
                        : accept();
            case ReportPipelineStatus r ->
                now.runs(r.runId()) && !r.status().same(now.status())
                        ? accept(observed(r.runId(), r.status()))
                        : accept();
            case TickPipeline r -> tick(now, envelope, r, at);
            case ReportPipelineResealed r ->
                now.definitionRevision() == r.definitionRevision()
                                && !(now.definition().equals(r.definition())
                                        && now.plan().equals(r.plan()))
                        ? accept(new PipelineResealed(r.definition(), r.plan()))
                        : accept();
            case ReportPipelineTask r -> now.goal().leaving() ? accept() : PipelineTaskDecider.report(now, r, at);
            case ReportPipelineRemoved r ->
                now.goal().leaving() ? accept(new PipelineDeleted(now.uid(), r.leftBehind())) : accept();
        };
    }

    private static Event observed(String runId, PipelineStatus status) {
        if (status.status() == Status.FAILED) {
            return new PipelineFailed(runId, status);
        }
        return status.state() == State.COMPLETE && status.status() == Status.COMPLETE
                ? new PipelineCompleted(runId, status)
                : new PipelinePhaseChanged(runId, status);
    }

    /** A run that is not over is not broken off, and a second one for the same moment is none. */
    private static Decision tick(PipelineState now, CommandEnvelope envelope, TickPipeline tick, Instant at) {
        boolean wanted = now.goal() == Goal.RUN
                && now.plan().schedule() != null
                && now.run() != null
                && now.status().over()
                && tick.due().isAfter(now.run().anchor());
        return wanted
                ? accept(new PipelineRunStarted(
                        PipelineDecider.nextRun(now, envelope, at), Cause.SCHEDULE, tick.due(), true))
                : accept();
    }
}
