package io.signalbox.api.query;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.apache.kafka.streams.state.HostInfo;

/**
 * Replicas that did not answer a moment ago. Whoever may be given a copy is given it at once then, instead of finding out
 * for himself that the owner hangs, which nobody is told before the session times out.
 */
final class Suspects {

    private static final long DOUBT = Duration.ofSeconds(2).toNanos();

    private final Map<HostInfo, Long> silentSince = new ConcurrentHashMap<>();
    private final LongSupplier nanoClock;

    /** @param nanoClock as {@link System#nanoTime()} */
    Suspects(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    void silent(HostInfo replica) {
        silentSince.put(replica, nanoClock.getAsLong());
    }

    void answered(HostInfo replica) {
        if (!silentSince.isEmpty()) {
            silentSince.remove(replica);
        }
    }

    boolean doubted(HostInfo replica) {
        var since = silentSince.get(replica);
        return since != null && nanoClock.getAsLong() - since < DOUBT;
    }
}
