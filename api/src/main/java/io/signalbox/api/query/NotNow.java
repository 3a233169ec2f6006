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

    private static final Duration LONGEST = Duration.ofMillis(400);

    private final long until;
    private final long longest;
    private long pause;

    /** For what a worker needs. */
    NotNow(Duration patience) {
        this(patience, LONGEST);
    }

    /** @param longest pause between two tries; the first is an eighth of it, and each is twice the one before */
    NotNow(Duration patience, Duration longest) {
        until = System.nanoTime() + patience.toNanos();
        this.longest = longest.toNanos();
        pause = this.longest / 8;
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
        if (until - System.nanoTime() <= pause || Thread.currentThread().isInterrupted()) {
            return false;
        }
        LockSupport.parkNanos(pause);
        pause = pause < longest ? 2 * pause : longest;
        return true;
    }
}
