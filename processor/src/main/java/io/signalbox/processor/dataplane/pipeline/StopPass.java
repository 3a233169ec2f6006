package io.signalbox.processor.dataplane.pipeline;

import io.signalbox.processor.domain.PipelineState;
import io.signalbox.processor.domain.PipelineStatus;
import io.signalbox.processor.domain.PipelineStatus.Component;
import io.signalbox.processor.domain.PipelineStatus.State;
import io.signalbox.processor.domain.PipelineStatus.Status;
import java.time.Duration;

/** One look at a pipeline that is to be stopped: the source first, then the sink. */
final class StopPass {

    private final Tools tools;
    private final Memory memory;
    private final Hands hands;
    private final Reports reports;

    StopPass(Tools tools, Memory memory, Hands hands, Reports reports) {
        this.tools = tools;
        this.memory = memory;
        this.hands = hands;
        this.reports = reports;
    }

    /** @return when to look again */
    Duration pass(PipelineState now) {
        State state = now.plan().disabled() ? State.DISABLED : State.SHUTDOWN;
        if (hands.stopped(now, now.key().source())
                && hands.stopped(now, now.key().sink())) {
            reports.status(now, state, Status.COMPLETE, Component.CONNECTOR);
            return tools.pace().steady();
        }
        if (memory.since("stop").compareTo(tools.pace().word()) > 0) {
            reports.status(
                    now,
                    new PipelineStatus(
                            state,
                            Status.START,
                            "Waiting for the workers to stop its connectors",
                            Component.CONNECTOR,
                            null,
                            null));
        }
        return memory.paceOf("stop");
    }
}
