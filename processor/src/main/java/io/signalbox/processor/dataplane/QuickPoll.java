package io.signalbox.processor.dataplane;

import java.time.Duration;

/** Looks again and again, quickly at first, until a time is over. */
final class QuickPoll {

    private static final long FIRST_MS = 25;
    private static final long LAST_MS = 1_000;

    private final ConnectorWork work;
    private final Timing timing;
    private final long began;
    private final Duration limit;
    private long pause = FIRST_MS;

    QuickPoll(ConnectorWork work, Timing timing, Duration limit) {
        this.work = work;
        this.timing = timing;
        this.limit = limit;
        began = timing.now();
    }

    Duration elapsed() {
        return Duration.ofNanos(timing.now() - began);
    }

    boolean over() {
        return elapsed().compareTo(limit) >= 0;
    }

    /** @return false when it is over, or there is something newer to do */
    boolean again() throws InterruptedException {
        if (over() || work.superseded()) {
            return false;
        }
        boolean nudged = work.await(Duration.ofMillis(pause));
        pause = nudged ? FIRST_MS : Math.min(pause * 2, LAST_MS);
        return !work.superseded();
    }
}
