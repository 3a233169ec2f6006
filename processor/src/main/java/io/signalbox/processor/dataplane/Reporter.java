package io.signalbox.processor.dataplane;

import io.signalbox.processor.domain.ApplyError;
import io.signalbox.processor.domain.Command.Report;
import io.signalbox.processor.domain.Command.ReportAbsent;
import io.signalbox.processor.domain.Command.ReportDrift;
import io.signalbox.processor.domain.Command.ReportDriftOver;
import io.signalbox.processor.domain.Command.ReportOffsets;
import io.signalbox.processor.domain.Command.ReportOperation;
import io.signalbox.processor.domain.Command.ReportRefused;
import io.signalbox.processor.domain.Command.ReportStatus;
import io.signalbox.processor.domain.Config;
import io.signalbox.processor.domain.ConnectorKey;
import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.ConnectorStatus;
import io.signalbox.processor.domain.Difference;
import io.signalbox.processor.domain.RunState;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

/**
 * Reports what is news of one incarnation of a connector. A report takes a while to come back through the log; until then
 * it counts as known, and if it does not come back in time it is repeated. A sink that fails throws, and nothing is kept.
 */
final class Reporter {

    private record Sent(Report report, long at) {}

    private final ConnectorKey key;
    private final CommandSink sink;
    private final Timing timing;
    private final Quoted quoted;
    private final Map<String, Sent> sent = new HashMap<>();
    private final ReentrantLock lock = new ReentrantLock();

    Reporter(ConnectorKey key, Engine engine) {
        this.key = key;
        sink = engine.sink();
        timing = engine.timing();
        quoted = new Quoted(key, engine.secrets());
    }

    /**
     * @param applied the generation that is seen to be on the data plane; 0 when none was looked at
     * @return whether the connector came to rest with it: its offsets are worth reading now
     */
    boolean status(ConnectorState known, long applied, ConnectorStatus status) {
        lock.lock();
        try {
            var seen = shown(known, status);
            boolean untold = applied > known.observedGeneration()
                    || (known.applyError() != null && applied == known.generation());
            var last = underway("status") instanceof ReportStatus report ? report : null;
            boolean told = !untold || (last != null && last.generation() != null && last.generation() >= applied);
            var before = last != null ? last.status() : known.status();
            if (told && seen.equals(before)) {
                return false;
            }
            send("status", new ReportStatus(known.uid(), untold ? applied : null, seen));
            return resting(seen) && (before == null || before.state() != seen.state());
        } finally {
            lock.unlock();
        }
    }

    /**
     * Whether there is a trace in it that was not told yet. It may quote what the data plane has and nobody asked for: its config
     * is to be {@link #saw seen} before it is told.
     */
    boolean quotes(ConnectorState known, ConnectorStatus status) {
        lock.lock();
        try {
            return !Traces.in(status).isEmpty() && !toldTraces(known).containsAll(Traces.in(shown(known, status)));
        } finally {
            lock.unlock();
        }
    }

    /** The status without such traces. */
    ConnectorStatus withheld(ConnectorState known, ConnectorStatus status) {
        lock.lock();
        try {
            var told = toldTraces(known);
            var form = form(known, status);
            return Traces.each(status, trace -> told.contains(form.apply(trace)) ? trace : null);
        } finally {
            lock.unlock();
        }
    }

    private Set<String> toldTraces(ConnectorState known) {
        return Traces.in(underway("status") instanceof ReportStatus report ? report.status() : known.status());
    }

    private ConnectorStatus shown(ConnectorState known, ConnectorStatus status) {
        return Traces.each(status, form(known, status));
    }

    /** In which its traces are told: shortened only when the secrets are taken out, since half of one would not be found. */
    private UnaryOperator<String> form(ConnectorState known, ConnectorStatus status) {
        quoted.desired(known.config());
        var length = Traces.of(status);
        return trace -> length.bounded(quoted.redact(trace));
    }

    /**
     * What is told from now on does not quote the secrets in it.
     *
     * @param config in clear, as the data plane has it
     */
    void saw(ConnectorState known, Config config) {
        lock.lock();
        try {
            quoted.observed(known, config);
        } finally {
            lock.unlock();
        }
    }

    void refused(ConnectorState known, DriverException refusal) {
        String worker = refusal.worker() == null ? "" : refusal.worker();
        ApplyError before = known.applyError();
        // Which worker says it is no news.
        boolean told = before != null
                && before.generation() == known.generation()
                && before.message().equals(refusal.getMessage());
        if (!told) {
            once("refused", new ReportRefused(known.uid(), known.generation(), worker, refusal.getMessage()));
        }
    }

    void absent(String uid) {
        once("absent", new ReportAbsent(uid));
    }

    void operation(ConnectorState known, String id, Incarnation.Result result) {
        once(
                "operation " + id,
                new ReportOperation(
                        known.uid(), id, result.succeeded(), result.message(), result.status(), result.before()));
    }

    /** They were changed: what was told of them no longer holds. */
    void forgetOffsets() {
        lock.lock();
        try {
            sent.remove("offsets");
        } finally {
            lock.unlock();
        }
    }

    /** @return the drift that is told and not over; {@link Difference#NONE} when there is none */
    Difference drift(ConnectorState known) {
        lock.lock();
        try {
            return switch (underway("drift")) {
                case ReportDrift told when told.generation() == known.generation() -> told.difference();
                case ReportDriftOver told when told.generation() == known.generation() -> Difference.NONE;
                case null, default ->
                    known.drift() == null ? Difference.NONE : known.drift().difference();
            };
        } finally {
            lock.unlock();
        }
    }

    void drifted(ConnectorState known, Difference difference) {
        once("drift", new ReportDrift(known.uid(), known.generation(), difference));
    }

    void driftOver(ConnectorState known, boolean healed) {
        once(
                "drift",
                new ReportDriftOver(
                        known.uid(),
                        known.drift() == null
                                ? known.generation()
                                : known.drift().generation(),
                        healed));
    }

    /** Offsets do not come back with the state, so that each text is told once. */
    void offsets(ConnectorState known, String offsets) {
        lock.lock();
        try {
            var report = new ReportOffsets(known.uid(), offsets);
            if (!sent.containsKey("offsets") || !sent.get("offsets").report().equals(report)) {
                send("offsets", report);
            }
        } finally {
            lock.unlock();
        }
    }

    private void once(String about, Report report) {
        lock.lock();
        try {
            if (!report.equals(underway(about))) {
                send(about, report);
            }
        } finally {
            lock.unlock();
        }
    }

    private Report underway(String about) {
        var last = sent.get(about);
        return last != null && timing.now() - last.at() < timing.echo().toNanos() ? last.report() : null;
    }

    private void send(String about, Report report) {
        sink.report(key, report);
        sent.put(about, new Sent(report, timing.now()));
    }

    private static boolean resting(ConnectorStatus status) {
        return status.state() == RunState.PAUSED || status.state() == RunState.STOPPED;
    }
}
