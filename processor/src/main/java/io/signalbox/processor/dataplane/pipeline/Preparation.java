package io.signalbox.processor.dataplane.pipeline;

import io.signalbox.processor.dataplane.systems.SourceReady;
import io.signalbox.processor.dataplane.systems.SourceReady.LeftOut;
import io.signalbox.processor.dataplane.systems.SystemException;
import io.signalbox.processor.dataplane.systems.SystemException.Kind;
import io.signalbox.processor.domain.Command.ReportPipelinePrepared;
import io.signalbox.processor.domain.Config;
import io.signalbox.processor.domain.ConnectorType;
import io.signalbox.processor.domain.PipelineState;
import io.signalbox.processor.domain.PipelineStatus.Component;
import io.signalbox.processor.domain.PipelineStatus.State;
import io.signalbox.processor.domain.PipelineStatus.Status;
import io.signalbox.processor.domain.Run.Cause;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What a run needs before its connectors run, in order; each step may be done again. */
final class Preparation {

    private final Tools tools;
    private final Hands hands;
    private final Reports reports;
    private final Secrets secrets;

    Preparation(Tools tools, Hands hands, Reports reports, Secrets secrets) {
        this.tools = tools;
        this.hands = hands;
        this.reports = reports;
        this.secrets = secrets;
    }

    /** @throws StepFailedException when something is not done */
    void pass(PipelineState now) {
        if (now.status().status() != Status.RETRY) {
            reports.status(now, State.INITIALIZE, Status.START, Component.CONNECTOR);
        }
        requireNoRival(now);
        if (reports.underway(ReportPipelinePrepared.class) != null) {
            return;
        }
        if (now.run().reset() ? !reset(now) : now.run().cause() == Cause.RESTART && !restarted(now)) {
            return;
        }
        Config source = secrets.source(now);
        hands.requireCurrent(now);
        SourceReady ready = on(
                Component.SOURCE,
                () -> tools.systems().prepareSource(source, now.plan().ownsPublication()));
        if (now.plan().sink() != null) {
            Config sink = secrets.sink(now);
            on(Component.TARGET, () -> {
                tools.systems().prepareSink(source, sink);
                return null;
            });
        }
        reports.once(
                now,
                new ReportPipelinePrepared(now.uid(), now.run().id(), Config.of(ready.settings()), warning(ready)));
    }

    private void requireNoRival(PipelineState now) {
        Belongings.rival(now, tools.all().get()).ifPresent(other -> {
            throw new StepFailedException(
                    Component.CONNECTOR,
                    "Pipeline " + other.key() + " has the same topics, or a slot of the same name: use another id",
                    true);
        });
    }

    /** Nothing of earlier runs is left: offsets, slot, topics. */
    private boolean reset(PipelineState now) {
        var key = now.key();
        boolean sinks = now.plan().sink() != null;
        // Connect forgets the offsets of a connector for who can name it, and keeps them when it is deleted.
        hands.have(now, key.source(), () -> fitted(now), ConnectorType.SOURCE);
        if (sinks) {
            hands.have(now, key.sink(), now.plan()::sink, ConnectorType.SINK);
        }
        if (!hands.stopped(now, key.source()) || !hands.stopped(now, key.sink())) {
            return false;
        }
        if (!hands.reset(now, key.source()) || sinks && !hands.reset(now, key.sink())) {
            return false;
        }
        Config source = secrets.source(now);
        hands.requireCurrent(now);
        on(Component.SOURCE, () -> {
            tools.systems().dropSlot(source);
            return null;
        });
        var has = new Belongings(now);
        tools.topics().delete(has.prefix(), has.others());
        return true;
    }

    /** A worker judges a config before it has a connector, and asks the server in doing so. */
    private Config fitted(PipelineState now) {
        Config source = secrets.source(now);
        return now.source().patched(on(Component.SOURCE, () -> tools.systems().fit(source)));
    }

    private boolean restarted(PipelineState now) {
        return hands.restarted(now, now.key().source(), "restart", false)
                && (now.plan().sink() == null || hands.restarted(now, now.key().sink(), "restart", false));
    }

    private static <T> T on(Component component, Supplier<T> step) {
        try {
            return step.get();
        } catch (SystemException e) {
            throw new StepFailedException(component, e.getMessage(), e.kind() == Kind.REFUSED);
        }
    }

    /** @return null when all is done that was asked for */
    private static String warning(SourceReady ready) {
        List<String> words = new ArrayList<>();
        if (!ready.leftOut().isEmpty()) {
            Map<String, Set<String>> byReason = ready.leftOut().stream()
                    .collect(Collectors.groupingBy(
                            LeftOut::reason,
                            TreeMap::new,
                            Collectors.mapping(LeftOut::table, Collectors.toCollection(TreeSet::new))));
            byReason.forEach(
                    (reason, tables) -> words.add("Not copied: " + String.join(", ", tables) + " (" + reason + ")"));
        }
        if (!ready.late().isEmpty()) {
            words.add("Only what changes from now on is copied of " + String.join(", ", ready.late())
                    + ": re-initialize to copy what was there before");
        }
        return words.isEmpty() ? null : String.join(". ", words);
    }
}
