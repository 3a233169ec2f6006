package io.signalbox.processor.dataplane.pipeline;

import io.signalbox.processor.domain.PipelineKey;
import io.signalbox.processor.domain.PipelineState;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at one pipeline again and again, on a thread of its own, until it is gone or no longer this replica's. */
final class Runner implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Runner.class);

    private final PipelineKey key;
    private final Supplier<Optional<PipelineState>> latest;
    private final PipelinePass pass;
    private final Pace pace;
    private final Semaphore news = new Semaphore(0);
    private final Thread thread;
    private volatile boolean stopped;

    Runner(PipelineKey key, Supplier<Optional<PipelineState>> latest, Tools tools) {
        this.key = key;
        this.latest = latest;
        pass = new PipelinePass(tools);
        pace = tools.pace();
        thread = Thread.ofVirtual().name("signalbox-pipeline-" + key).unstarted(this);
    }

    void start() {
        thread.start();
    }

    /** There is news of it. */
    void wake() {
        news.release();
    }

    /** Breaks off what is under way. What is half done is found by whoever looks next. */
    void stop() {
        stopped = true;
        thread.interrupt();
    }

    boolean ended() {
        return thread.getState() == Thread.State.TERMINATED;
    }

    boolean join(Duration patience) throws InterruptedException {
        return thread.join(patience);
    }

    @Override
    public void run() {
        try {
            for (var now = latest.get(); now.isPresent() && !stopped; now = latest.get()) {
                if (news.tryAcquire(look(now.get()).toNanos(), TimeUnit.NANOSECONDS)) {
                    news.drainPermits();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration look(PipelineState now) throws InterruptedException {
        try {
            return pass.look(now);
        } catch (MovedOnException e) {
            return Duration.ZERO;
        } catch (RuntimeException e) {
            if (stopped || Thread.interrupted()) {
                throw new InterruptedException();
            }
            LOG.warn(
                    "pipeline={} result=unfinished reason=\"{}\"",
                    key,
                    e.toString().replaceAll("\\p{Cntrl}", " "));
            LOG.debug("pipeline={}", key, e);
            return pace.steady();
        }
    }
}
