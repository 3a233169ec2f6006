package io.signalbox.processor.dataplane;

import io.signalbox.processor.dataplane.Outlook.Doing;
import io.signalbox.processor.domain.ConnectorKey;
import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.ConnectorStatus;
import io.signalbox.processor.domain.Phase;
import io.signalbox.processor.domain.SecretId;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connector's work, one pass after the other, never two at once; and when the next one is due. */
final class ConnectorWork {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectorWork.class);

    /** For so long after a pass, what a topic tells may be what was before it. */
    private static final Duration LAG = Duration.ofMillis(100);

    private final ConnectorKey key;
    private final ClusterLane lane;
    private final Engine engine;
    private final Pass pass;
    private final DriftWork drift;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private ConnectorState desired;
    private Incarnation incarnation;
    private boolean look = true;
    private boolean offsets;
    private boolean due;
    private boolean running;
    private boolean nudged;
    private volatile boolean stopped;
    private int failures;
    private int unseen;
    private long quietSince;
    private Outcome last = Outcome.DONE;
    private DriverException problem;
    private DriverException trouble;
    private long dueAt;
    private Future<?> run;
    private Future<?> timer;
    /** Those whose passes began together with this one, until it has met them or gone on. Of the passes' thread only. */
    private Optional<Gathering.Wave> wave = Optional.empty();

    ConnectorWork(ConnectorKey key, ClusterLane lane, Engine engine) {
        this.key = key;
        this.lane = lane;
        this.engine = engine;
        pass = new Pass(lane, engine.timing());
        drift = new DriftWork(lane);
        quietSince = engine.timing().now();
    }

    /** The log has moved on. */
    void desire(ConnectorState next) {
        locked(() -> {
            boolean another = desired == null || !desired.uid().equals(next.uid());
            boolean moved = another || !Incarnation.wanted(desired).equals(Incarnation.wanted(next));
            boolean drifted =
                    next.drift() != null && (desired == null || !next.drift().equals(desired.drift()));
            desired = next;
            look |= drifted;
            if (another) {
                incarnation = new Incarnation(next, new Reporter(key, engine), engine.timing());
                look = true;
            }
            incarnation.known(next);
            incarnation.forgetOperationsOutside(next);
            if ((moved || drifted) && (look || incarnation.owes(next))) {
                failures = 0;
                trigger();
            }
        });
    }

    /** The cluster is back: whatever waits or failed has another try now. */
    void resume() {
        locked(() -> {
            if (running || look || failures > 0 || incarnation.owes(desired)) {
                trigger();
            }
        });
    }

    /** Something seems to differ: look, unless a look is due anyway. */
    void look() {
        locked(() -> {
            look = true;
            if (timer == null || timer.isDone()) {
                trigger();
            }
        });
    }

    /** A stored secret is another one, is there at last, or is gone: whoever refers to it is looked at, and tried again. */
    void secretChanged(SecretId id) {
        locked(() -> {
            if (desired != null && desired.active() && lane.secrets().refers(desired, id)) {
                incarnation.differences().asking();
                look = true;
                failures = 0;
                trigger();
            }
        });
    }

    /** @return false while it is tried again slowly: then the next attempt looks */
    private boolean lookAtOnce() {
        lock.lock();
        try {
            look = true;
            boolean quick = failures == 0;
            if (quick) {
                trigger();
            }
            return quick;
        } finally {
            lock.unlock();
        }
    }

    /**
     * What a poll saw of it.
     *
     * @param status null when the poll did not see it
     * @param pollBegan nothing is made of a poll that began before the last pass ended
     */
    void seen(ConnectorStatus status, long pollBegan) {
        Job job = comparable(pollBegan);
        if (job == null) {
            return;
        }
        if (status == null) {
            locked(() -> unseen++);
            // A connector without a status is not listed either: look, but less and less often.
            if (unseen > 1 && (Integer.bitCount(unseen) == 1 || unseen % 32 == 0)) {
                look();
            }
            return;
        }
        locked(() -> unseen = 0);
        tell(job, status);
    }

    /**
     * What the cluster's own topic says of it.
     *
     * @param status whose type is not looked at
     * @return false when it cannot be told now, and should be told again
     */
    boolean told(ConnectorStatus status) {
        Job job = comparable(engine.timing().now() - LAG.toNanos());
        var before = job == null ? null : job.desired().status();
        return before != null
                && tell(
                        job,
                        new ConnectorStatus(
                                status.state(),
                                status.workerId(),
                                status.version(),
                                status.trace(),
                                before.type(),
                                status.tasks()));
    }

    /** The cluster's own topic says something new of it: whoever waits for that looks again at once. */
    void nudge() {
        locked(() -> {
            nudged = true;
            changed.signalAll();
        });
    }

    /** Somebody wrote on the cluster what it is to be. It may have been this; then it is under way, and is looked at anyway. */
    void written() {
        if (comparable(engine.timing().now()) != null) {
            look();
        }
    }

    /** @return false when the cluster is asked before it is told */
    private boolean tell(Job job, ConnectorStatus status) {
        var reports = job.incarnation().reports();
        boolean traced = reports.quotes(job.desired(), status);
        if (traced && lookAtOnce()) {
            return false;
        }
        var told = traced ? reports.withheld(job.desired(), status) : status;
        if (reports.status(job.desired(), job.incarnation().applied(), told)) {
            readOffsets();
        }
        if (drift.suspects(job, status)) {
            look();
        }
        return true;
    }

    /** What a look at all configs saw of it; what is not listed is for the polls, which look whether it is really gone. */
    void compare(Observed observed, long lookBegan) {
        Job job = comparable(lookBegan);
        if (job == null) {
            return;
        }
        job.incarnation().reports().saw(job.desired(), observed.config());
        boolean differs = drift.toDo(job, lane.secrets().like(job.desired(), observed, false));
        if (differs || job.incarnation().differences().due() && lane.secrets().behind(job.desired(), observed)) {
            look();
        }
    }

    /** The pass under way has failed, and why. */
    void troubled(DriverException failure) {
        locked(() -> trouble = failure);
    }

    /** @param nextLook when the cluster is looked at again, by the reconciler's clock */
    Outlook outlook(long nextLook) {
        lock.lock();
        try {
            long now = engine.timing().now();
            var doing = doing();
            var trouble = lane.availability().trouble();
            boolean timed = doing == Doing.RETRYING || doing == Doing.REFUSED || doing == Doing.CHECKING;
            return new Outlook(
                    doing,
                    failures,
                    timed ? ms(dueAt - now) : null,
                    timed ? longest(doing).toMillis() : null,
                    doing == Doing.RESTING || doing == Doing.CHECKING ? null : Outlook.Problem.of(problem),
                    lane.availability().answering(),
                    trouble == null ? null : ms(now - trouble.since()),
                    trouble == null ? null : Outlook.Problem.of(trouble.why()),
                    lane.registered().isPresent() ? ms(nextLook - now) : null);
        } finally {
            lock.unlock();
        }
    }

    private Doing doing() {
        if (running) {
            return Doing.WORKING;
        }
        if (!lane.usable()) {
            return Doing.WAITING;
        }
        return switch (last) {
            case DONE -> Doing.RESTING;
            case CHECK -> Doing.CHECKING;
            case WAIT -> Doing.WAITING;
            case REFUSED -> Doing.REFUSED;
            case RETRY -> Doing.RETRYING;
        };
    }

    private Duration longest(Doing doing) {
        var timing = engine.timing();
        return switch (doing) {
            case RETRYING -> timing.retry().last();
            case REFUSED -> timing.refused().last();
            default -> timing.echo();
        };
    }

    private static long ms(long nanos) {
        return Math.max(0, nanos / 1_000_000);
    }

    /** @return the state, while it is one that nobody declared; null otherwise */
    ConnectorState found() {
        lock.lock();
        try {
            return desired != null && desired.phase() == Phase.FOUND ? desired : null;
        } finally {
            lock.unlock();
        }
    }

    /** It came to rest. */
    void readOffsets() {
        locked(() -> {
            offsets = true;
            trigger();
        });
    }

    /** @return what a poll may be compared with; null while the poll says nothing about it */
    private Job comparable(long pollBegan) {
        lock.lock();
        try {
            boolean quiet = !stopped && !running && !due && quietSince - pollBegan < 0;
            boolean there = desired != null && desired.active() && desired.replaces() == null;
            boolean ours = there && Math.max(desired.observedGeneration(), incarnation.applied()) > 0;
            return quiet && ours ? new Job(desired, incarnation, false, false) : null;
        } finally {
            lock.unlock();
        }
    }

    /** For good. What is under way is broken off. */
    void stop() {
        locked(() -> {
            stopped = true;
            cancelTimer();
            if (run != null) {
                run.cancel(true);
            }
        });
    }

    /** Whether the pass under way should make room for the next one. */
    boolean superseded() {
        lock.lock();
        try {
            return due || stopped;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits, unless superseded or nudged.
     *
     * @return whether it was nudged
     */
    boolean await(Duration time) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = time.toNanos();
            while (left > 0 && !due && !stopped && !nudged) {
                left = changed.awaitNanos(left);
            }
            boolean was = nudged;
            nudged = false;
            return was;
        } finally {
            lock.unlock();
        }
    }

    private void trigger() {
        if (stopped) {
            return;
        }
        cancelTimer();
        due = true;
        changed.signalAll();
        if (!running) {
            running = true;
            run = engine.threads().submit(this::runPasses);
        }
    }

    private void runPasses() {
        gather();
        for (Job job = next(); job != null; job = next()) {
            after(job, attempt(job));
            goOn();
            gather();
        }
    }

    /** Before the job is picked, so that it is the latest that was asked for. */
    private void gather() {
        lock.lock();
        boolean changes;
        try {
            changes = due && !stopped && failures == 0 && lane.usable() && incarnation.changes(desired);
        } finally {
            lock.unlock();
        }
        if (changes) {
            try {
                wave = lane.gather();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** In a pass, before a change that other calls went before: those that began together have come apart by them. */
    void meet() throws InterruptedException {
        var mine = wave;
        wave = Optional.empty();
        if (mine.isPresent()) {
            mine.get().meet();
        }
    }

    /** In a pass, where nothing more is to be done together with others. */
    void goOn() {
        wave.ifPresent(Gathering.Wave::leave);
        wave = Optional.empty();
    }

    private Job next() {
        lock.lock();
        try {
            if (!due || stopped) {
                running = false;
                quietSince = engine.timing().now();
                return null;
            }
            var job = new Job(desired, incarnation, look, offsets);
            due = false;
            look = false;
            offsets = false;
            return job;
        } finally {
            lock.unlock();
        }
    }

    private Outcome attempt(Job job) {
        try {
            return pass.run(this, job);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Outcome.RETRY;
        } catch (RuntimeException e) {
            if (!stopped) {
                LOG.warn("reconcile connector={} result=failed", key, e);
            }
            return Outcome.RETRY;
        }
    }

    private void after(Job job, Outcome outcome) {
        locked(() -> {
            boolean failed = outcome == Outcome.RETRY || outcome == Outcome.REFUSED;
            failures = failed ? failures + 1 : 0;
            last = outcome;
            problem = outcome == Outcome.DONE || outcome == Outcome.CHECK ? null : trouble;
            trouble = null;
            look |= job.look() && (failed || outcome == Outcome.WAIT);
            if (due || stopped) {
                return;
            }
            var timing = engine.timing();
            switch (outcome) {
                case RETRY -> later(timing.backoff(timing.retry(), failures));
                case REFUSED -> later(timing.backoff(timing.refused(), failures));
                case CHECK -> later(timing.echo());
                case WAIT, DONE -> {}
            }
        });
    }

    private void later(Duration delay) {
        dueAt = engine.timing().now() + delay.toNanos();
        timer = engine.timers().schedule(() -> locked(this::trigger), delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void cancelTimer() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    private void locked(Runnable change) {
        lock.lock();
        try {
            change.run();
        } finally {
            lock.unlock();
        }
    }
}
