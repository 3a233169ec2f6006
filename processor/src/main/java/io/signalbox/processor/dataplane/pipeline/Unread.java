package io.signalbox.processor.dataplane.pipeline;

import io.signalbox.processor.dataplane.pipeline.Topics.Backlog;
import io.signalbox.processor.domain.PipelineState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the sink reads in time what its topics keep for a while only. What was lost stays said for the rest of the run: once the sink
 * has gone on, nothing shows it any more.
 */
final class Unread {

    private static final Logger LOG = LoggerFactory.getLogger(Unread.class);

    static final String LOST =
            "Changes were lost, because the topics do not keep them as long as the sink did not read them:"
                    + " re-initialize";

    static final String AGEING =
            "The sink is far behind: half of the time is over for which the topics keep what it has not read";

    private static final String LOOKED = "backlog";
    private static final String IS_AGEING = "backlog ages";
    private static final String IS_LOST = "backlog lost";

    private final Tools tools;
    private final Memory memory;

    Unread(Tools tools, Memory memory) {
        this.tools = tools;
        this.memory = memory;
    }

    /** Looks each minute. That it cannot be told keeps nothing from running. */
    void look(PipelineState now) {
        if (now.plan().sink() == null || memory.within(LOOKED, tools.pace().backlog())) {
            return;
        }
        memory.begin(LOOKED);
        try {
            take(now, backlog(now));
        } catch (RuntimeException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw e;
            }
            LOG.warn(
                    "pipeline={} action=backlog result=unknown reason=\"{}\"",
                    now.key(),
                    e.toString().replaceAll("\\p{Cntrl}", " "));
        }
    }

    private Backlog backlog(PipelineState now) {
        var has = new Belongings(now);
        return tools.topics()
                .backlog(has.group(), has.read(), tools.pace().clock().instant());
    }

    private void take(PipelineState now, Backlog backlog) {
        if (backlog == Backlog.LOST || told(now)) {
            memory.begin(IS_LOST);
        }
        if (backlog == Backlog.AGEING) {
            memory.begin(IS_AGEING);
        } else {
            memory.forget(IS_AGEING);
        }
    }

    private static boolean told(PipelineState now) {
        return now.history().stream()
                .filter(moment -> now.run().id().equals(moment.runId()))
                .map(moment -> moment.status().reason())
                .anyMatch(reason -> reason != null && reason.contains(LOST));
    }

    /** @return null when all is well */
    String words() {
        if (memory.began(IS_LOST)) {
            return LOST;
        }
        return memory.began(IS_AGEING) ? AGEING : null;
    }
}
