package io.signalbox.api.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/** Tags of what has no revision of its own. */
public final class EntityTag {

    private static final int BYTES = 15;

    private EntityTag() {}

    /** @return 20 letters, digits, {@code -} and {@code _}, others for any other content */
    public static String of(byte[] content) {
        return Base64.getUrlEncoder().encodeToString(Arrays.copyOf(sha256().digest(content), BYTES));
    }

    public static String of(String content) {
        return of(content.getBytes(StandardCharsets.UTF_8));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
