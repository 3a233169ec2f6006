package io.signalbox.api.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import io.javalin.http.Context;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.signalbox.api.access.Principal;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * How many requests each caller makes of this replica: a token bucket for each principal, and for each origin of callers who
 * are not known or not asked. What is left is told in the headers of every answer that was counted.
 */
final class Rates {

    /** How many seconds' worth of requests may come at once. */
    private static final int BURST_S = 10;

    private static final int MOST = 10_000;

    /** Longer than a bucket needs to be full again: who comes back later has as much as anybody. */
    private static final Duration REMEMBERED = Duration.ofMinutes(1);

    private final int perSecond;
    private final long burst;
    private final TimeMeter clock;
    private final Counter refused;
    private final Cache<String, Bucket> buckets = Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterAccess(REMEMBERED)
            .build();

    /** @param perSecond 0 for no limit, and no counting */
    Rates(int perSecond, MeterRegistry metrics) {
        this(perSecond, TimeMeter.SYSTEM_NANOTIME, metrics);
    }

    Rates(int perSecond, TimeMeter clock, MeterRegistry metrics) {
        this.perSecond = perSecond;
        this.burst = (long) perSecond * BURST_S;
        this.clock = clock;
        refused = Counter.builder("signalbox.http.requests.limited")
                .description("Requests that were refused because their caller had made too many")
                .register(metrics);
    }

    /** The same guard, with whom each request that is let in is counted. */
    Guard counting(Guard guard) {
        return ctx -> {
            var principal = guard.identify(ctx);
            admit(ctx, principal);
            return principal;
        };
    }

    /**
     * Counts a request, unless it is counted already.
     *
     * @throws Refusal 429 when there were too many
     */
    void admit(Context ctx, Principal who) {
        var tooMany = count(ctx, who);
        if (tooMany != null) {
            throw new Refusal(tooMany);
        }
    }

    /** @return what to tell him; null when he may go on */
    Failure count(Context ctx, Principal who) {
        var exchange = Exchange.of(ctx);
        if (perSecond == 0 || exchange.entrance() == Entrance.REPLICAS || !exchange.countOnce()) {
            return null;
        }
        var caller = who.actor() == null ? exchange.origin() : who.actor();
        var probe = buckets.get(caller, any -> full()).tryConsumeAndReturnRemaining(1);
        var response = ctx.res();
        response.setHeader("X-RateLimit-Limit", Long.toString(burst));
        response.setHeader("X-RateLimit-Remaining", Long.toString(probe.getRemainingTokens()));
        response.setHeader("X-RateLimit-Reset", Long.toString(seconds(probe.getNanosToWaitForReset())));
        if (probe.isConsumed()) {
            return null;
        }
        refused.increment();
        return tooMany(Math.max(1, seconds(probe.getNanosToWaitForRefill())));
    }

    private Failure tooMany(long seconds) {
        return new Failure(
                429,
                "Too many requests: this replica answers a caller " + perSecond + " a second, and " + burst
                        + " at once. Try again in " + seconds + " s",
                Map.of("Retry-After", Long.toString(seconds)));
    }

    private Bucket full() {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(burst).refillGreedy(perSecond, Duration.ofSeconds(1)))
                .withCustomTimePrecision(clock)
                .build();
    }

    /** Rounded up. */
    private static long seconds(long nanos) {
        return TimeUnit.NANOSECONDS.toSeconds(nanos + TimeUnit.SECONDS.toNanos(1) - 1);
    }
}
