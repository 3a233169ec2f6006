package io.signalbox.processor.domain;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What stands for a value that may be a secret: equal for equal values of one key of one incarnation, and of nothing else.
 * Eight hexadecimal digits. It hides a value, but can confirm a guess.
 */
final class Fingerprint {

    private static final int BYTES = 4;

    private Fingerprint() {}

    static String of(String uid, String key, String value) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (String part : new String[] {uid, key, value}) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
                digest.update(bytes);
            }
            return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
