package io.signalbox.processor.dataplane;

import io.signalbox.processor.dataplane.Incarnation.Begun;
import io.signalbox.processor.dataplane.Incarnation.Result;
import io.signalbox.processor.domain.Operation;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Alters or resets a connector's offsets. The offsets before are read and in the log before anything is changed. What a
 * worker will not do yet is asked for again: both may be done twice.
 */
final class OffsetsChange {

    /** What a worker says while it stops tasks, rebalances, fences or shuts down; none of it is about the request. */
    private static final Pattern NOT_YET = Pattern.compile("must be in the STOPPED state"
            + "|tasks haven't stopped completely yet|zombie|Fencing failed"
            + "|^Request timed out|^Worker is shutting down|^IO Error trying to forward|^HTTP \\d+$"
            + "|because a rebalance is expected|may be due to a transient error");

    private final Timing timing;
    private final Actions actions;
    private final Offsets offsets;

    OffsetsChange(Timing timing, Actions actions, Offsets offsets) {
        this.timing = timing;
        this.actions = actions;
        this.offsets = offsets;
    }

    /**
     * @return empty when it is to be tried again
     * @throws DriverException when the cluster is away: then it waits, however long that takes
     */
    Optional<Result> attempt(Job job, Operation operation) {
        var mine = job.incarnation();
        Begun begun = mine.begun(operation);
        long since = begun.since() == null ? timing.now() : begun.since();
        begun = mine.begun(operation, new Begun(since, begun.read(), begun.before()));
        try {
            if (!begun.read()) {
                begun = mine.begun(operation, new Begun(since, true, offsets.image(job)));
            }
            return Optional.of(new Result(true, change(job, operation), null, begun.before()));
        } catch (DriverException e) {
            if (e.kind() == DriverException.Kind.UNREACHABLE) {
                mine.begun(operation, new Begun(null, begun.read(), begun.before()));
                throw e;
            }
            boolean over = timing.now() - since >= timing.operation().toNanos();
            if (notYet(e) && !over) {
                return Optional.empty();
            }
            Integer status = e.status() == 0 ? null : e.status();
            return Optional.of(new Result(false, e.getMessage(), status, begun.before()));
        }
    }

    private String change(Job job, Operation operation) {
        String name = job.desired().key().connector();
        return operation.kind() == Operation.Kind.ALTER_OFFSETS
                ? actions.ask(job.desired(), "alter-offsets", driver -> driver.alterOffsets(name, operation.offsets()))
                : actions.ask(job.desired(), "reset-offsets", driver -> driver.resetOffsets(name));
    }

    /** A connector that is unknown may be so to one worker only, and only for now. */
    private static boolean notYet(DriverException e) {
        return switch (e.kind()) {
            case BUSY, UNREACHABLE -> true;
            case REFUSED -> e.notFound() || NOT_YET.matcher(e.getMessage()).find();
            case BROKEN -> e.status() != 500 || NOT_YET.matcher(e.getMessage()).find();
        };
    }
}
