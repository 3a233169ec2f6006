package io.signalbox.api;

import io.signalbox.schemas.RegistryUnavailableException;
import io.signalbox.schemas.SchemaRegistrar;
import io.signalbox.schemas.TopicAdmin;
import io.signalbox.schemas.WrongTopicException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The steps from a process to a replica that can work. A step that fails is tried again until it succeeds: what it waits
 * for is said by readiness and once in the log, and the process stays alive.
 */
final class BringUp {

    private static final Logger LOG = LoggerFactory.getLogger(BringUp.class);
    private static final Duration RETRY = Duration.ofSeconds(1);

    @FunctionalInterface
    private interface Step {
        void run() throws InterruptedException;
    }

    private static final long SLOW_S = 5;

    private final TopicAdmin topics;
    private final SchemaRegistrar schemas;
    private final Runnable startAll;
    private final Thread thread = Thread.ofPlatform().name("bring-up").unstarted(this::run);
    private volatile String waitingFor = "the start";

    /** @param startAll starts what needs topics and schemas */
    BringUp(TopicAdmin topics, SchemaRegistrar schemas, Runnable startAll) {
        this.topics = topics;
        this.schemas = schemas;
        this.startAll = startAll;
    }

    void start() {
        thread.start();
    }

    /** @return empty once all steps are done */
    List<String> waitingFor() {
        return waitingFor == null ? List.of() : List.of(waitingFor);
    }

    private void run() {
        try {
            until("Kafka and its topics", SignalboxConfig.BOOTSTRAP, topics::ensure);
            until("the schema registry", SignalboxConfig.REGISTRY, schemas::ensure);
            if (Thread.interrupted()) {
                // It was told to stop while the registry was asked, which no interrupt ends.
                throw new InterruptedException();
            }
            startAll.run();
            waitingFor = null;
        } catch (InterruptedException e) {
            LOG.debug("stopped while starting");
        } catch (RuntimeException e) {
            waitingFor = "an operator: the start failed, see the log";
            LOG.error("action=start result=failed", e);
        }
    }

    private void until(String what, String setting, Step step) throws InterruptedException {
        waitingFor = what;
        String said = null;
        while (true) {
            // Kafka's client tries for a minute before it says anything.
            var slow = CompletableFuture.runAsync(
                    () -> LOG.warn(
                            "action=start waiting_for=\"{}\" reason=\"no answer yet: is it there, and is {} right?\"",
                            what,
                            setting),
                    CompletableFuture.delayedExecutor(SLOW_S, TimeUnit.SECONDS));
            try {
                step.run();
                return;
            } catch (KafkaException | RegistryUnavailableException | WrongTopicException | IllegalStateException e) {
                var problem = what + ": " + e.getMessage();
                // Replicas that start together get in each other's way for a moment; only what stays is worth a line.
                if (problem.equals(waitingFor) && !problem.equals(said)) {
                    said = problem;
                    LOG.warn("action=start waiting_for=\"{}\"", problem);
                }
                waitingFor = problem;
                Thread.sleep(RETRY);
            } finally {
                slow.cancel(false);
            }
        }
    }

    void stop() {
        if (thread.getState() == Thread.State.NEW) {
            return;
        }
        thread.interrupt();
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
