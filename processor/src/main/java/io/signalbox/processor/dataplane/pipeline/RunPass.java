package io.signalbox.processor.dataplane.pipeline;

import io.signalbox.processor.dataplane.pipeline.Phases.Phase;
import io.signalbox.processor.domain.Command.TickPipeline;
import io.signalbox.processor.domain.ConnectorKey;
import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.ConnectorType;
import io.signalbox.processor.domain.PipelineState;
import io.signalbox.processor.domain.PipelineStatus;
import io.signalbox.processor.domain.PipelineStatus.Component;
import io.signalbox.processor.domain.PipelineStatus.State;
import io.signalbox.processor.domain.PipelineStatus.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One look at a pipeline that is to run. */
final class RunPass {

    private static final String WAITING = "waiting";

    private static final Sweeps.Story NOTHING = new Sweeps.Story(false, null);

    /** Since when its source said that it has copied. */
    private static final String TOLD = "told";

    private final Tools tools;
    private final Memory memory;
    private final Hands hands;
    private final Reports reports;
    private final Troubles troubles;
    private final Preparation preparation;
    private final Finish finish;
    private final Sweep sweep;
    private final ForgottenCopy forgotten;
    private final Unread unread;
    private final TaskPass tasks;

    RunPass(Tools tools, Memory memory, Hands hands, Reports reports, Troubles troubles, Secrets secrets) {
        this.tools = tools;
        this.memory = memory;
        this.hands = hands;
        this.reports = reports;
        this.troubles = troubles;
        preparation = new Preparation(tools, hands, reports, secrets);
        finish = new Finish(tools, memory, hands, troubles);
        sweep = new Sweep(tools, hands, reports);
        forgotten = new ForgottenCopy(hands, reports);
        unread = new Unread(tools, memory);
        tasks = new TaskPass(tools, memory, hands, reports, secrets);
    }

    /** @return when to look again */
    Duration pass(PipelineState now) {
        if (now.status().over()) {
            return over(now);
        }
        if (!now.run().ready()) {
            preparation.pass(now);
            return tools.pace().moving();
        }
        // Before the sink goes on: it skips what is not there any more, and then nothing shows it.
        unread.look(now);
        boolean known = now.status().state() == State.REALTIME
                && memory.within(TOLD, tools.pace().word());
        Phase phase = known ? Phase.COPIED : phase(now);
        if (!known && phase == Phase.COPIED) {
            var told = told(now);
            if (told.due() && sweep.ready(now)) {
                sweep.pass(now);
                return tools.pace().moving();
            }
            if (told.forgotten() != null && !forgotten.pass(now, told.forgotten())) {
                return tools.pace().moving();
            }
            if (told.due() || told.forgotten() != null) {
                phase = Phase.COPIES;
            } else {
                memory.begin(TOLD);
            }
        }
        if (now.plan().ends() && phase == Phase.COPIED) {
            if (finish.pass(now)) {
                reports.status(now, State.COMPLETE, Status.COMPLETE, Component.CONNECTOR);
            }
            return tools.pace().moving();
        }
        boolean held = tasks.begins(now);
        if (!held) {
            hands.run(now, now.key().source(), now.source(), ConnectorType.SOURCE);
        }
        if (now.plan().sink() == null) {
            // It had one before it was replaced.
            hands.gone(now, now.key().sink());
        } else {
            hands.run(now, now.key().sink(), now.plan().sink(), ConnectorType.SINK);
        }
        return held ? tools.pace().moving() : observe(now, phase);
    }

