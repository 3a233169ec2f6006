package io.signalbox.api.dialect.confluent;

import io.signalbox.processor.domain.ConnectorState;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The ids of connectors, which clients look for in the list. Each follows from the connector's incarnation, so that every replica
 * says the same, and one that was deleted and created again has another.
 */
final class Ids {

    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int LENGTH = 10;

    private Ids() {}

    static String of(ConnectorState state) {
        byte[] digest = sha256(state.key() + "\0" + state.uid());
        var id = new StringBuilder(ManagedConfig.custom(state.config().values()) ? "clcc-" : "lcc-");
        for (int i = 0; i < LENGTH; i++) {
            id.append(ALPHABET.charAt(digest[i] & 31));
        }
        return id.toString();
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
