package io.signalbox.api.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bucket4j.TimeMeter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.signalbox.processor.domain.AccessKey;
import io.signalbox.processor.domain.AccessKeyId;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class FailedTriesTest {

    private static final int LIMIT = 6;
    private static final String HERE = "192.0.2.1";
    private static final String ELSEWHERE = "192.0.2.2";

    private final SecureRandom random = new SecureRandom();
    private final AtomicLong nanos = new AtomicLong();
    private final Map<String, AccessKey> keys = new ConcurrentHashMap<>();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

    private final FailedTries tries = new FailedTries(
            LIMIT,
            new TimeMeter() {
                @Override
                public long currentTimeNanos() {
                    return nanos.get();
                }

                @Override
                public boolean isWallClockBased() {
                    return false;
                }
            },
            metrics);

    private final KeyVerifier verifier = new KeyVerifier(
            new AccessKeys() {
                @Override
                public Optional<AccessKey> find(String id) {
                    return Optional.ofNullable(keys.get(id));
                }

                @Override
                public List<AccessKey> list() {
                    return List.copyOf(keys.values());
                }
            },
            null,
            random);

    private void key(String id) {
        var hash = new SecretHash(random, 1_000).hash("right");
        var now = Instant.EPOCH;
        keys.put(id, new AccessKey(new AccessKeyId(id), id, hash, List.of("viewer"), "key:first", false, 1, now, now));
    }

    /** As the guard does it. */
    private Principal verify(String from, String id, String secret) throws BadCredentialsException {
        var attempt = tries.from(from);
        try {
            var principal = verifier.verify(id, secret, attempt);
            attempt.refund();
            return principal;
        } catch (BadCredentialsException bad) {
            if (!attempt.pay()) {
                throw new TooManyFailuresException();
            }
            throw bad;
        }
    }

    private void fail(String from, int times) {
        for (int i = 0; i < times; i++) {
            String guess = "wrong" + nanos.get() + i;
            assertThatThrownBy(() -> verify(from, "A1", guess)).isInstanceOf(BadCredentialsException.class);
        }
    }

    @Test
    void who_fails_too_often_is_not_looked_at_for_a_while_and_who_is_known_is_let_in() throws Exception {
        key("A1");
        key("B2");
        assertThat(verify(HERE, "B2", "right").actor()).isEqualTo("key:B2");
        fail(HERE, LIMIT);
        assertThatThrownBy(() -> verify(HERE, "A1", "wrong")).isInstanceOf(TooManyFailuresException.class);
        assertThatThrownBy(() -> verify(HERE, "A1", "right"))
                .as("nobody hashes for it")
                .isInstanceOf(TooManyFailuresException.class);
        assertThatThrownBy(() -> verify(HERE, "NONE", "any")).isInstanceOf(TooManyFailuresException.class);
        assertThat(verify(HERE, "B2", "right").actor()).as("it is known").isEqualTo("key:B2");
        assertThat(verify(ELSEWHERE, "A1", "right").actor()).isEqualTo("key:A1");
        assertThat(tries.from(HERE).refused()).isEqualTo(10);
        assertThat(metrics.counter("signalbox.access.failures.limited").count()).isEqualTo(1);
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(10));
        fail(HERE, 1);
        assertThatThrownBy(() -> verify(HERE, "A1", "wrong")).isInstanceOf(TooManyFailuresException.class);
        nanos.addAndGet(TimeUnit.MINUTES.toNanos(1));
        fail(HERE, LIMIT);
    }

    @Test
    void who_proves_who_he_is_pays_nothing() throws Exception {
        key("A1");
        key("B2");
        for (int i = 0; i < 3 * LIMIT; i++) {
            assertThat(verify(HERE, "A1", "right").actor()).isEqualTo("key:A1");
            key("A1");
        }
        fail(HERE, LIMIT);
    }

    @Test
    void of_many_who_guess_at_once_no_more_are_hashed_than_may_fail() throws Exception {
        key("A1");
        int failed = 0;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> all = new ArrayList<>();
            for (int i = 0; i < 20 * LIMIT; i++) {
                String guess = "wrong" + i;
                all.add(threads.submit(() -> hashed(guess)));
            }
            for (var each : all) {
                failed += each.get() ? 1 : 0;
            }
        }
        assertThat(failed).isEqualTo(LIMIT);
    }

    /** @return false when it was not looked at */
    private boolean hashed(String guess) throws BadCredentialsException {
        try {
            verify(HERE, "A1", guess);
            throw new AssertionError("It is no secret");
        } catch (BadCredentialsException hashed) {
            return true;
        } catch (TooManyFailuresException notLookedAt) {
            return false;
        }
    }

    @Test
    void without_a_limit_one_may_fail_as_often_as_one_likes() {
        var unlimited = new FailedTries(0, metrics);
        for (int i = 0; i < 1_000; i++) {
            assertThat(unlimited.from(HERE).pay()).isTrue();
        }
    }
}
