package io.signalbox.api.access;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * A slow hash of secrets: PBKDF2 with HMAC-SHA-256 (RFC 8018), with a salt for each. As text
 * {@code pbkdf2-sha256$iterations$salt$hash}, so that the number of iterations may grow.
 */
public final class SecretHash {

    /**
     * For secrets of 256 random bits, which nobody guesses: NIST SP 800-63B (5.1.2.2) asks for a single hash from 112 bits on. What
     * people think up would need sixty times as many.
     */
    public static final int ITERATIONS = 10_000;

    private static final String NAME = "pbkdf2-sha256";
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final int MOST_ITERATIONS = 10_000_000;

    private final SecureRandom random;
    private final int iterations;

    /** @param iterations {@link #ITERATIONS} but in tests */
    public SecretHash(SecureRandom random, int iterations) {
        this.random = random;
        this.iterations = iterations;
    }

    public String hash(String secret) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        var base64 = Base64.getEncoder().withoutPadding();
        return String.join(
                "$",
                NAME,
                Integer.toString(iterations),
                base64.encodeToString(salt),
                base64.encodeToString(derive(secret, salt, iterations)));
    }

    /** Takes as long as the hash says, some 20 ms for one of ours. False, too, for a hash that is not of this kind. */
    public static boolean matches(String hash, String secret) {
        String[] parts = hash.split("\\$");
        if (parts.length != 4 || !parts[0].equals(NAME)) {
            return false;
        }
        try {
            int iterations = Integer.parseInt(parts[1]);
            var base64 = Base64.getDecoder();
            return iterations > 0
                    && iterations <= MOST_ITERATIONS
                    && MessageDigest.isEqual(
                            base64.decode(parts[3]), derive(secret, base64.decode(parts[2]), iterations));
        } catch (IllegalArgumentException notOurs) {
            return false;
        }
    }

    private static byte[] derive(String secret, byte[] salt, int iterations) {
        var spec = new PBEKeySpec(secret.toCharArray(), salt, iterations, HASH_BYTES * 8);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has PBKDF2", e);
        } finally {
            spec.clearPassword();
        }
    }
}
