package io.signalbox.processor.domain;

import static io.signalbox.processor.domain.Decision.accept;

import io.signalbox.processor.domain.Command.Report;
import io.signalbox.processor.domain.Command.ReportAbsent;
import io.signalbox.processor.domain.Command.ReportDrift;
import io.signalbox.processor.domain.Command.ReportDriftOver;
import io.signalbox.processor.domain.Command.ReportOffsets;
import io.signalbox.processor.domain.Command.ReportOperation;
import io.signalbox.processor.domain.Command.ReportRefused;
import io.signalbox.processor.domain.Command.ReportResealed;
import io.signalbox.processor.domain.Command.ReportStatus;
import io.signalbox.processor.domain.Event.ConnectorDeleted;
import io.signalbox.processor.domain.Event.ConnectorReconciled;
import io.signalbox.processor.domain.Event.ConnectorRefused;
import io.signalbox.processor.domain.Event.ConnectorResealed;
import io.signalbox.processor.domain.Event.ConnectorStateChanged;
import io.signalbox.processor.domain.Event.DriftDetected;
import io.signalbox.processor.domain.Event.DriftHealed;
import io.signalbox.processor.domain.Event.DriftResolved;
import io.signalbox.processor.domain.Event.OffsetsAltered;
import io.signalbox.processor.domain.Event.OffsetsChangeFailed;
import io.signalbox.processor.domain.Event.OffsetsObserved;
import io.signalbox.processor.domain.Event.OffsetsReset;
import io.signalbox.processor.domain.Event.PredecessorRemoved;
import io.signalbox.processor.domain.Event.RestartFinished;
import io.signalbox.processor.domain.Event.TaskFailed;
import io.signalbox.processor.domain.Event.TaskRemoved;
import io.signalbox.processor.domain.Event.TaskStateChanged;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** What a driver's report means. Reports repeat and overtake each other; only what is news becomes an event. */
final class ReportDecider {

    private ReportDecider() {}

    static Decision decide(ConnectorState now, Report report) {
        if (now == null || now.phase() == Phase.DELETED) {
            return accept();
        }
        boolean current = now.active() && report.uid().equals(now.uid());
        return switch (report) {
            case ReportAbsent r -> absent(now, r);
            case ReportStatus r when current -> accept(status(now, r));
            case ReportRefused r when current -> refused(now, r);
            case ReportOperation r when current -> finished(now, r);
            // The offsets before a deletion are what an undelete will need.
            case ReportOffsets r when r.uid().equals(now.uid()) -> accept(new OffsetsObserved(r.offsets()));
            case ReportDrift r when current -> drifted(now, r);
            case ReportDriftOver r when current -> over(now, r);
            // Whatever becomes of it: an undelete needs its secrets, and what was found may be taken over.
            case ReportResealed r when r.uid().equals(now.uid()) -> resealed(now, r);
            case ReportStatus r -> accept();
            case ReportRefused r -> accept();
            case ReportOperation r -> accept();
            case ReportOffsets r -> accept();
            case ReportDrift r -> accept();
            case ReportDriftOver r -> accept();
            case ReportResealed r -> accept();
        };
    }

    private static Decision absent(ConnectorState now, ReportAbsent r) {
        if (r.uid().equals(now.replaces())) {
            return accept(new PredecessorRemoved(r.uid()));
        }
        boolean goes = now.phase() == Phase.DELETING || now.phase() == Phase.FOUND;
        return goes && r.uid().equals(now.uid()) ? accept(new ConnectorDeleted(r.uid())) : accept();
    }

    private static Decision refused(ConnectorState now, ReportRefused r) {
        var error = new ApplyError(r.generation(), r.worker(), r.message());
        boolean news = r.generation() == now.generation() && !error.equals(now.applyError());
        return news ? accept(new ConnectorRefused(r.generation(), r.worker(), r.message())) : accept();
    }

    private static Decision finished(ConnectorState now, ReportOperation r) {
        return now.operations().stream()
                .filter(operation -> operation.id().equals(r.operationId()))
                .findFirst()
                .map(operation -> accept(ended(operation, r)))
                .orElseGet(Decision::accept);
    }

