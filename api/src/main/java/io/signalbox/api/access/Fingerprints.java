package io.signalbox.api.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/** Names for credentials in memory, from which nobody gets the credentials: a hash with a salt that only this process has. */
final class Fingerprints {

    private final byte[] salt = new byte[32];

    Fingerprints(SecureRandom random) {
        random.nextBytes(salt);
    }

    String of(String credentials) {
        var digest = sha256();
        digest.update(salt);
        return Base64.getEncoder().encodeToString(digest.digest(credentials.getBytes(StandardCharsets.UTF_8)));
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