    /** Complete, waiting for its schedule, or failed for good: it rests, until it is due. */
    private Duration over(PipelineState now) {
        boolean failed = now.status().status() == Status.FAILED;
        if (failed && now.run().ready()) {
            unread.look(now);
        }
        if (failed && now.run().ready() && runs(now)) {
            // Somebody helped it.
            tell(now, seen(now, phase(now)));
        }
        if (!failed) {
            hands.stopped(now, now.key().source());
            hands.stopped(now, now.key().sink());
        }
        if (now.plan().schedule() == null) {
            return tools.pace().steady();
        }
        if (!failed) {
            reports.status(now, State.SCHEDULED, Status.START, Component.CONNECTOR);
        }
        Optional<Instant> due = Schedules.next(now.plan().schedule(), now.run().anchor());
        Instant clock = tools.pace().clock().instant();
        if (due.filter(moment -> !moment.isAfter(clock)).isPresent()) {
            reports.once(now, new TickPipeline(now.uid(), due.get()));
            return tools.pace().moving();
        }
        Duration left = due.map(moment -> Duration.between(clock, moment))
                .orElse(tools.pace().steady());
        return left.compareTo(tools.pace().steady()) < 0 ? left : tools.pace().steady();
    }

    private Duration observe(PipelineState now, Phase phase) {
        boolean well = looksWell(now, now.key().source());
        well &= now.plan().sink() == null || looksWell(now, now.key().sink());
        if (!well) {
            return tools.pace().moving();
        }
        if (!runs(now)) {
            waiting(now);
            tasks.follow(now, false);
            return memory.paceOf(WAITING);
        }
        memory.forget(WAITING);
        troubles.well();
        Optional<PipelineStatus> seen = seen(now, phase);
        tell(now, seen);
        tasks.follow(now, true);
        return seen.isEmpty() ? tools.pace().moving() : tools.pace().steady();
    }

    private void tell(PipelineState now, Optional<PipelineStatus> seen) {
        seen.ifPresent(status -> reports.status(now, status));
    }

    private boolean looksWell(PipelineState now, ConnectorKey key) {
        return troubles.looksWell(now, key, hands.find(key));
    }

    private boolean runs(PipelineState now) {
        return runs(hands.find(now.key().source()))
                && (now.plan().sink() == null || runs(hands.find(now.key().sink())));
    }

    private static boolean runs(ConnectorState state) {
        return state != null && Sighting.running(state);
    }

    /** What moves from one worker to another goes on as it was. */
    private void waiting(PipelineState now) {
        boolean begun = now.status().state() == State.SNAPSHOT || now.status().state() == State.REALTIME;
        if (!begun && memory.since(WAITING).compareTo(tools.pace().word()) > 0) {
            reports.status(
                    now,
                    new PipelineStatus(
                            State.INITIALIZE,
                            Status.START,
                            "Waiting for the workers to run its connectors",
                            Component.CONNECTOR,
                            null,
                            null));
        }
    }

    private Sweeps.Story told(PipelineState now) {
        return new Belongings(now).notifications() == null
                ? NOTHING
                : tools.sweeps().told(now.source());
    }

    /**
     * Whoever follows changes may copy again: a worker that dies soon after the copy has not committed that there was one. One that tells
     * nothing cannot be seen to end.
     */
    private Phase phase(PipelineState now) {
        String topic = new Belongings(now).notifications();
        if (topic == null) {
            return now.plan().ends() ? Phase.UNTOLD : Phase.COPIED;
        }
        Phase told = tools.phases().of(topic);
        return told == Phase.UNTOLD && now.status().state() == State.REALTIME ? Phase.COPIED : told;
    }

    /** @return empty while nothing can be said */
    private Optional<PipelineStatus> seen(PipelineState now, Phase phase) {
        boolean silent = phase == Phase.UNTOLD
                && memory.since("silent").compareTo(tools.pace().untold()) < 0;
        if (silent) {
            return Optional.empty();
        }
        String unwritten = unread.words();
        String warning = Stream.of(unwritten, now.run().warning())
                .filter(Objects::nonNull)
                .collect(Collectors.collectingAndThen(
                        Collectors.joining(". "), words -> words.isEmpty() ? null : words));
        return Optional.of(new PipelineStatus(
                phase == Phase.COPIES || now.plan().ends() ? State.SNAPSHOT : State.REALTIME,
                warning == null ? Status.HEARTBEAT : Status.WARNING,
                warning,
                unwritten == null ? Component.SOURCE : Component.BUFFER,
                null,
                null));
    }
}
