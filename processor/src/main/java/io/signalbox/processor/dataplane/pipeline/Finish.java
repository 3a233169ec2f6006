package io.signalbox.processor.dataplane.pipeline;

import io.signalbox.processor.domain.ConnectorType;
import io.signalbox.processor.domain.PipelineState;
import java.time.Duration;

/**
 * The end of a run that copies what there is: the source stops, which sends all that it has; when the sink has committed all of that, it
 * stops as well. Workers commit when they please, every minute by default, and always what a sink did when it stops: so one that does
 * not say so is stopped for a moment.
 */
final class Finish {

    private static final String QUIET = "quiet";
    private static final String ASIDE = "aside";
    private static final String ROUNDS = "rounds";

    private final Tools tools;
    private final Memory memory;
    private final Hands hands;
    private final Troubles troubles;

    Finish(Tools tools, Memory memory, Hands hands, Troubles troubles) {
        this.tools = tools;
        this.memory = memory;
        this.hands = hands;
        this.troubles = troubles;
    }

    /** @return whether all is at the target, and both are stopped */
    boolean pass(PipelineState now) {
        if (!hands.stopped(now, now.key().source())) {
            return false;
        }
        var sink = now.key().sink();
        if (now.plan().sink() == null) {
            return true;
        }
        if (lag(now) == 0) {
            return hands.stopped(now, sink);
        }
        if (memory.began(ASIDE)) {
            if (hands.stopped(now, sink) && lag(now) > 0) {
                memory.forget(ASIDE);
                memory.begin(QUIET);
                memory.count(ROUNDS, memory.count(ROUNDS) + 1);
            }
            return false;
        }
        hands.run(now, sink, now.plan().sink(), ConnectorType.SINK);
        if (!troubles.looksWell(now, sink, hands.find(sink))) {
            return false;
        }
        Duration patience = tools.pace().commit().multipliedBy(1L << Math.min(memory.count(ROUNDS), 6));
        if (memory.since(QUIET).compareTo(patience) >= 0) {
            memory.begin(ASIDE);
        }
        return false;
    }

    private long lag(PipelineState now) {
        var has = new Belongings(now);
        return tools.topics().lag(has.group(), has.read());
    }
}
