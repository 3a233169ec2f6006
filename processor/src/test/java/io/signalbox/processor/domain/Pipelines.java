package io.signalbox.processor.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One pipeline and its log, by the real rules. */
final class Pipelines {

    static final PipelineKey KEY = new PipelineKey("default", "local", "orders");
    static final Instant START = Instant.parse("2026-11-21T10:00:00Z");
    static final PipelinePlan FOLLOWS = plan("1", false, null, false);
    static final PipelinePlan COPIES = plan("1", true, null, false);

    private final List<Event> told = new ArrayList<>();
    private PipelineState now;
    private Instant clock = START;
    private int commands;

    /** @param detail something of the source's config */
    static PipelinePlan plan(String detail, boolean ends, Schedule schedule, boolean disabled) {
        return new PipelinePlan(
                Config.of(Map.of("connector.class", "Source", "detail", detail)),
                Config.of(Map.of("connector.class", "Sink")),
                ends,
                schedule,
                disabled,
                true);
    }

    static PipelinePlan disabled(PipelinePlan plan) {
        return new PipelinePlan(plan.source(), plan.sink(), plan.ends(), plan.schedule(), true, plan.ownsPublication());
    }

    PipelineState now() {
        return now;
    }

    Instant clock() {
        return clock;
    }

    /** What the last command made. */
    List<Event> told() {
        return told;
    }

    Pipelines pass(Duration time) {
        clock = clock.plus(time);
        return this;
    }

    Decision decide(Command.OfPipeline command, Precondition condition) {
        var envelope = new CommandEnvelope("c" + ++commands, KEY, "ann", command, condition);
        var decision = PipelineDecider.decide(now, envelope, command, clock);
        if (!decision.equals(PipelineDecider.decide(now, envelope, command, clock))) {
            throw new AssertionError("Decided otherwise the second time: " + command);
        }
        told.clear();
        if (decision instanceof Decision.Accepted accepted) {
            for (Event event : accepted.events()) {
                long revision = now == null ? 1 : now.revision() + 1;
                var recorded = new RecordedEvent("e" + revision, KEY, revision, clock, envelope.id(), "ann", event);
                now = PipelineFold.fold(now, recorded, (Event.OfPipeline) event);
                told.add(event);
            }
        }
        return decision;
    }

    /** It must be taken. */
    Pipelines does(Command.OfPipeline command) {
        pass(Duration.ofMillis(1));
        if (decide(command, Precondition.NONE) instanceof Decision.Rejected refused) {
            throw new AssertionError(command + ": " + refused);
        }
        return this;
    }

    RejectionCode refuses(Command.OfPipeline command) {
        return refuses(command, Precondition.NONE);
    }

    RejectionCode refuses(Command.OfPipeline command, Precondition condition) {
        return decide(command, condition) instanceof Decision.Rejected refused
                ? refused.rejection().code()
                : null;
    }

    Pipelines sees(PipelineStatus.State state, PipelineStatus.Status status) {
        String run = now.run() == null ? null : now.run().id();
        return does(new Command.ReportPipelineStatus(
                now.uid(), run, PipelineStatus.of(state, status, PipelineStatus.Component.SOURCE)));
    }

    Pipelines prepared() {
        return does(new Command.ReportPipelinePrepared(now.uid(), now.run().id(), Config.of(Map.of()), null));
    }
}
