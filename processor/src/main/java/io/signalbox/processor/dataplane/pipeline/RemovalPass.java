package io.signalbox.processor.dataplane.pipeline;

import io.signalbox.processor.dataplane.systems.SystemException;
import io.signalbox.processor.dataplane.systems.SystemException.Kind;
import io.signalbox.processor.domain.Command.ReportPipelineRemoved;
import io.signalbox.processor.domain.Config;
import io.signalbox.processor.domain.Goal;
import io.signalbox.processor.domain.PipelineState;
import io.signalbox.processor.domain.PipelineStatus;
import io.signalbox.processor.domain.PipelineStatus.Component;
import io.signalbox.processor.domain.PipelineStatus.State;
import io.signalbox.processor.domain.PipelineStatus.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One look at a pipeline that is to go, with its connectors, offsets, slot, publication, topics and group. By force, a step that fails,
 * or takes too long, is left after one try, and named. What is shared with an older pipeline of nearly the same name is that one's.
 */
final class RemovalPass {

    private static final Logger LOG = LoggerFactory.getLogger(RemovalPass.class);

    private final Tools tools;
    private final Memory memory;
    private final Hands hands;
    private final Reports reports;
    private final Secrets secrets;
    private final List<String> left = new ArrayList<>();

    RemovalPass(Tools tools, Memory memory, Hands hands, Reports reports, Secrets secrets) {
        this.tools = tools;
        this.memory = memory;
        this.hands = hands;
        this.reports = reports;
        this.secrets = secrets;
    }

    /** @return when to look again */
    Duration pass(PipelineState now) {
        if (!memory.began("removal")) {
            memory.begin("removal");
            left.clear();
        }
        if (connectors(now) && shared(now)) {
            reports.once(now, new ReportPipelineRemoved(now.uid(), left));
        }
        return now.goal() == Goal.FORCE_DELETE ? tools.pace().moving() : memory.paceOf("removal");
    }

    private boolean connectors(PipelineState now) {
        var source = now.key().source();
        var sink = now.key().sink();
        return step(now, null, "the source to stop", () -> hands.stopped(now, source))
                && step(now, null, "the sink to empty the topics", () -> drained(now))
                && step(
                        now,
                        "offsets of " + source.connector(),
                        "its offsets to be reset",
                        () -> hands.stopped(now, source) && hands.reset(now, source))
                && step(
                        now,
                        "connectors " + source.connector() + " and " + sink.connector(),
                        "its connectors to go",
                        () -> hands.gone(now, source) & hands.gone(now, sink));
    }

    private boolean shared(PipelineState now) {
        if (Belongings.rival(now, tools.all().get()).isPresent()) {
            return true;
        }
        var has = new Belongings(now);
        String slot = "slot "
                + now.source().values().getOrDefault("slot.name", now.key().slot());
        return step(now, slot, "its slot to be dropped", () -> atSource(now, tools.systems()::dropSlot))
                && has.publication()
                        .map(name -> step(
                                now,
                                "publication " + name,
                                "its publication to be dropped",
                                () -> publication(now, name, left.contains(slot))))
                        .orElse(true)
                && step(
                        now,
                        "topics " + has.prefix() + "*",
                        "its topics to be deleted",
                        () -> onKafka(() -> tools.topics().delete(has.prefix(), has.others())))
                && step(
                        now,
                        "groups " + has.groups(),
                        "its consumer groups to be deleted",
                        () -> onKafka(() -> has.groups().forEach(tools.topics()::deleteGroup)));
    }

    /** @param away whether the source did not do the step before: then it is not waited for once more */
    private boolean publication(PipelineState now, String name, boolean away) {
        if (away) {
            throw new StepFailedException(Component.SOURCE, "the slot was not dropped either", false);
        }
        return atSource(now, source -> tools.systems().dropPublication(Belongings.withPublication(source, name)));
    }

    /**
     * @param what is left if it is not done, by force; null when that leaves nothing
     * @param awaited in words, after "waiting for"
     * @param done whether it is
     * @return whether to go on
     */
    private boolean step(PipelineState now, String what, String awaited, BooleanSupplier done) {
        if (memory.began("over " + awaited)) {
            return true;
        }
        boolean force = now.goal() == Goal.FORCE_DELETE;
        Duration takes = memory.since(awaited);
        try {
            if (done.getAsBoolean()) {
                memory.begin("over " + awaited);
                return true;
            }
        } catch (StepFailedException e) {
            if (!force) {
                throw e;
            }
            leave(now, what, awaited, secrets.redacted(now, e.getMessage()));
            return true;
        }
        if (force && takes.compareTo(tools.pace().force()) >= 0) {
            leave(now, what, awaited, "it took too long");
            return true;
        }
        if (takes.compareTo(tools.pace().word()) > 0) {
            reports.status(
                    now,
                    new PipelineStatus(
                            State.SHUTDOWN, Status.WARNING, "Waiting for " + awaited, Component.CONNECTOR, null, null));
        }
        return false;
    }

    private void leave(PipelineState now, String what, String awaited, String reason) {
        memory.begin("over " + awaited);
        if (what != null) {
            left.add(what);
        }
        LOG.warn(
                "pipeline={} step=remove waiting=\"{}\" result=left left=\"{}\" reason=\"{}\"",
                now.key(),
                awaited,
                what,
                reason.replaceAll("\\p{Cntrl}", " "));
    }

    /** What is in the topics reaches the target, if that takes a moment only. */
    private boolean drained(PipelineState now) {
        var sink = hands.find(now.key().sink());
        if (now.plan().sink() == null || sink == null || !Sighting.running(sink)) {
            return true;
        }
        var has = new Belongings(now);
        return memory.since("drain").compareTo(tools.pace().drain()) >= 0
                || tools.topics().lag(has.group(), has.read()) == 0;
    }

    private boolean atSource(PipelineState now, Consumer<Config> step) {
        Config source = secrets.source(now);
        hands.requireCurrent(now);
        try {
            step.accept(source);
            return true;
        } catch (SystemException e) {
            throw new StepFailedException(Component.SOURCE, e.getMessage(), e.kind() == Kind.REFUSED);
        }
    }

    private static boolean onKafka(Runnable step) {
        try {
            step.run();
            return true;
        } catch (RuntimeException e) {
            throw new StepFailedException(Component.BUFFER, "Kafka: " + e.getMessage(), false);
        }
    }
}
