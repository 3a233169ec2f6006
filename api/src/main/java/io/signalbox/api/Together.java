package io.signalbox.api;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends parts that do not need each other at the same time. A Kafka consumer alone may take half a second: its last fetch waits for
 * records on the broker, and is answered before it can say goodbye.
 */
final class Together {

    private static final Logger LOG = LoggerFactory.getLogger(Together.class);

    private Together() {}

    /** Returns when all have returned; one that fails is told in the log and holds up none of the others. */
    static void end(Runnable... parts) {
        // Not virtual ones: before JDK 24 a wait inside of a monitor, as in Kafka Streams, keeps the carrier.
        try (ExecutorService threads = Executors.newThreadPerTaskExecutor(
                Thread.ofPlatform().name("stop-", 1).factory())) {
            for (Runnable part : parts) {
                threads.execute(() -> end(part));
            }
        }
    }

    private static void end(Runnable part) {
        try {
            part.run();
        } catch (RuntimeException e) {
            LOG.error("action=stop result=failed", e);
        }
    }
}
