package io.signalbox.api.query;

import java.time.Duration;
import java.util.function.Supplier;
import org.apache.kafka.streams.errors.InvalidStateStoreException;

/**
 * Reads again while what is read moves to another replica: it is there in a moment, and a caller could do no more than ask
 * again.
 */
record Patience(Duration limit) {

    /** A look at our own stores, or one hop, costs little, and a reader is waiting. */
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(40);

    /** @throws StoreUnavailableException when it cannot be read even at the limit */
    <T> T read(Supplier<T> read) {
        var notNow = new NotNow(limit, LONGEST_PAUSE);
        while (true) {
            try {
                return read.get();
            } catch (StoreUnavailableException e) {
                if (!notNow.again()) {
                    throw e;
                }
            } catch (InvalidStateStoreException e) {
                if (!notNow.again()) {
                    throw new StoreUnavailableException("A partition was closed while it was read", e);
                }
            }
        }
    }
}