    private static Event ended(Operation operation, ReportOperation r) {
        if (operation.onOffsets() && !r.succeeded()) {
            return new OffsetsChangeFailed(operation.id(), r.status(), words(r), r.before());
        }
        return switch (operation.kind()) {
            case RESTART -> new RestartFinished(operation.id(), r.succeeded(), r.message());
            case ALTER_OFFSETS -> new OffsetsAltered(operation.id(), operation.offsets(), r.before(), words(r));
            case RESET_OFFSETS -> new OffsetsReset(operation.id(), r.before(), words(r));
        };
    }

    private static String words(ReportOperation r) {
        return r.message() == null ? "" : r.message();
    }

    /** What has not been there yet cannot have drifted; and each difference is told once. */
    private static Decision drifted(ConnectorState now, ReportDrift r) {
        boolean ours = r.generation() == now.generation() && r.generation() == now.observedGeneration();
        boolean known = now.drift() != null && now.drift().difference().equals(r.difference());
        return ours && !known && !r.difference().none()
                ? accept(new DriftDetected(r.generation(), r.difference()))
                : accept();
    }

    private static Decision over(ConnectorState now, ReportDriftOver r) {
        if (now.drift() == null || now.drift().generation() != r.generation()) {
            return accept();
        }
        return accept(r.healed() ? new DriftHealed(r.generation()) : new DriftResolved(r.generation()));
    }

    /** Only a sealed text takes the place of another, and only of the one that was opened: whoever wrote since is not undone. */
    private static Decision resealed(ConnectorState now, ReportResealed r) {
        Map<String, String> before = new TreeMap<>();
        Map<String, String> after = new TreeMap<>();
        r.after().values().forEach((name, text) -> {
            String old = r.before().get(name);
            boolean still = Sealed.is(old) && old.equals(now.config().get(name));
            if (still && Sealed.is(text) && !text.equals(old)) {
                before.put(name, old);
                after.put(name, text);
            }
        });
        return after.isEmpty() ? accept() : accept(new ConnectorResealed(Config.of(before), Config.of(after)));
    }

    private static List<Event> status(ConnectorState now, ReportStatus r) {
        List<Event> events = new ArrayList<>();
        if (r.generation() != null && reached(now, r.generation())) {
            events.add(new ConnectorReconciled(r.generation()));
            if (now.drift() != null && now.drift().generation() < r.generation()) {
                events.add(new DriftResolved(now.drift().generation()));
            }
        }
        events.addAll(observed(now.status(), r.status()));
        return events;
    }

    /** A report of an earlier generation may come late: it neither goes back nor ends the refusal of the present one. */
    private static boolean reached(ConnectorState now, long seen) {
        return seen <= now.generation()
                && (seen > now.observedGeneration() || (seen == now.generation() && now.applyError() != null));
    }

    /** @param before null when nothing was observed yet */
    static List<Event> observed(ConnectorStatus before, ConnectorStatus after) {
        List<Event> events = new ArrayList<>();
        if (before == null || connectorDiffers(before, after)) {
            events.add(new ConnectorStateChanged(
                    before == null ? null : before.state(),
                    after.state(),
                    after.workerId(),
                    after.version(),
                    after.trace(),
                    after.type()));
        }
        for (TaskStatus task : after.tasks()) {
            var known = before == null ? null : before.task(task.id()).orElse(null);
            if (!task.equals(known)) {
                events.add(taskEvent(known, task));
            }
        }
        if (before != null) {
            before.tasks().stream()
                    .filter(task -> after.task(task.id()).isEmpty())
                    .forEach(task -> events.add(new TaskRemoved(task.id())));
        }
        return events;
    }

    private static boolean connectorDiffers(ConnectorStatus a, ConnectorStatus b) {
        return a.state() != b.state()
                || a.type() != b.type()
                || !Objects.equals(a.workerId(), b.workerId())
                || !Objects.equals(a.version(), b.version())
                || !Objects.equals(a.trace(), b.trace());
    }

    private static Event taskEvent(TaskStatus known, TaskStatus task) {
        var previous = known == null ? null : known.state();
        return task.state() == RunState.FAILED
                ? new TaskFailed(task.id(), previous, task.workerId(), task.version(), task.trace())
                : new TaskStateChanged(
                        task.id(), previous, task.state(), task.workerId(), task.version(), task.trace());
    }
}
