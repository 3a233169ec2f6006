package io.signalbox.api.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** The key of the settings, by which the first of all others are made. It may do everything, and is not in the log. */
public final class AdminKey {

    private static final int SHORTEST_SECRET = 16;

    private final String id;
    private final byte[] digest;

    private AdminKey(String id, byte[] digest) {
        this.id = id;
        this.digest = digest;
    }

    /**
     * @param text {@code id:secret}
     * @throws IllegalArgumentException when it is not; the message holds nothing of it
     */
    public static AdminKey parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 1 || text.length() - colon - 1 < SHORTEST_SECRET) {
            throw new IllegalArgumentException(
                    "must hold id:secret on one line, with a secret of " + SHORTEST_SECRET + " characters or more");
        }
        var id = text.substring(0, colon);
        if (id.chars().anyMatch(c -> c <= ' ' || c > '~')) {
            throw new IllegalArgumentException("must begin with an id of visible ASCII characters");
        }
        return new AdminKey(id, digest(text.substring(colon + 1)));
    }

    /** Whether it is called so. */
    boolean is(String other) {
        return id.equals(other);
    }

    boolean matches(String secret) {
        return MessageDigest.isEqual(digest, digest(secret));
    }

    private static byte[] digest(String secret) {
        return Fingerprints.sha256().digest(secret.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "AdminKey[" + id + "]";
    }
}
