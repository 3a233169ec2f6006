package io.signalbox.api.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class KeyVerifierTest {

    /** So that who waits for many of these waits for longer than anybody does. */
    private static final int SLOW = 600_000;

    private final SecureRandom random = new SecureRandom();
    private final Map<String, AccessKey> keys = new ConcurrentHashMap<>();
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

    private Principal verify(String id, String secret) throws BadCredentialsException {
        return verifier.verify(id, secret, new FailedTries(0, new SimpleMeterRegistry()).from("anywhere"));
    }

    private void key(String id, String secret, int iterations) {
        var hash = new SecretHash(random, iterations).hash(secret);
        var now = Instant.EPOCH;
        keys.put(id, new AccessKey(new AccessKeyId(id), id, hash, List.of("viewer"), "key:first", false, 1, now, now));
    }

    /** One after another they would wait for each other for longer than anybody does. */
    @Test
    void many_who_come_at_once_with_one_key_wait_for_one_hash() throws Exception {
        key("A1", "right", 2 * SLOW);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Principal>> all = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                all.add(threads.submit(() -> verify("A1", "right")));
            }
            for (var each : all) {
                assertThat(each.get().actor()).isEqualTo("key:A1");
            }
        }
    }

    @Test
    void who_tries_out_secrets_of_one_key_keeps_nobody_else_out() throws Exception {
        key("A1", "right", SLOW);
        key("B2", "right", SLOW);
        key("C3", "right", SLOW);
        verify("C3", "right");
        var over = new AtomicBoolean();
        var tried = new AtomicInteger();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 64; i++) {
                threads.submit(() -> {
                    while (!over.get()) {
                        try {
                            verify("A1", "wrong" + tried.incrementAndGet());
                        } catch (BadCredentialsException | TooBusyException expected) {
                            assertThat(expected).isNotNull();
                        }
                    }
                    return null;
                });
            }
            try {
                assertThat(verify("B2", "right").actor()).as("a new one").isEqualTo("key:B2");
                assertThat(verify("C3", "right").actor())
                        .as("one that is known")
                        .isEqualTo("key:C3");
            } finally {
                over.set(true);
            }
        }
    }

    @Test
    void what_is_known_is_forgotten_with_the_key() throws Exception {
        key("A1", "right", 1_000);
        verify("A1", "right");
        assertThatThrownBy(() -> verify("A1", "wrong")).isInstanceOf(BadCredentialsException.class);
        key("A1", "another", 1_000);
        assertThatThrownBy(() -> verify("A1", "right")).isInstanceOf(BadCredentialsException.class);
        assertThat(verify("A1", "another").actor()).isEqualTo("key:A1");
        keys.clear();
        assertThatThrownBy(() -> verify("A1", "another")).isInstanceOf(BadCredentialsException.class);
    }
}
