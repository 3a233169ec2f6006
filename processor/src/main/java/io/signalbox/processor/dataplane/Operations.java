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

    Operations(Actions actions, Settling settling) {
        this.actions = actions;
        this.settling = settling;
    }

    Outcome run(ConnectorWork work, Job job) throws InterruptedException {
        boolean ran = false;
        var desired = job.desired();
        for (Operation operation : desired.operations()) {
            Result result = job.incarnation().result(operation);
            if (result == null) {
                result = attempt(job, operation);
                job.incarnation().finished(operation, result);
                ran = true;
            }
            job.incarnation().reports().operation(desired, operation.id(), result.succeeded(), result.message());
        }
        if (ran) {
            settling.watch(work, job);
        }
        return desired.operations().isEmpty() ? Outcome.DONE : Outcome.CHECK;
    }

    /** @throws DriverException if it is to be tried again */
    private Result attempt(Job job, Operation operation) {
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
            return new Result(true, null);
        } catch (DriverException e) {
            // Workers do not know the same at the same time: "unknown" may mean "not yet".
            boolean doubtful = e.kind() == Kind.BROKEN || e.notFound();
            boolean enough = doubtful && job.incarnation().attempt(operation) >= ATTEMPTS;
            if (e.refusal() || enough) {
                return new Result(false, e.getMessage());
            }
            throw e;
        }
    }
}
