package io.signalbox.api.http;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.signalbox.api.access.AccessKeys;
import io.signalbox.api.access.AdminKey;
import io.signalbox.api.access.FailedTries;
import io.signalbox.api.access.KeyVerifier;
import io.signalbox.api.access.Tokens;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;

/** A server that asks who calls. For tests. */
public final class Guarded {

    public static final String ADMIN = basic("first", "the-secret-of-the-first");

    private Guarded() {}

    /** However often somebody fails. @param tokens null where tokens are not taken */
    public static Fixture fixture(Tokens tokens) {
        return new Fixture(keys -> guard(keys, tokens, new FailedTries(0, new SimpleMeterRegistry())));
    }

    /** @param tokens null where tokens are not taken */
    static Guard guard(AccessKeys keys, Tokens tokens, FailedTries tries) {
        return new Authentication(
                new KeyVerifier(keys, AdminKey.parse("first:the-secret-of-the-first"), new SecureRandom()),
                tokens == null ? null : tokens.verifier(),
                null,
                tries);
    }

    /** The value of {@code Authorization}. */
    public static String basic(String id, String secret) {
        return "Basic " + Base64.getEncoder().encodeToString((id + ":" + secret).getBytes(StandardCharsets.UTF_8));
    }

    /** A new key's id and secret. */
    public record Key(String id, String secret) {
        public String authorization() {
            return basic(id, secret);
        }
    }

    public static Key newKey(Fixture f, String... grants) {
        var answer = f.send(
                "POST",
                "/signalbox/v1/access/keys",
                "{\"name\":\"test\",\"grants\":[\"" + String.join("\",\"", grants) + "\"]}",
                "Authorization",
                ADMIN);
        if (answer.status() != 201) {
            throw new AssertionError(answer.toString());
        }
        return new Key(
                answer.json().path("id").asText(), answer.json().path("secret").asText());
    }

    public static Fixture.Reply as(Fixture f, Key key, String method, String path, String body) {
        return f.send(method, path, body, "Authorization", key.authorization());
    }
}
