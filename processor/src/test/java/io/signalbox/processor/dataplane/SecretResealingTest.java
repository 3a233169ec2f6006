package io.signalbox.processor.dataplane;

import static io.signalbox.processor.dataplane.States.LOCAL;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.processor.domain.Command.CreateSecret;
import io.signalbox.processor.domain.Command.ReportSecretResealed;
import io.signalbox.processor.domain.SecretId;
import io.signalbox.processor.secrets.KeySets;
import io.signalbox.processor.secrets.Sealer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** After a rotation stored secrets are sealed anew, by the one replica that looks after them, and once. */
class SecretResealingTest {

    private static final SecretId DB = SecretId.of(LOCAL, "db");

    @TempDir
    Path directory;

    private final FakeStoredSecrets stored = new FakeStoredSecrets();
    private final List<ReportSecretResealed> reports = new CopyOnWriteArrayList<>();
    private final AtomicInteger failing = new AtomicInteger();
    private final AtomicInteger looks = new AtomicInteger();
    private Sealer old;
    private Sealer renewed;

    @BeforeEach
    void rotate() throws Exception {
        Path file = directory.resolve("keyset.json");
        KeySets.create(file);
        old = KeySets.load(file, "");
        KeySets.add(file);
        KeySets.promote(file);
        renewed = KeySets.load(file, "");
    }

    private SecretResealing resealing(Sealer sealer, boolean mine) {
        var resealing = new SecretResealing(
                stored,
                sealer,
                id -> {
                    looks.incrementAndGet();
                    return mine;
                },
                this::take,
                Duration.ofMillis(20));
        resealing.start();
        return resealing;
    }

    private void take(SecretId id, ReportSecretResealed report) {
        if (failing.getAndDecrement() > 0) {
            throw new IllegalStateException("the log is away");
        }
        reports.add(report);
        stored.take(id, report);
    }

    private static void await(ThrowingRunnable assertion) {
        Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(assertion);
    }

    @Test
    void what_is_kept_and_what_was_before_are_sealed_with_the_new_key() {
        stored.put(old, DB, "one");
        stored.put(old, DB, "two");
        failing.set(2);
        try (var resealing = resealing(renewed, true)) {
            await(() -> assertThat(stored.find(DB).orElseThrow().data()).isEqualTo(renewed.seal(DB, "two")));
            assertThat(stored.find(DB).orElseThrow().previous()).containsExactly(renewed.seal(DB, "one"));
            assertThat(reports).hasSize(1);
            assertThat(resealing).isNotNull();
        }
    }

    @Test
    void who_does_not_look_after_it_and_who_has_the_older_file_leave_it() {
        stored.put(old, DB, "one");
        try (var others = resealing(renewed, false);
                var older = resealing(old, true)) {
            await(() -> assertThat(looks.get()).isGreaterThan(5));
            assertThat(reports).isEmpty();
            assertThat(others).isNotSameAs(older);
        }
    }

    @Test
    void what_does_not_open_is_left_and_told_once() {
        stored.take(DB, new CreateSecret(old.seal(SecretId.of(LOCAL, "other"), "one"), Map.of()));
        try (var resealing = resealing(renewed, true)) {
            await(() -> assertThat(looks.get()).isGreaterThan(5));
            assertThat(reports).isEmpty();
            assertThat(resealing).isNotNull();
        }
    }
}
