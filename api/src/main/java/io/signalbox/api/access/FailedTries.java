package io.signalbox.api.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How often callers may fail to prove who they are, by where they ask from. Only a failure costs a try: callers who share an
 * address with somebody who guesses are let in as long as their credentials are known. Safe for use by many threads.
 */
public final class FailedTries {

    /** Long enough for all tries to have come back. */
    private static final Duration REMEMBERED = Duration.ofMinutes(2);

    private static final int MOST = 10_000;

    private final int perMinute;
    private final TimeMeter clock;
    private final Counter refused;
    private final Cache<String, Bucket> left = Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterAccess(REMEMBERED)
            .build();

    /**
     * @param perMinute for each origin; 0 for no limit
     * @param metrics counts those who are sent away
     */
    public FailedTries(int perMinute, MeterRegistry metrics) {
        this(perMinute, TimeMeter.SYSTEM_NANOTIME, metrics);
    }

    FailedTries(int perMinute, TimeMeter clock, MeterRegistry metrics) {
        this.perMinute = perMinute;
        this.clock = clock;
        refused = Counter.builder("signalbox.access.failures.limited")
                .description("Requests that were refused because too many from there had failed to prove who asks")
                .register(metrics);
    }

    /** @param origin where a request comes from */
    public Try from(String origin) {
        return new Try(origin);
    }

    /** What one request may cost its origin: one try, or nothing when it proves who asks. Used by one thread at a time. */
    public final class Try {

        private final String origin;
        private boolean paid;

        private Try(String origin) {
            this.origin = origin;
        }

        /** Whether there is a try left, without taking it: where there is none, nobody should have to wait for his turn. */
        boolean possible() {
            if (perMinute == 0 || paid) {
                return true;
            }
            var bucket = left.getIfPresent(origin);
            return bucket == null || bucket.getAvailableTokens() > 0;
        }

        /** Takes the try, once. @return false when there is none left */
        public boolean pay() {
            if (perMinute > 0 && !paid) {
                paid = bucket().tryConsume(1);
                return paid;
            }
            return true;
        }

        /** Gives back what was taken: it was no failure. */
        public void refund() {
            if (paid) {
                bucket().addTokens(1);
                paid = false;
            }
        }

        /** To be called when it is refused for want of tries. @return in how many seconds there is one again, at least 1 */
        public long refused() {
            refused.increment();
            var wait = bucket().estimateAbilityToConsume(1).getNanosToWaitForRefill();
            return Math.max(1, TimeUnit.NANOSECONDS.toSeconds(wait + TimeUnit.SECONDS.toNanos(1) - 1));
        }

        private Bucket bucket() {
            return left.get(origin, any -> full());
        }
    }

    private Bucket full() {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(perMinute).refillGreedy(perMinute, Duration.ofMinutes(1)))
                .withCustomTimePrecision(clock)
                .build();
    }
}
