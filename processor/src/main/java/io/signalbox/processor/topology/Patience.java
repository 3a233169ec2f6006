package io.signalbox.processor.topology;

import io.signalbox.schemas.RegistryUnavailableException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits out a schema registry that is away, in place: failing the task instead would cost a restore of its state. */
final class Patience {

    private static final Logger LOG = LoggerFactory.getLogger(Patience.class);
    private static final Duration STEP = Duration.ofMillis(500);
    /** Two minutes in all, well below the consumer's max.poll.interval of five. */
    private static final int STEPS = 240;

    private Patience() {}

    /** @throws RegistryUnavailableException when it stayed away for two minutes */
    static <T> T withRegistry(Supplier<T> work) {
        for (int tried = 1; ; tried++) {
            try {
                return work.get();
            } catch (RegistryUnavailableException e) {
                if (tried == STEPS || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                if (tried == 1) {
                    LOG.warn("action=wait-for-registry reason=\"{}\"", e.getMessage());
                }
                LockSupport.parkNanos(STEP.toNanos());
            }
        }
    }
}
