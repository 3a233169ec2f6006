package io.signalbox.processor.dataplane.pipeline;

import io.signalbox.processor.domain.PipelineState;
import java.time.Duration;

/**
 * One look at a pipeline: what is, against what is wanted, and the next thing that is missing. It goes on where whoever looked before
 * stopped, at whatever point that was. Used by one thread at a time.
 */
final class PipelinePass {

    private final Tools tools;
    private final Memory memory;
    private final Reports reports;
    private final Secrets secrets;
    private final Hands hands;
    private final Troubles troubles;
    private final RunPass runs;
    private final StopPass stops;
    private final RemovalPass removals;
    private String resealed;

    PipelinePass(Tools tools) {
        this.tools = tools;
        memory = new Memory(tools.pace());
        secrets = new Secrets(tools.sealer(), tools.references());
        reports = new Reports(tools, memory);
        hands = new Hands(tools, memory, secrets);
        troubles = new Troubles(tools, memory, reports, hands, secrets);
        runs = new RunPass(tools, memory, hands, reports, troubles, secrets);
        stops = new StopPass(tools, memory, hands, reports);
        removals = new RemovalPass(tools, memory, hands, reports, secrets);
    }

    /**
     * @return when to look again
     * @throws RuntimeException when something does not answer that is not the pipeline's own
     */
    Duration look(PipelineState now) {
        memory.of(now);
        hands.lookAgain();
        Duration left = troubles.left();
        if (!left.isZero()) {
            return left;
        }
        try {
            if (!now.goal().leaving()) {
                reseal(now);
            }
            return switch (now.goal()) {
                case RUN -> runs.pass(now);
                case STOP -> stops.pass(now);
                case DELETE, FORCE_DELETE -> removals.pass(now);
                case GONE -> tools.pace().steady();
            };
        } catch (StepFailedException e) {
            troubles.failed(now, e);
            return tools.pace().moving();
        }
    }

    private void reseal(PipelineState now) {
        if (!now.definition().equals(resealed)) {
            secrets.resealed(now).ifPresent(report -> reports.once(now, report));
            resealed = now.definition();
        }
    }
}
