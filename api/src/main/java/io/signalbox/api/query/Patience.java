package io.signalbox.api.query;

import java.time.Duration;
import java.util.function.Supplier;
import org.apache.kafka.streams.errors.InvalidStateStoreException;

/**
 * Reads again while what is read moves to another replica: it is there in a moment, and a caller could do no more than ask
 * again.
 */
record Patience(Duration limit) {

    /** @throws StoreUnavailableException when it cannot be read even at the limit */
    <T> T read(Supplier<T> read) {
        var notNow = new NotNow(limit);
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
