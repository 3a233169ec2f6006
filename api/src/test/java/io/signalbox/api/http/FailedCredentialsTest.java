package io.signalbox.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.signalbox.api.access.FailedTries;
import io.signalbox.api.access.Tokens;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who guesses credentials is slowed down, and nobody else who asks from the same address. */
class FailedCredentialsTest {

    private static final int LIMIT = 5;
    private static final int MOST = 1_000;

    private static Fixture fixture(Tokens tokens) {
        var tries = new FailedTries(LIMIT, new SimpleMeterRegistry());
        return new Fixture(keys -> Guarded.guard(keys, tokens, tries));
    }

    private static Fixture.Reply ask(Fixture f, String authorization) {
        return f.send("GET", "/signalbox/v1/access/me", null, "Authorization", authorization);
    }

    /** Until one is not looked at any more; a slow machine gets some tries back meanwhile. */
    private static Fixture.Reply untilSlowed(Fixture f, String authorization) {
        for (int i = 0; i < MOST; i++) {
            var answer = ask(f, authorization);
            if (answer.status() != 401) {
                assertThat(i).isGreaterThanOrEqualTo(LIMIT);
                return answer;
            }
        }
        throw new AssertionError("It was never refused");
    }

    @Test
    void who_guesses_is_told_to_wait_and_who_is_known_is_let_in() {
        try (var f = fixture(null)) {
            var known = Guarded.newKey(f, "viewer");
            assertThat(ask(f, known.authorization()).status()).isEqualTo(200);
            var slowed = untilSlowed(f, Guarded.basic("NOBODY", "guess"));
            assertThat(slowed.status()).isEqualTo(429);
            assertThat(slowed.message())
                    .startsWith("Too many from your address have failed to prove who they are")
                    .doesNotContain("NOBODY");
            assertThat(Integer.parseInt(slowed.header("Retry-After"))).isBetween(1, 60 / LIMIT);
            assertThat(slowed.header("WWW-Authenticate")).isNull();
            assertThat(ask(f, known.authorization()).status()).isEqualTo(200);
            assertThat(ask(f, Guarded.ADMIN).status()).isEqualTo(200);
        }
    }

    @Test
    void who_says_nothing_has_not_guessed() {
        try (var f = fixture(null)) {
            for (int i = 0; i < 3 * LIMIT; i++) {
                assertThat(f.get("/connectors").status()).isEqualTo(401);
            }
            assertThat(ask(f, Guarded.basic("NOBODY", "guess")).status()).isEqualTo(401);
        }
    }

    @Test
    void a_good_token_is_good_whoever_guesses_beside_it(@TempDir Path directory) {
        var tokens = new Tokens(directory);
        try (var f = fixture(tokens)) {
            assertThat(untilSlowed(f, "Bearer nonsense").status()).isEqualTo(429);
            assertThat(ask(f, "Bearer " + tokens.good("viewer")).status()).isEqualTo(200);
        }
    }
}
