package io.signalbox.processor.dataplane.pipeline;

import io.signalbox.processor.domain.ConnectorKey;
import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.Goal;
import io.signalbox.processor.domain.PipelineState;
import io.signalbox.processor.domain.PipelineStatus;
import io.signalbox.processor.domain.PipelineStatus.Status;
import java.time.Duration;
import java.util.Optional;

/**
 * What becomes of failures: they are told, and tried again after a while that grows; so often, where it is to run, and then it has
 * failed, until somebody asks for something else. What is to stop or to go is tried for as long as it takes.
 */
final class Troubles {

    /** What goes on for days is not an event each half minute. */
    private static final int MOST_TOLD = 10;

    private static final String ATTEMPT = "attempt";
    private static final String BACKOFF = "backoff";
    private static final String SETTLING = "settling";
    private static final String WELL = "well";

    private final Tools tools;
    private final Memory memory;
    private final Reports reports;
    private final Hands hands;
    private final Secrets secrets;

    Troubles(Tools tools, Memory memory, Reports reports, Hands hands, Secrets secrets) {
        this.tools = tools;
        this.memory = memory;
        this.reports = reports;
        this.hands = hands;
        this.secrets = secrets;
    }

    /** How long nothing is to be done yet; zero when it is time. */
    Duration left() {
        Duration wait = tools.pace().backoff(Math.max(1, memory.count(ATTEMPT)));
        return memory.within(BACKOFF, wait) ? wait.minus(memory.since(BACKOFF)) : Duration.ZERO;
    }

    /** Tells it. */
    void failed(PipelineState now, StepFailedException failure) {
        var pace = tools.pace();
        int attempt = attempts(now) + 1;
        int most = failure.lasting() ? pace.lastingTries() : pace.tries();
        boolean over = now.goal() == Goal.RUN && attempt > most;
        String reason = secrets.redacted(now, failure.getMessage());
        reports.status(
                now,
                new PipelineStatus(
                        reports.latest(now).state(),
                        over ? Status.FAILED : Status.RETRY,
                        reason,
                        failure.component(),
                        over ? null : Math.min(attempt, MOST_TOLD),
                        null));
        memory.count(ATTEMPT, attempt);
        memory.begin(BACKOFF);
        memory.forget(WELL);
    }

    /** Who takes over goes on counting. */
    private int attempts(PipelineState now) {
        PipelineStatus last = now.status();
        Integer told = last.status() == Status.RETRY ? last.attempt() : null;
        return Math.max(memory.count(ATTEMPT), told == null ? 0 : told);
    }

    /**
     * Looks after a connector that is to run: what failed is started again, once for each try.
     *
     * @return whether it may be what it seems to be; false: it was just started again, and it shows in a moment whether it helped
     * @throws StepFailedException when it fails
     */
    boolean looksWell(PipelineState now, ConnectorKey key, ConnectorState is) {
        Optional<String> trouble = is == null ? Optional.empty() : Sighting.trouble(is);
        if (trouble.isEmpty()) {
            return attempts(now) == 0 || !memory.within(SETTLING, tools.pace().settle());
        }
        int attempt = attempts(now);
        String again = "restart " + attempt;
        if (attempt > 0 && !Sighting.refused(is) && !memory.began(again + key)) {
            hands.restarted(now, key, again, true);
            memory.begin(again + key);
            memory.begin(SETTLING);
            return false;
        }
        if (memory.within(SETTLING, tools.pace().settle())) {
            return false;
        }
        throw new StepFailedException(Hands.component(now, key), trouble.get(), false);
    }

    /** It runs: when it has for a while, earlier failures are forgotten. */
    void well() {
        if (memory.since(WELL).compareTo(tools.pace().well()) >= 0) {
            memory.count(ATTEMPT, 0);
        }
    }
}
