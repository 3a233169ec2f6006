package io.signalbox.api.dialect.supermetal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Ids for connectors that come without one. */
final class Ids {

    /** Without those that are taken for others. Lower case: an id is a part of a slot's name, which has no other. */
    private static final String ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789";

    private static final int LENGTH = 20;

    private Ids() {}

    /** @return the same for the same command, so that asking again makes no second one */
    static String of(String commandId) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(("connector id\0" + commandId).getBytes(StandardCharsets.UTF_8));
            var id = new StringBuilder(LENGTH);
            for (int i = 0; i < LENGTH; i++) {
                id.append(ALPHABET.charAt(digest[i] & (ALPHABET.length() - 1)));
            }
            return id.toString();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
