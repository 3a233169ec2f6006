package io.signalbox.api.query;

import io.signalbox.processor.dataplane.Reply;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/** What a worker answers while it cannot answer, and how long that is put up with. */
final class NotNow {

    private static final Set<Integer> STATUSES = Set.of(408, 409, 425, 429, 502, 503, 504);

    /** Connect's own words under a 500: none of them is about the request. */
    private static final Pattern WORDS =
            Pattern.compile("^(Request timed out|Worker is shutting down|IO Error trying to forward REST request"
                    + "|Request cannot be completed because a rebalance is expected)");

    private static final Duration FIRST = Duration.ofMillis(50);
    private static final Duration LONGEST = Duration.ofMillis(400);

    private final long until;
    private Duration pause = FIRST;

    NotNow(Duration patience) {
        until = System.nanoTime() + patience.toNanos();
    }

    static boolean says(Reply reply) {
        return STATUSES.contains(reply.status())
                || (reply.status() == 500
                        && WORDS.matcher(reply.body().path("message").asText()).find());
    }

    /** At least a millisecond: an exchange needs some. */
    Duration left() {
        return Duration.ofNanos(Math.max(1_000_000, until - System.nanoTime()));
    }

    /** Waits a moment. @return false when there is no time for another try */
    boolean again() {
        if (until - System.nanoTime() <= pause.toNanos()
                || Thread.currentThread().isInterrupted()) {
            return false;
        }
        LockSupport.parkNanos(pause.toNanos());
        pause = pause.compareTo(LONGEST) < 0 ? pause.multipliedBy(2) : LONGEST;
        return true;
    }
}
