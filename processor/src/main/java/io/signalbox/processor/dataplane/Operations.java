package io.signalbox.processor.dataplane;

import io.signalbox.processor.dataplane.DriverException.Kind;
import io.signalbox.processor.dataplane.Incarnation.Result;
import io.signalbox.processor.domain.Operation;

/** Runs the operations that wait for a connector, in the order in which they were asked for. */
final class Operations {

    /** An error may hide that it was done, and there is no way to see it: it is tried so often, and then told. */
    private static final int ATTEMPTS = 3;

    private final Actions actions;
    private final Settling settling;
    private final OffsetsChange offsets;

    Operations(Actions actions, Settling settling, OffsetsChange offsets) {
        this.actions = actions;
        this.settling = settling;
        this.offsets = offsets;
    }

    Outcome run(ConnectorWork work, Job job) throws InterruptedException {
        boolean restarted = false;
        boolean later = false;
        var mine = job.incarnation();
        for (Operation operation : job.desired().operations()) {
            if (tooEarly(job, operation)) {
                continue;
            }
            Result result = mine.result(operation);
            if (result == null && operation.onOffsets()) {
                result = changeOffsets(work, job, operation);
                later |= result == null;
            } else if (result == null) {
                result = restart(job, operation);
                mine.finished(operation, result);
                restarted = true;
            }
            if (result != null) {
                mine.reports().operation(job.desired(), operation.id(), result);
            }
        }
        if (restarted) {
            settling.watch(work, job);
        }
        return later ? Outcome.RETRY : Outcome.CHECK;
    }

    /** What was created with offsets has to be on the data plane first, and its config may still be refused. */
    private static boolean tooEarly(Job job, Operation operation) {
        return operation.initial(job.desired().uid()) && !job.incarnation().confirmed(job.desired());
    }

    /** @return null when it is to be tried again */
    private Result changeOffsets(ConnectorWork work, Job job, Operation operation) {
        var result = offsets.attempt(job, operation).orElse(null);
        if (result != null) {
            job.incarnation().finished(operation, result);
            job.incarnation().reports().forgetOffsets();
            work.readOffsets();
        }
        return result;
    }

    /** @throws DriverException if it is to be tried again */
    private Result restart(Job job, Operation operation) {
        String name = job.desired().key().connector();
        try {
            if (operation.task() == null) {
                actions.change(
                        job.desired(),
                        "restart",
                        driver -> driver.restart(name, operation.includeTasks(), operation.onlyFailed()));
            } else {
                actions.change(
                        job.desired(),
                        "restart-task task=" + operation.task(),
                        driver -> driver.restartTask(name, operation.task()));
            }
            return Result.of(true, null);
        } catch (DriverException e) {
            // Workers do not know the same at the same time: "unknown" may mean "not yet".
            boolean doubtful = e.kind() == Kind.BROKEN || e.notFound();
            boolean enough = doubtful && job.incarnation().attempt(operation) >= ATTEMPTS;
            if (e.refusal() || enough) {
                return Result.of(false, e.getMessage());
            }
            throw e;
        }
    }
}
