package io.signalbox.processor.dataplane.pipeline;

import io.signalbox.processor.domain.Command.PipelineReport;
import io.signalbox.processor.domain.Command.ReportPipelineStatus;
import io.signalbox.processor.domain.Command.ReportPipelineTask;
import io.signalbox.processor.domain.PipelineState;
import io.signalbox.processor.domain.PipelineStatus;
import io.signalbox.processor.domain.PipelineStatus.Component;
import io.signalbox.processor.domain.PipelineStatus.State;
import io.signalbox.processor.domain.PipelineStatus.Status;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the log what is news of a pipeline. A report takes a while to come back; until then it counts as known, and if it does not
 * come back in time it is repeated.
 */
final class Reports {

    private static final Logger LOG = LoggerFactory.getLogger(Reports.class);

    private final Tools tools;
    private final Memory memory;
    private final Map<Class<?>, PipelineReport> last = new HashMap<>();

    Reports(Tools tools, Memory memory) {
        this.tools = tools;
        this.memory = memory;
    }

    void status(PipelineState now, State state, Status status, Component component) {
        status(now, PipelineStatus.of(state, status, component));
    }

    void status(PipelineState now, PipelineStatus status) {
        if (!status.same(latest(now))) {
            send(
                    now,
                    new ReportPipelineStatus(
                            now.uid(), now.run() == null ? null : now.run().id(), status));
        }
    }

    /** The status as it was told last, also if that did not come back yet. */
    PipelineStatus latest(PipelineState now) {
        return underway(ReportPipelineStatus.class) instanceof ReportPipelineStatus told ? told.status() : now.status();
    }

    /** @param report not about the status */
    void once(PipelineState now, PipelineReport report) {
        if (!report.equals(underway(report.getClass()))) {
            send(now, report);
        }
    }

    /** @return what was told of that kind, and may not have come back yet; null when nothing was */
    PipelineReport underway(Class<? extends PipelineReport> type) {
        return memory.within(about(type), tools.pace().echo()) ? last.get(type) : null;
    }

    private static String about(Class<?> type) {
        return "told " + type.getSimpleName();
    }

    private void send(PipelineState now, PipelineReport report) {
        tools.sink().report(now.key(), report);
        last.put(report.getClass(), report);
        memory.begin(about(report.getClass()));
        LOG.info(
                "pipeline={} run={} report={}",
                now.key(),
                now.run() == null ? "none" : now.run().id(),
                text(report));
    }

    private static String because(String reason) {
        return reason == null ? "" : " reason=\"" + reason.replaceAll("\\p{Cntrl}", " ") + "\"";
    }

    private static String text(PipelineReport report) {
        return report instanceof ReportPipelineStatus r
                ? r.status().state() + "/" + r.status().status()
                        + (r.status().attempt() == null
                                ? ""
                                : " attempt=" + r.status().attempt())
                        + because(r.status().reason())
                : report instanceof ReportPipelineTask r
                        ? "task=" + r.taskId() + " attempt=" + r.attempt() + " " + r.state() + because(r.reason())
                        : report.getClass().getSimpleName();
    }
}
